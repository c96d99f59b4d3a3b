import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCrossbow } from '../../src/core/createCrossbow.js';
import type { Crossbow } from '../../src/core/crossbow.js';
import { emptyConfig } from '../../src/core/config/config.js';
import type { Ports, RunResult } from '../../src/core/ports.js';
import type { SsaDump } from '../../src/core/ssa/model.js';
import { createSsaTextParser } from '../../src/core/ssa/parseSsaText.js';
import { printPass } from '../../src/core/ssa/printDump.js';
import type { SsaRequest, SsaResult } from '../../src/core/ssa/ssa.js';
import type { Target } from '../../src/core/target/target.js';
import { runCliIn } from './runCliIn.js';
import { ssaModule, ssaNeighbours } from './ssaModule.js';
import { createWorkspace, type Workspace } from './workspace.js';

const amd64: Target = { goos: 'linux', goarch: 'amd64' };
const options = { config: emptyConfig, trusted: true } as const;

describe('the SSA of one function', () => {
  let ws: Workspace;
  let crossbow: Crossbow;
  let cache: string;

  beforeAll(() => {
    ws = createWorkspace({ ...ssaModule, ...ssaNeighbours });
    cache = mkdtempSync(path.join(tmpdir(), 'crossbow-ssa-test-'));
    crossbow = createCrossbow(ws.ports, { cacheFolder: cache });
  });
  afterAll(() => {
    ws.remove();
    rmSync(cache, { recursive: true, force: true });
  });

  function ask(folder: string, name: string, rest: Partial<SsaRequest> = {}): Promise<SsaResult> {
    return crossbow.ssa(
      { target: amd64, directory: ws.path(folder), moduleDirectory: ws.root, name, ...rest },
      options,
    );
  }

  async function dumped(
    ...question: Parameters<typeof ask>
  ): Promise<Extract<SsaResult, { kind: 'dumped' }>> {
    const result = await ask(...question);
    if (result.kind !== 'dumped') throw new Error(JSON.stringify(result, undefined, 1));
    return result;
  }

  async function go(
    args: readonly string[],
    env: Record<string, string> = {},
    cwd = ws.root,
  ): Promise<string> {
    const { stdout, stderr, outcome } = await ws.ports.runner.run('go', args, {
      cwd,
      env: { ...ws.ports.host.env, ...env },
    });
    expect(outcome, stderr).toEqual({ kind: 'exited', code: 0 });
    return (stdout + stderr).replace(/\n$/, '');
  }

  /** The last toolexec counts: no recorder is called. */
  function hidingFlags(): readonly string[] {
    ws.write({ 'through.sh': 'exec "$@"\n' });
    return [`-toolexec=/bin/sh ${ws.path('through.sh')}`];
  }

  /** Times differ from run to run, and the cgo tool names its file by a hash. */
  const passTexts = (dump: SsaDump): readonly string[] =>
    dump.passes.map(
      (it, pass) => `${it.name}\n${printPass(dump, pass).replaceAll(/_cgo_[0-9a-f]{12}_/g, '_cgo_')}`,
    );

  it('is what GOSSAFUNC gives, pass for pass', { timeout: 120_000 }, async () => {
    const pages = mkdtempSync(path.join(tmpdir(), 'crossbow-ssa-pages-'));
    const text = await go(
      ['list', '-export', '-p=1', '-f', '', './plain', './cgo', './asm', './tags', './deep'],
      { GOSSAFUNC: 'Probe+', GOSSADIR: pages },
    ).finally(() => {
      rmSync(pages, { recursive: true, force: true });
    });
    const plain = new Map<string, SsaDump>();
    // The go command heads what each package's compiler said with its import path.
    for (const part of text.split(/^# (?=example\.com\/probe\/)/m).slice(1)) {
      const parser = createSsaTextParser();
      parser.feed(part);
      plain.set(part.slice('example.com/probe/'.length, part.indexOf('\n')), parser.end().dumps[0]!);
    }
    expect([...plain.keys()].sort()).toEqual(['asm', 'cgo', 'deep', 'plain', 'tags']);
    for (const [folder, reference] of plain) {
      const { dump } = await dumped(folder, 'Probe');
      expect(passTexts(dump), folder).toEqual(passTexts(reference));
      expect(
        dump.code.map((it) => dump.strings[it.text]),
        folder,
      ).toEqual(reference.code.map((it) => reference.strings[it.text]));
    }
  });

  interface Case {
    readonly what: string;
    readonly name: string;
    /** From the workspace's root, where it is not of its module. */
    readonly module?: string;
    readonly folder?: string;
    /** Import path or folder as the go command takes it, where it is none of the workspace. */
    readonly pattern?: string;
    readonly request?: Partial<SsaRequest>;
    /** What says the same to the go command. */
    readonly go?: { readonly flags?: readonly string[]; readonly env?: Record<string, string> };
  }

  const cases: readonly Case[] = [
    { what: 'a method', name: '(*Ring).Put' },
    { what: 'an init function', name: 'init.0' },
    { what: 'a closure', name: 'Later.func1' },
    { what: 'an instance', name: '(*Stack[go.shape.int]).Push' },
    { what: 'a package with embedded files', name: 'Probe', folder: 'embedded' },
    { what: 'a package that uses what is vendored', name: 'Probe', module: 'vendored', folder: '.' },
    { what: 'a package of a go.work', name: 'Probe', module: 'work/user', folder: '.' },
    {
      what: 'a build with -mod',
      name: 'Probe',
      request: { flags: ['-mod=mod'] },
      go: { flags: ['-mod=mod'] },
    },
    {
      what: 'a build with the race detector',
      name: 'Probe',
      request: { flags: ['-race'], cgo: 'on' },
      go: { flags: ['-race'], env: { CGO_ENABLED: '1' } },
    },
    { what: 'a test', name: 'Tested', request: { test: true }, go: { flags: ['-test'] } },
    { what: 'an outer test', name: 'Outer', request: { test: true }, go: { flags: ['-test'] } },
    ...['5', '7'].map((level) => ({
      what: `GOARM=${level}`,
      name: '(*Ring).Put',
      request: { target: { goos: 'linux', goarch: 'arm', level: `v${level}` } },
      go: { env: { GOOS: 'linux', GOARCH: 'arm', GOARM: level } },
    })),
    {
      what: 'a package of Go itself',
      name: 'DecodeRune',
      folder: 'src/unicode/utf8',
      pattern: 'unicode/utf8',
    },
  ];

  it.each(cases)(
    'of $what is what the compiler writes into its own files',
    async ({ name, module = '.', folder = 'plain', pattern, request, go: same }) => {
      const root = ws.path(module);
      const directory = path.join(pattern === undefined ? root : await go(['env', 'GOROOT']), folder);
      const { dump } = await dumped('', name, { directory, moduleDirectory: root, ...request });
      // The number is read by no pass: what was compiled before must not come from the cache.
      const flags = `-d=ssa/all/dump=${name},ssa/opt/test=${Date.now() % 1e9}`;
      await go(
        [
          ...['list', '-export', '-f', '', ...(same?.flags ?? []), `-gcflags=${flags}`],
          pattern ?? `./${folder}`,
        ],
        same?.env,
        root,
      );
      const files = readdirSync(root).filter((it) => it.endsWith('.dump'));
      const own = new Map(
        files.map((it) => {
          const text = readFileSync(path.join(root, it), 'utf8');
          rmSync(path.join(root, it));
          return [/__(.*)\.dump$/.exec(it)![1]!, text];
        }),
      );
      expect(own.size).toBeGreaterThan(40);
      for (const [index, { name: pass }] of dump.passes.entries()) {
        const text = own.get(pass.replaceAll(' ', '_'));
        if (text !== undefined) expect(withoutDead(printPass(dump, index)), pass).toBe(text);
      }
    },
  );

  it('is compiled by the compiler alone from the second function on, and after an edit', async () => {
    expect((await dumped('plain', '(*Ring).Put')).method).toBe('replay');
    ws.write({ 'plain/plain.go': ssaModule['plain/plain.go']!.replace('% len(r.items)', '& 7') });
    const edited = await dumped('plain', '(*Ring).Put');
    expect(edited.method).toBe('replay');
    expect(edited.dump.sources[0]!.lines.join('\n')).toContain('& 7');
    ws.write({ 'plain/more.go': 'package plain\n' });
    expect((await dumped('plain', '(*Ring).Put')).method).toBe('capture');
    ws.write({ 'plain/plain.go': ssaModule['plain/plain.go']! });
  });

  it('follows a change in a dependency of the workspace', async () => {
    const before = await dumped('deep', 'Probe');
    ws.write({ 'tags/off.go': '//go:build !wide\n\npackage tags\n\nconst step = 5\n' });
    const after = await dumped('deep', 'Probe');
    expect(after.method).toBe('capture');
    const constants = ({ dump }: typeof after) =>
      dump.values.map(({ aux }) => (aux === undefined ? '' : dump.strings[aux]));
    expect(constants(before)).toContain(' [1]');
    expect(constants(after)).toContain(' [5]');
  });

  it('is of the text in the editor where that is not saved yet', async () => {
    const file = ws.path('plain/plain.go');
    const text = ssaModule['plain/plain.go']!.replace('% len(r.items)', '& 1023');
    const { dump } = await dumped('plain', '(*Ring).Put', { unsaved: new Map([[file, text]]) });
    expect(dump.files).toEqual([file]);
    expect(dump.sources[0]).toMatchObject({ start: 12 });
    expect(dump.values.some((it) => it.aux !== undefined && dump.strings[it.aux] === ' [1023]')).toBe(true);
  });

  it('takes tags, tests and another target', async () => {
    const { dump: wide } = await dumped('tags', 'Probe', { tags: ['wide'] });
    expect(wide.strings).toContain(' [100]');
    const { dump: inner } = await dumped('plain', 'Tested', { test: true });
    expect(inner.sources[0]!.lines[0]).toContain('func Tested');
    const { dump: outer } = await dumped('plain', 'Outer', { test: true });
    expect(outer.func.origin!.importPath).toBe('example.com/probe/plain_test');
    const { dump: arm } = await dumped('plain', '(*Ring).Put', {
      target: { goos: 'linux', goarch: 'arm64' },
    });
    expect(arm.func.origin!.target).toBe('linux/arm64');
    expect(arm.code.map((it) => arm.strings[it.text])).toContainEqual(expect.stringContaining('(R0)'));
  });

  it('says where each instruction came from, what is checked, and what was inlined', async () => {
    const { dump, boundsChecks, decisions, assembly, functions } = await dumped('plain', 'Probe');
    expect(dump.sources.map((it) => it.lines[0])).toEqual([
      'func Probe(xs []int) (sum int) {',
      'func (s *Stack[T]) Push(item T) { s.items = append(s.items, item) }',
      'func half(x int) int { return x / 2 }',
    ]);
    const inlined = dump.code.filter((it) => it.line === 45).map((it) => dump.stacks[it.stack!]!);
    expect(inlined[0]).toEqual([{ file: 0, line: 27 }]);
    expect(boundsChecks).toContainEqual({
      file: ws.path('plain/plain.go'),
      line: 27,
      column: 26,
      kind: 'index',
    });
    expect(decisions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'inlined-call', callee: 'half', line: 27, column: 14 }),
        expect.objectContaining({ kind: 'not-inlinable', name: 'Probe', line: 25 }),
        expect.objectContaining({ kind: 'stays', what: 'xs', line: 25, column: 12 }),
      ]),
    );
    expect(assembly!.symbol).toBe('example.com/probe/plain.Probe');
    expect(assembly!.relocations.map((it) => it.symbol)).toContain('runtime.panicBounds+0');
    expect(functions.map((it) => it.name)).toEqual(
      expect.arrayContaining(['Probe', '(*Ring).Put', 'init.0']),
    );
  });

  it('tells what there is instead of a function that is not there, or has no code left', async () => {
    expect(await ask('plain', 'Prob')).toMatchObject({
      kind: 'no-function',
      nearest: expect.arrayContaining(['Probe']),
    });
    expect(await ask('plain', 'ring.put')).toMatchObject({ nearest: ['(*Ring).Put'] });
    expect(await ask('plain', '(*Stack).Push')).toMatchObject({
      nearest: expect.arrayContaining(['(*Stack[go.shape.int]).Push']),
    });
    expect(await ask('inlined', 'tiny.func1')).toMatchObject({
      kind: 'no-function',
      inlinedAt: expect.arrayContaining([expect.objectContaining({ line: 5 })]),
    });
  });

  it('fails with the places of errors, its own and those of a dependency', async () => {
    ws.write({
      'broken/broken.go': 'package broken\n\nfunc F() int { return "a" }\n',
      'needy/needy.go':
        'package needy\n\nimport "example.com/probe/broken"\n\nfunc G() int { return broken.F() }\n',
      'lost/lost.go': 'package lost\n\nimport "example.com/probe/nowhere"\n\nvar _ = nowhere.X\n',
    });
    expect(await ask('broken', 'F')).toMatchObject({
      kind: 'failed',
      problems: [{ line: 3, column: 23, message: expect.stringContaining('cannot use "a"') }],
    });
    expect(await ask('needy', 'G')).toMatchObject({
      kind: 'failed',
      problems: expect.arrayContaining([
        expect.objectContaining({ file: ws.path('broken/broken.go'), line: 3, column: 23 }),
      ]),
    });
    expect(await ask('lost', 'H')).toMatchObject({
      kind: 'failed',
      problems: [expect.objectContaining({ line: 3 })],
    });
  });

  it('can be cancelled, and leaves no compiler behind', async () => {
    const controller = new AbortController();
    const result = crossbow.ssa(
      {
        target: amd64,
        directory: ws.path('cgo'),
        moduleDirectory: ws.root,
        name: 'Probe',
        flags: ['-gcflags=all=-N'],
      },
      { ...options, signal: controller.signal },
    );
    controller.abort();
    expect(await result).toEqual({ kind: 'cancelled' });
  });

  it('chains a toolexec of the user, and keeps flags of GOFLAGS', async () => {
    ws.write({ 'own.sh': `echo "$1" >> '${ws.path('tools.log')}'\nexec "$@"\n` });
    const { dump } = await dumped('plain', '(*Ring).Put', {
      env: { GOFLAGS: `'-toolexec=/bin/sh ${ws.path('own.sh')}' -gcflags=-N` },
    });
    expect(readFileSync(ws.path('tools.log'), 'utf8')).toMatch(/compile$/m);
    // Without optimisation the compiler skips most passes.
    expect(dump.passes.map((it) => it.name)).not.toContain('prove');
  });

  it('is of a command put together where the own one is hidden, and says so', async () => {
    const flags = hidingFlags();
    for (const [folder, name] of [
      ['plain', '(*Ring).Put'],
      ['cgo', 'Probe'],
      ['asm', 'Probe'],
      ['embedded', 'Probe'],
      ['deep', 'Probe'],
    ] as const) {
      const recorded = await dumped(folder, name);
      const direct = await dumped(folder, name, { flags });
      expect(direct).toMatchObject({ method: 'direct', notes: [expect.stringContaining('put together')] });
      expect(passTexts(direct.dump), folder).toEqual(passTexts(recorded.dump));
      expect(direct.dump.sources, folder).toEqual(recorded.dump.sources);
      expect(direct.decisions).toEqual(recorded.decisions);
    }
    const outer = await dumped('plain', 'Outer', { flags, test: true });
    expect(outer.method).toBe('direct');
    const again = await dumped('plain', 'Probe', { flags });
    expect(again).toMatchObject({ method: 'replay', notes: [expect.stringContaining('put together')] });
  });

  it.each([
    {
      what: 'the go command lists nothing',
      fault: (): RunResult => ({
        outcome: { kind: 'exited', code: 1 },
        stdout: '',
        stderr: 'go: no such list\n',
        durationMs: 0,
      }),
      says: 'go: no such list',
    },
    {
      what: 'the command that was put together does not compile',
      fault: (result: RunResult): RunResult => ({
        ...result,
        stdout: result.stdout.replace(/\s*"off\.go",/, ''),
      }),
      says: 'undefined: step',
    },
  ])('is of GOSSAFUNC itself where $what, and says so', async ({ what, fault, says }) => {
    const faulty: Ports = {
      ...ws.ports,
      runner: {
        async run(program, args, runOptions) {
          const result = await ws.ports.runner.run(program, args, runOptions);
          return args.includes('-compiled') ? fault(result) : result;
        },
      },
    };
    const hidden = createCrossbow(faulty, { cacheFolder: path.join(cache, what) });
    const request = { target: amd64, directory: ws.path('tags'), moduleDirectory: ws.root, name: 'Probe' };
    const flags = hidingFlags();
    const page = path.join(cache, 'page.html');
    const plain = await hidden.ssa({ ...request, flags, page }, options);
    const recorded = await dumped('tags', 'Probe');
    if (plain.kind !== 'dumped') throw new Error(JSON.stringify(plain));
    expect(plain).toMatchObject({ method: 'plain', notes: [expect.stringContaining('GOSSAFUNC')] });
    expect(plain.notes[0]).toContain(says);
    expect(passTexts(plain.dump)).toEqual(passTexts(recorded.dump));
    for (const key of ['functions', 'decisions', 'boundsChecks'] as const)
      expect(plain[key], key).toEqual(recorded[key]);
    expect(plain.dump.sources).toEqual(recorded.dump.sources);
    expect(plain.assembly!.instructions).toEqual(recorded.assembly!.instructions);
    expect(readFileSync(page, 'utf8')).toContain('<h2>genssa');
    expect(await hidden.ssa({ ...request, flags, name: 'Prob' }, options)).toMatchObject({
      kind: 'no-function',
      nearest: ['Probe'],
    });
  });

  it('is on the command line', async () => {
    const cli = (...args: string[]) => runCliIn(ws, ['ssa', ...args, '-t', 'linux/amd64']);
    const json = (await cli('./plain.Probe', '--json')).json() as SsaDump;
    expect(json.passes.map((it) => it.name)).toEqual(
      expect.arrayContaining(['start', 'opt', 'lower', 'regalloc']),
    );
    expect((await cli('example.com/probe/plain.(*Ring).Put', '--pass', 'lower')).out).toMatch(
      /^\(\*Ring\)\.Put method/,
    );
    expect((await cli('./plain.(*Ring).Put', '--diff', 'start..lower')).out).toMatch(/^ {2}~ .*\n {4}\(/m);
    expect((await cli('./plain.(*Ring).Put', '--asm')).out).toContain(
      'TEXT\texample.com/probe/plain.(*Ring).Put(SB)',
    );
    expect((await cli('./plain', '--list')).out).toContain('  (*Ring).Put\n');
    expect((await cli('./plain.(*Ring).Put', '--compare', 'linux/arm64')).out).toMatch(
      /instructions +\d+ +\d+/,
    );
    expect((await cli('./plain.Probe')).out).toContain('call of half inlined');
    const raw = await cli('./plain.(*Ring).Put', '--raw-html');
    expect(raw).toMatchObject({ out: '', err: expect.stringContaining('_Ring_.Put-linux_amd64.ssa.html') });
    expect(readFileSync(ws.path('_Ring_.Put-linux_amd64.ssa.html'), 'utf8')).toContain('<h1>(*Ring).Put,1');
    const missing = await cli('./plain.Prob');
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('Did you mean Probe') });
    expect(await cli('./nowhere.F')).toMatchObject({ code: 2 });
    expect(await cli('./plain.Probe', '--pass', 'lowr')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean lower?'),
    });
  });
});

/** The compiler's files leave out what is dead. */
function withoutDead(text: string): string {
  let isDead = false;
  return text
    .split('\n')
    .filter((line) => {
      const isStart = /^ {2}b\d+:/.test(line);
      if (isStart || !line.startsWith('    ')) isDead = isStart && line.endsWith(' DEAD');
      return !isDead && !line.endsWith(' DEAD');
    })
    .join('\n');
}
