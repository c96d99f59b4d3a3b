import { parseJsonObjects } from '../../build/jsonStream.js';
import type { Ports } from '../../ports.js';
import type { Capture, CaptureQuestion, CaptureResult } from './capture.js';
import { embedConfig } from './embedConfig.js';
import { readGoFlags } from './goFlags.js';
import { listedProblems, placeOf, textOf, type Listed } from './listedPackages.js';
import { toolVariables } from './recorder.js';

const fields =
  'ImportPath,Name,Dir,Export,CompiledGoFiles,CgoFiles,SFiles,ImportMap,Deps,Standard,Module,Error,DepOnly,ForTest,' +
  'EmbedPatterns,EmbedFiles,TestEmbedPatterns,TestEmbedFiles,XTestEmbedPatterns,XTestEmbedFiles';

/** The go command's own words for the tools it has and the machine it compiles for. */
type GoVariables = Readonly<Record<string, string>>;

interface Description {
  readonly ports: Ports;
  readonly question: CaptureQuestion;
  readonly variables: GoVariables;
  readonly gcflags: string;
  readonly byPath: ReadonlyMap<string, Listed>;
}

/**
 * The compile command of a package, put together from what the go command lists, for where its own cannot be recorded:
 * a toolexec that hides the compiler, say. Flags as cmd/go/internal/work, gc.go gives them; what only it knows of
 * (build modes, sanitizers, profiles) is `unusable` here.
 */
export async function describeCompile(
  ports: Ports,
  question: CaptureQuestion,
  folder: string,
): Promise<CaptureResult> {
  const variables = await readVariables(ports, question);
  const { gcflags } = await readGoFlags(ports, question);
  const mode = [variables['GOFLAGS'] ?? '', ...question.flags]
    .join(' ')
    .match(/-(buildmode|msan|asan|pgo)\b/);
  if (mode !== null) return { kind: 'unusable', why: `-${mode[1] ?? ''} changes the command in its own way` };

  const run = await ports.runner.run(
    question.go,
    [
      ...['list', '-e', '-export', '-compiled', '-deps', ...(question.test ? ['-test'] : [])],
      ...[`-json=${fields}`, ...question.flags, '--', question.pattern],
    ],
    { cwd: question.cwd, env: question.env, ...(question.signal ? { signal: question.signal } : {}) },
  );
  if (run.outcome.kind === 'cancelled') return { kind: 'cancelled' };
  const listed = parseJsonObjects(run.stdout);
  const byPath = new Map(listed.map((it) => [textOf(it['ImportPath']), it]));
  const wanted = wantedPackages(listed, question.test);
  const problems = listedProblems(ports, question.cwd, { stderr: run.stderr, listed });
  if (wanted.length === 0)
    return { kind: 'unusable', why: problems[0]?.message ?? 'the go command lists no such package' };
  if (wanted.some((it) => textOf(it['Export']) === ''))
    return problems.length > 0
      ? { kind: 'failed', problems }
      : { kind: 'unusable', why: 'it was not compiled' };
  if ((await ports.files.list(textOf(wanted[0]?.['Dir']))).includes('default.pgo'))
    return { kind: 'unusable', why: 'a profile (default.pgo) decides about it' };
  const captures: Capture[] = [];
  for (const [index, it] of wanted.entries()) {
    const objects = ports.host.join(folder, `described${index}`);
    captures.push(await describe({ ports, question, variables, gcflags, byPath }, it, objects));
  }
  return { kind: 'captured', captures, ...placeOf(ports, listed, captures) };
}

async function readVariables({ runner }: Ports, question: CaptureQuestion): Promise<GoVariables> {
  const names = [...toolVariables, 'GOTOOLDIR', 'GOFLAGS'];
  const { stdout } = await runner.run(question.go, ['env', '-json', ...names], {
    cwd: question.cwd,
    env: question.env,
    ...(question.signal ? { signal: question.signal } : {}),
  });
  return Object.fromEntries(
    Object.entries(parseJsonObjects(stdout)[0] ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    ),
  );
}

/** With tests: the package as its tests see it, and that of its outer tests. */
function wantedPackages(listed: readonly Listed[], test: boolean): readonly Listed[] {
  const named = listed.filter((it) => it['DepOnly'] !== true && !textOf(it['ImportPath']).endsWith('.test'));
  const tested = named.filter((it) => it['ForTest'] !== undefined);
  return test && tested.length > 0 ? tested : named.filter((it) => it['ForTest'] === undefined);
}

