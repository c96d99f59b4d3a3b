import { planBuild, type BuildPlan, type PlanServices } from '../build/planBuild.js';
import { refusalText } from '../build/buildFindings.js';
import type { GoStatus } from '../go/goTool.js';
import type { Ports } from '../ports.js';
import { targetId } from '../target/target.js';
import { captureCompile, type Capture, type CaptureQuestion, type CaptureResult } from './compile/capture.js';
import { createCaptureStore, type StoredCapture } from './compile/captureStore.js';
import { fingerprintInputs } from './compile/captureInputs.js';
import { nearestFunctions } from './compile/nearestFunctions.js';
import { plainDump } from './compile/plainDump.js';
import { recorderFor } from './compile/recorder.js';
import { replayCompile, type Replay } from './compile/replay.js';
import type { SsaOptions, SsaRequest, SsaResult, SsaService } from './ssa.js';
import { withSources } from './withSources.js';

interface SsaServiceOptions {
  /** Captured commands are kept below it. */
  readonly cacheFolder: string;
  /** Node, for the recorder where there is no shell. */
  readonly node?: string;
  readonly go: () => Promise<GoStatus>;
}

/** A compile command, new or from before, and how it was come by. */
type Found =
  | { readonly kind: 'found'; readonly stored: StoredCapture; readonly method: 'replay' | 'capture' }
  | Exclude<CaptureResult, { kind: 'captured' }>;

/**
 * Dumps functions by running the compiler of one package alone. The go command is asked once per package, target and
 * flags how it compiles it; after that only the compiler runs, until something changes that the command depends on.
 */
