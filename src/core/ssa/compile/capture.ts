import type { CancelSignal, Ports } from '../../ports.js';
import { parseJsonObjects } from '../../build/jsonStream.js';
import { readGoFlags, type GoFlags } from './goFlags.js';
import { moved, objectFolder, readCompileCommand, type CompileCommand } from './compileCommand.js';
import { listedProblems, placeOf, type CapturePlace } from './listedPackages.js';
import type { CompileProblem } from './problems.js';
import { recorderVariables, type Recorder } from './recorder.js';

/** Where and how the go command is asked. */
export interface CaptureQuestion {
  readonly go: string;
  readonly cwd: string;
  /** The package as the go command reads it: `./web`, `net/http`. */
  readonly pattern: string;
  /** Flags that decide what is built. */
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The package with its tests, and the package of its outer tests. */
  readonly test: boolean;
  readonly signal?: CancelSignal;
}

/** One package's compile command, kept with its generated files: it can be run again without the go command. */
export interface Capture {
  readonly command: CompileCommand;
  /** Variables that the go command sets for its tools. */
  readonly env: Readonly<Record<string, string>>;
}

export type CaptureResult =
  | ({
      readonly kind: 'captured';
      /** More than one where tests are asked for. */
      readonly captures: readonly Capture[];
    } & CapturePlace)
  | { readonly kind: 'failed'; readonly problems: readonly CompileProblem[] }
  /** The command could not be recorded; there is another way. */
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'cancelled' };

const listFields = 'ImportPath,Dir,Standard,Module,Error,DepOnly,ForTest';

/**
 * Asks the go command to build one package with a recorder in the compiler's place. Everything that decides about the
 * command stays the go command's: cgo, assembly, embed, vendoring, go.work, flags. A flag that no pass reads
 * (`-d=ssa/opt/test`) makes this package, and no other, out of date, and marks its compiler. Two rounds at most: what
 * was compiled on the way is named by its place in the build cache only after it was put there.
 */
export async function captureCompile(
  ports: Ports,
  recorder: Recorder,
  question: CaptureQuestion,
  folder: string,
): Promise<CaptureResult> {
  const { host, files } = ports;
  const script = host.join(folder, recorder.fileName);
  await files.writeText(script, recorder.text);
  const goFlags = await readGoFlags(ports, question);
  let result: CaptureResult = { kind: 'unusable', why: 'nothing was recorded' };
  for (const round of [1, 2]) {
    const out = host.join(folder, String(round));
    await files.makeDirectory(out);
    result = await captureOnce(ports, recorder, question, { script, out, goFlags, round });
    if (result.kind !== 'unusable') break;
  }
  return result;
}

async function captureOnce(
  ports: Ports,
  recorder: Recorder,
  question: CaptureQuestion,
  { script, out, goFlags, round }: { script: string; out: string; goFlags: GoFlags; round: number },
): Promise<CaptureResult> {
  const { runner, clock } = ports;
  const mark = `-d=ssa/opt/test=${(Math.floor(clock.now()) % 1_000_000_000) * 2 + (round % 2)}`;
  const toolexec = [...recorder.words, script].map((it) => `'${it}'`).join(' ');
  const { outcome, stdout, stderr } = await runner.run(
    question.go,
    [
      'list',
      '-e',
      '-export',
      '-deps',
      ...(question.test ? ['-test'] : []),
      `-json=${listFields}`,
      `-toolexec=${[toolexec, goFlags.toolexec].join(' ').trim()}`,
      ...question.flags,
      `-gcflags=${[goFlags.gcflags, mark].join(' ').trim()}`,
      '--',
      question.pattern,
    ],
    {
      cwd: question.cwd,
      env: {
        ...question.env,
        [recorderVariables.mark]: mark,
        [recorderVariables.out]: out,
        [recorderVariables.compile]: question.test ? '1' : '0',
        // Where node is the editor itself, this makes it a plain Node.
        ELECTRON_RUN_AS_NODE: '1',
      },
      ...(question.signal ? { signal: question.signal } : {}),
    },
  );
  if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
  if (outcome.kind === 'not-started') return { kind: 'failed', problems: [{ message: outcome.message }] };
  const listed = parseJsonObjects(stdout);
  const recorded = await readRecorded(ports, out, mark);
  if (recorded.length === 0) {
    const problems = listedProblems(ports, question.cwd, { stderr, listed });
    return problems.length > 0
      ? { kind: 'failed', problems }
      : { kind: 'unusable', why: 'the compiler was not called' };
  }
  const captures = recorded.flatMap(({ capture }) => (capture === undefined ? [] : [capture]));
  if (captures.length < recorded.length)
    return { kind: 'unusable', why: 'dependencies were still being built' };
  return { kind: 'captured', captures, ...placeOf(ports, listed, captures) };
}

/** Each recorded command; without a capture where it still names the go command's own temporary folder. */
async function readRecorded(
  { files, host }: Ports,
  out: string,
  mark: string,
): Promise<readonly { readonly capture?: Capture }[]> {
  const found: { readonly capture?: Capture }[] = [];
  for (const name of await files.list(out)) {
    const folder = host.join(out, name);
    const recorded = split(await files.readText(host.join(folder, 'words')));
    const [cwd, ...words] = recorded;
    if (cwd === undefined) continue;
    const objects = host.join(folder, 'obj');
    const from = objectFolder(host, words);
    const command = readCompileCommand(host, words, { cwd, from, to: objects, mark });
    const names = (await files.list(objects)).filter((it) => /^(?:importcfg|embedcfg)$/.test(it));
    const texts = await Promise.all(
      names.map(async (it) => moved((await files.readText(host.join(objects, it))) ?? '', from, objects)),
    );
    const work = host.dirname(from);
    if (
      [...texts, ...command.words, ...command.files].some(
        (it) => it.includes(`${work}/`) || it.includes(`${work}\\`),
      )
    ) {
      found.push({});
      continue;
    }
    for (const [index, it] of names.entries())
      await files.writeText(host.join(objects, it), texts[index] ?? '');
    const env = Object.fromEntries(
      split(await files.readText(host.join(folder, 'env'))).map((it) => {
        const at = it.indexOf('=');
        return [it.slice(0, at), it.slice(at + 1)];
      }),
    );
    found.push({ capture: { command, env } });
  }
  return found;
}

function split(text: string | undefined): readonly string[] {
  return (text ?? '').split('\0').filter((it, index, all) => index < all.length - 1 || it !== '');
}