async function describe(description: Description, it: Listed, objects: string): Promise<Capture> {
  const { ports, question, variables, gcflags } = description;
  const { host, files } = ports;
  const directory = textOf(it['Dir']);
  const importPath = withoutVariant(textOf(it['ImportPath']));
  const packagePath = it['Name'] === 'main' ? 'main' : importPath;
  const write = async (name: string, text: string): Promise<string> => {
    const path = host.join(objects, name);
    await files.writeText(path, text);
    return path;
  };

  const sources: string[] = [];
  for (const [index, name] of texts(it['CompiledGoFiles']).entries()) {
    const isOwn = !host.isAbsolute(name);
    // Go 1.19 lists assembly, too.
    if (isOwn && !name.endsWith('.go')) continue;
    if (isOwn) sources.push(host.join(directory, name));
    // What cgo generated has a name of the build cache; the compiler takes cgo's directives from these names only.
    else sources.push(await write(`_cgo_${index}.go`, (await files.readText(name)) ?? ''));
  }
  const [patterns, embedded] = embedsOf(it);
  const tool = (name: string): string =>
    host.join(variables['GOTOOLDIR'] ?? '', host.platform === 'win32' ? `${name}.exe` : name);
  const words = [
    ...[tool('compile'), '-p', packagePath, ...languageFlags(it)],
    ...(question.flags.includes('-race') || /-race\b/.test(variables['GOFLAGS'] ?? '') ? ['-race'] : []),
    // Position-independent by default: cmd/go, BuildModeInit.
    ...(/^(?:android|darwin|ios)$/.test(variables['GOOS'] ?? '') ? ['-shared'] : []),
    ...['-nolocalimports', '-importcfg', await write('importcfg', importConfig(description, it)), '-pack'],
    ...(patterns.length === 0
      ? []
      : [
          '-embedcfg',
          await write(
            'embedcfg',
            embedConfig(patterns, embedded, (name) => host.join(directory, name)),
          ),
        ]),
    ...gcflags.split(/\s+/).filter((word) => word !== ''),
  ];
  const env = Object.fromEntries(
    toolVariables.flatMap((name) => {
      const value = variables[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  // C packages give their assembly to the C compiler.
  const assembly = texts(it['CgoFiles']).length > 0 ? [] : texts(it['SFiles']);
  if (assembly.length > 0) {
    const symabis = host.join(objects, 'symabis');
    await write('go_asm.h', '');
    await ports.runner.run(
      tool('asm'),
      [
        ...['-p', packagePath, '-I', objects, '-I', host.join(variables['GOROOT'] ?? '', 'pkg', 'include')],
        ...['-D', `GOOS_${variables['GOOS'] ?? ''}`, '-D', `GOARCH_${variables['GOARCH'] ?? ''}`],
        ...['-gensymabis', '-o', symabis, ...assembly],
      ],
      { cwd: directory, env: { ...question.env, ...env } },
    );
    words.push('-symabis', symabis);
  }
  return { command: { words, cwd: directory, packagePath, files: sources }, env };
}

function languageFlags(it: Listed): readonly string[] {
  if (it['Standard'] === true) return ['-std'];
  const { GoVersion } = (it['Module'] ?? {}) as { readonly GoVersion?: unknown };
  // A module that says nothing is of Go 1.16 (cmd/go, gc.go).
  const version = /^\d+\.\d+/.exec(textOf(GoVersion))?.[0] ?? '1.16';
  return it['Module'] === undefined ? [] : [`-lang=go${version}`];
}

/** Where the compiler finds what the package imports, under the names that its sources use. */
function importConfig({ byPath }: Description, it: Listed): string {
  const lines: string[] = [];
  for (const [from, to] of Object.entries((it['ImportMap'] ?? {}) as Readonly<Record<string, string>>))
    if (withoutVariant(to) !== from) lines.push(`importmap ${from}=${withoutVariant(to)}`);
  for (const path of texts(it['Deps'])) {
    const file = textOf(byPath.get(path)?.['Export']);
    if (file !== '') lines.push(`packagefile ${withoutVariant(path)}=${file}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Patterns and files of `//go:embed`, those of the tests where it is a test's package. */
function embedsOf(it: Listed): readonly [patterns: readonly string[], files: readonly string[]] {
  const forTest = it['ForTest'] !== undefined;
  const outer = textOf(it['Name']).endsWith('_test');
  const kinds = !forTest ? [''] : outer ? ['XTest'] : ['', 'Test'];
  const all = (field: string): readonly string[] => kinds.flatMap((kind) => texts(it[`${kind}${field}`]));
  return [all('EmbedPatterns'), all('EmbedFiles')];
}

/** `p [p.test]` is p as its tests see it. */
function withoutVariant(path: string): string {
  return path.replace(/ \[.*\]$/, '');
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}