export function createSsaService(
  ports: Ports,
  services: PlanServices,
  { cacheFolder, node, go }: SsaServiceOptions,
): SsaService {
  const { host, files } = ports;
  const store = createCaptureStore(ports, host.join(cacheFolder, 'ssa'));
  const recorder = recorderFor(host, node);

  async function find(key: string, question: CaptureQuestion): Promise<Found> {
    const stored = await store.find(key);
    if (stored !== undefined && (await fingerprintInputs(ports, stored)) === stored.fingerprint)
      return { kind: 'found', stored, method: 'replay' };
    return captureAnew(key, question);
  }

  async function captureAnew(key: string, question: CaptureQuestion): Promise<Found> {
    if (recorder === undefined) return { kind: 'unusable', why: 'there is no shell and no Node' };
    const folder = await store.newFolder(key);
    const result = await captureCompile(ports, recorder, question, folder);
    if (result.kind !== 'captured') {
      await files.remove(folder);
      return result;
    }
    const stored = { ...result, fingerprint: await fingerprintInputs(ports, result) };
    await store.keep(key, folder, stored);
    return { kind: 'found', stored, method: 'capture' };
  }

  async function dump(request: SsaRequest, options: SsaOptions): Promise<SsaResult> {
    const status = await go();
    if (status.kind !== 'found') return { kind: 'failed', problems: [{ message: status.message }] };
    const plan = await planPackage(services, status.path, request, options);
    if (plan.cgo.kind === 'refused')
      return { kind: 'failed', problems: [{ message: refusalText(request.target, plan.cgo).trim() }] };
    const question = questionOf(plan, request, options);
    const key = JSON.stringify([
      status.version,
      { ...question, signal: undefined, env: buildVariables(question.env) },
    ]);

    const found = await find(key, question);
    switch (found.kind) {
      case 'cancelled':
        return found;
      case 'failed':
        return found;
      case 'unusable':
        return slowly(request, question, status.version, found.why);
      case 'found':
        break;
    }
    const first = await replayAll(found.stored.captures, request, question);
    // What the command names in the build cache may have been cleaned away.
    const stale = found.method === 'replay' && first.replay.problems.some((it) => isMissingInput(it.message));
    const again = stale ? await captureAnew(key, question) : found;
    if (again.kind === 'cancelled' || again.kind === 'failed') return again;
    if (again.kind === 'unusable') return slowly(request, question, status.version, again.why);
    const { replay, capture } = stale ? await replayAll(again.stored.captures, request, question) : first;
    return conclude(request, question, status.version, again.method, replay, capture);
  }

  /** With tests there are two packages; the one that has the function is looked for in the larger first. */
  async function replayAll(
    captures: readonly Capture[],
    { name, unsaved }: SsaRequest,
    { env, signal }: CaptureQuestion,
  ): Promise<{ readonly replay: Replay; readonly capture: Capture }> {
    const sorted = [...captures].sort((a, b) => b.command.files.length - a.command.files.length);
    let last: { readonly replay: Replay; readonly capture: Capture } | undefined;
    for (const capture of sorted) {
      const replay = await replayCompile(ports, capture, name, {
        env,
        ...(unsaved ? { unsaved } : {}),
        ...(signal ? { signal } : {}),
      });
      const current = { replay, capture };
      if (replay.dump !== undefined || replay.outcome.kind === 'cancelled') return current;
      last ??= current;
    }
    if (last === undefined) throw new Error('A capture without a command.');
    return last;
  }

  async function slowly(
    request: SsaRequest,
    question: CaptureQuestion,
    version: string,
    why: string,
  ): Promise<SsaResult> {
    const { stdout } = await ports.runner.run(
      question.go,
      [
        'list',
        '-e',
        '-f',
        '{{if eq .Name "main"}}main{{else}}{{.ImportPath}}{{end}}',
        ...question.flags,
        '--',
        question.pattern,
      ],
      { cwd: question.cwd, env: question.env, ...(question.signal ? { signal: question.signal } : {}) },
    );
    const replay = await plainDump(ports, question, stdout.trim(), request.name);
    const note = `The compiler's command could not be captured (${why}); dumped the slow way, through the go command.`;
    return conclude(request, question, version, 'plain', replay, undefined, [note]);
  }

  async function conclude(
    request: SsaRequest,
    question: CaptureQuestion,
    version: string,
    method: 'replay' | 'capture' | 'plain',
    replay: Replay,
    capture: Capture | undefined,
    notes: readonly string[] = [],
  ): Promise<SsaResult> {
    const {
      outcome,
      dump: found,
      assembly,
      boundsChecks,
      decisionsWithin,
      inlinedAt,
      functions,
      problems,
    } = replay;
    if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (outcome.kind === 'not-started') return { kind: 'failed', problems: [{ message: outcome.message }] };
    const succeeded = outcome.kind === 'exited' && outcome.code === 0;
    if (!succeeded) {
      const none = [{ message: 'The compiler failed without a word.' }];
      return { kind: 'failed', problems: problems.length > 0 ? problems : none };
    }
    if (found === undefined) {
      return {
        kind: 'no-function',
        nearest: nearestFunctions(request.name, functions),
        functions,
        inlinedAt: inlinedAt(request.name),
      };
    }
    const sourced = await withSources(
      found,
      async (path) => request.unsaved?.get(path) ?? files.readText(path),
    );
    const own = sourced.sources[0];
    const ownFile = own === undefined ? undefined : sourced.files[own.file];
    const ownEnd = own === undefined ? 0 : own.start + own.lines.length - 1;
    return {
      kind: 'dumped',
      dump: {
        ...sourced,
        func: {
          ...sourced.func,
          origin: {
            importPath: capture?.command.packagePath ?? '',
            go: version,
            target: targetId(request.target),
            flags: question.flags,
          },
        },
      },
      ...(assembly === undefined ? {} : { assembly }),
      boundsChecks: boundsChecks.filter(
        (it) => own !== undefined && it.file === ownFile && own.start <= it.line && it.line <= ownEnd,
      ),
      decisions:
        own === undefined || ownFile === undefined ? [] : decisionsWithin(ownFile, own.start, ownEnd),
      functions,
      method,
      notes,
    };
  }

  return { dump };
}

function planPackage(
  services: PlanServices,
  go: string,
  request: SsaRequest,
  options: SsaOptions,
): Promise<BuildPlan> {
  const { target, directory, moduleDirectory, cgo, tags, env } = request;
  return planBuild(
    services,
    go,
    {
      target,
      package: { importPath: '', directory, moduleDirectory, name: 'package' },
      root: moduleDirectory,
      ...(cgo === undefined ? {} : { cgo }),
      ...(tags === undefined ? {} : { tags }),
      ...(env === undefined ? {} : { env }),
    },
    options,
  );
}

function questionOf(plan: BuildPlan, request: SsaRequest, options: SsaOptions): CaptureQuestion {
  return {
    go: plan.go,
    cwd: plan.cwd,
    pattern: plan.pattern,
    flags: [...plan.flags, ...(request.flags ?? [])],
    env: plan.environment.env,
    test: request.test ?? false,
    ...(options.signal ? { signal: options.signal } : {}),
  };
}

/** The variables that decide how the go command builds. */
function buildVariables(env: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(env)
    .filter(([name]) => /^(?:GO|CGO_|CC$|CXX$|FC$|AR$|PKG_CONFIG|PATH$)/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What the compiler says where a file that its command names is gone. */
function isMissingInput(message: string): boolean {
  return /no such file or directory|cannot find the (?:file|path)|could not import .*\bopen\b/.test(message);
}
