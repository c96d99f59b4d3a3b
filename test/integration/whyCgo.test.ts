import { execFile } from 'node:child_process';
import { readFileSync, statSync, utimesSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyConfig } from '../../src/core/config/config.js';
import { createCrossbow } from '../../src/core/createCrossbow.js';
import { chainText } from '../../src/core/insight/whyCgo/reasonText.js';
import type { CgoReason, WhyCgo } from '../../src/core/insight/whyCgo/whyCgo.js';
import type { Target } from '../../src/core/target/target.js';
import { runCliIn } from './runCliIn.js';
import { createWorkspace, type Workspace } from './workspace.js';

const run = promisify(execFile);
const options = { config: emptyConfig, trusted: true, offline: true } as const;
const armTarget: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };

/** A package whose C is in its Go file. */
const withC = (name: string, body: string, cgo = ''): string =>
  `package ${name}\n\n/*\n${cgo}static int one(void) { return 1; }\n*/\nimport "C"\n\n${body}\n`;
const program = (path: string, use: string): string =>
  `package main\n\nimport (\n\t"fmt"\n\n\t"example.com/shop/${path}"\n)\n\nfunc main() { fmt.Println(${use}) }\n`;

/** One program for each thing that can become of a package without cgo. */
const shop: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/shop\n\ngo 1.21\n',
  // Another file takes over.
  'twin/c.go': withC(
    'twin',
    'func Value() int { return int(C.one()) }',
    '#cgo linux LDFLAGS: -lm -l dl\n#cgo windows LDFLAGS: -lws2_32\n',
  ),
  'twin/pure.go': '//go:build !cgo\n\npackage twin\n\nfunc Value() int { return 1 }\n',
  'deep/deep.go':
    'package deep\n\nimport "example.com/shop/twin"\n\nfunc Value() int { return twin.Value() }\n',
  'cmd/twin/main.go': program('deep', 'deep.Value()'),
  // Another file takes over, and says that it does nothing.
  'stub/c.go': withC('stub', 'func Value() (int, error) { return int(C.one()), nil }'),
  'stub/pure.go':
    '//go:build !cgo\n\npackage stub\n\nimport "errors"\n\nfunc Value() (int, error) { return 0, errors.New("stub requires cgo") }\n',
  'cmd/stub/main.go':
    'package main\n\nimport "example.com/shop/stub"\n\nfunc main() { v, err := stub.Value(); println(v, err != nil) }\n',
  // Nothing is left.
  'gone/c.go': withC('gone', 'func Value() int { return int(C.one()) }'),
  'cmd/gone/main.go': program('gone', 'gone.Value()'),
  // What the program calls is gone.
  'half/c.go': withC('half', 'func Fast() int { return int(C.one()) }'),
  'half/rest.go': 'package half\n\nfunc Slow() int { return 1 }\n',
  'cmd/half/main.go': program('half', 'half.Fast()'),
  // What is gone nobody calls: it is only named in a text and in a comment.
  'spare/c.go': withC('spare', 'func Extra() int { return int(C.one()) }'),
  'spare/rest.go': 'package spare\n\n// Value is as Extra is.\nfunc Value() string { return "Extra" }\n',
  'cmd/spare/main.go': program('spare', 'spare.Value()'),
  // The rest of the package itself calls what is gone.
  'inner/c.go': withC('inner', 'func helper() int { return int(C.one()) }'),
  'inner/rest.go': 'package inner\n\nfunc Value() int { return helper() }\n',
  'cmd/inner/main.go': program('inner', 'inner.Value()'),
  // The program imports it only with cgo.
  'cmd/left/main.go': 'package main\n\nfunc main() { println(value()) }\n',
  'cmd/left/with.go':
    '//go:build cgo\n\npackage main\n\nimport "example.com/shop/gone"\n\nfunc value() int { return gone.Value() }\n',
  'cmd/left/without.go': '//go:build !cgo\n\npackage main\n\nfunc value() int { return 1 }\n',
  // With cgo it is imported at once, and by a longer way without.
  'way/way.go': 'package way\n\nimport "example.com/shop/twin"\n\nfunc Value() int { return twin.Value() }\n',
  'cmd/way/main.go': program('way', 'way.Value()'),
  'cmd/way/with.go': '//go:build cgo\n\npackage main\n\nimport _ "example.com/shop/twin"\n',
  // C on one system alone.
  'port/c_windows.go': withC('port', 'func Value() int { return int(C.one()) }'),
  'port/other.go': '//go:build !windows\n\npackage port\n\nfunc Value() int { return 1 }\n',
  'cmd/port/main.go': program('port', 'port.Value()'),
};

describe('why cgo', () => {
  let ws: Workspace;
  beforeAll(() => {
    ws = createWorkspace(shop);
  });
  afterAll(() => {
    ws.remove();
  });

  const ask = async (name: string, target: Target = { goos: 'linux', goarch: 'amd64' }) => {
    const answer = await ws.crossbow.whyCgo(target, [await ws.main(`cmd/${name}`)], options);
    if (answer.kind !== 'known') throw new Error(JSON.stringify(answer));
    return answer;
  };
  const only = async (name: string): Promise<CgoReason> => {
    const { packages } = await ask(name);
    expect(packages).toHaveLength(1);
    return packages[0]!;
  };

  it('tells the shortest chain, with the line of every import', async () => {
    const reason = await only('twin');
    expect(reason.routes.map(chainText)).toEqual(['cmd/twin → deep → twin → C']);
    const words = ['"example.com/shop/deep"', '"example.com/shop/twin"', '"C"'];
    const places = reason.routes[0]!.steps.map((it) => it.place!);
    expect(places).toHaveLength(3);
    for (const [at, { path, line, column }] of places.entries()) {
      const text = readFileSync(path, 'utf8').split('\n')[line - 1]!;
      expect(text.slice(column - 1)).toMatch(new RegExp(`^${words[at]!}`));
    }
  });

  it('tells what the C side needs for the target, and every #cgo line', async () => {
    const { needs } = await only('twin');
    expect(needs.libraries).toEqual(['m', 'dl']);
    expect(needs.directives.map((it) => [it.text, it.place.line])).toEqual([
      ['#cgo linux LDFLAGS: -lm -l dl', 4],
      ['#cgo windows LDFLAGS: -lws2_32', 5],
    ]);
  });

  it.each([
    ['twin', 'builds'],
    ['stub', 'stub'],
    ['gone', 'empty'],
    ['half', 'breaks'],
    ['spare', 'builds'],
    ['inner', 'breaks'],
    ['left', 'left-out'],
    ['way', 'builds'],
  ] as const)('knows what becomes of %s without cgo as go build does', async (name, kind) => {
    const { without } = await only(name);
    expect(without.kind).toBe(kind);
    const built = await run('go', ['build', '-o', ws.path('out', name), `./cmd/${name}`], {
      cwd: ws.root,
      env: { ...process.env, CGO_ENABLED: '0' },
    }).then(
      () => true,
      () => false,
    );
    expect(built).toBe(kind !== 'empty' && kind !== 'breaks');
  });

  it('looks at the target, not at this machine', async () => {
    expect((await ask('port')).packages).toEqual([]);
    const windows = await ask('port', { goos: 'windows', goarch: 'amd64' });
    expect(windows.packages.map((it) => it.importPath)).toEqual(['example.com/shop/port']);
    const none = await ws.crossbow.whyCgo(
      { goos: 'js', goarch: 'wasm' },
      [await ws.main('cmd/port')],
      options,
    );
    expect(none.kind).toBe('unsupported');
  });

  it('asks go again only after a source changed', async () => {
    const first: WhyCgo = await ask('half');
    expect(await ask('half')).toBe(first);
    const file = ws.path('half/c.go');
    const later = new Date(statSync(file).mtimeMs + 5000);
    utimesSync(file, later, later);
    const second = await ask('half');
    expect(second).not.toBe(first);
    ws.write({ 'half/more.go': 'package half\n\nfunc More() int { return 2 }\n' });
    expect(await ask('half')).not.toBe(second);
  });

  it('is told by the command line, as a tree and as JSON', async () => {
    const text = await runCliIn(ws, ['why-cgo', '--target', 'linux/arm/v7', './cmd/twin', './cmd/half']);
    expect(text.code).toBe(0);
    expect(text.out).toContain('linux/arm/v7: cgo through 2 packages; C toolchain proven');
    expect(text.out).toContain('cmd/twin → deep → twin → C');
    expect(text.out).toMatch(
      /does not build without cgo: Fast would be missing {2}cmd\/half\/main\.go:9:\d+/,
    );
    const json = (await runCliIn(ws, ['why-cgo', '--json', './cmd/stub'])).json() as {
      packages: readonly CgoReason[];
    };
    expect(json.packages.map((it) => it.without)).toEqual([
      expect.objectContaining({ kind: 'stub', message: 'stub requires cgo' }),
    ]);
  });
});

describe('why cgo of modules that are put together', () => {
  /** A workspace of two modules, one of which has its C in a folder that replaces a module, and a vendored one. */
  const files: Readonly<Record<string, string>> = {
    'go.work': 'go 1.21\n\nuse ./app\n',
    'app/go.mod':
      'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib/v2 v2.1.0\n\nreplace example.com/lib/v2 => ../lib\n',
    'app/main.go':
      'package main\n\nimport "example.com/lib/v2/deep"\n\nfunc main() { println(deep.Value()) }\n',
    'app/extra.go': '//go:build extra\n\npackage main\n\nimport _ "example.com/app/tagged"\n',
    'app/tagged/c.go': withC('tagged', 'func Value() int { return int(C.one()) }'),
    'lib/go.mod': 'module example.com/lib/v2\n\ngo 1.21\n',
    'lib/deep/c.go': withC('deep', 'func Value() int { return int(C.one()) }'),
    'vendored/go.mod': 'module example.com/vendored\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n',
    'vendored/main.go': 'package main\n\nimport "example.com/dep"\n\nfunc main() { println(dep.Value()) }\n',
    'vendored/vendor/modules.txt': '# example.com/dep v1.0.0\n## explicit; go 1.21\nexample.com/dep\n',
    'vendored/vendor/example.com/dep/c.go': withC('dep', 'func Value() int { return int(C.one()) }'),
    'broken/go.mod': 'module example.com/broken\n\ngo 1.21\n\nrequire nonsense\n',
    'broken/main.go': 'package main\n\nfunc main() {}\n',
    'partly/go.mod': 'module example.com/partly\n\ngo 1.21\n',
    'partly/main.go':
      'package main\n\nimport (\n\t"example.com/nowhere"\n\t"example.com/partly/c"\n)\n\nfunc main() { println(c.Value(), nowhere.X) }\n',
    'partly/c/c.go': withC('c', 'func Value() int { return int(C.one()) }'),
  };
  let ws: Workspace;
  beforeAll(() => {
    ws = createWorkspace(files);
  });
  afterAll(() => {
    ws.remove();
  });

  const target: Target = { goos: 'linux', goarch: 'amd64' };
  const answerFor = async (folder: string, tags: readonly string[] = []): Promise<WhyCgo> => {
    const moduleDirectory = ws.path(folder);
    const program = {
      importPath: `example.com/${folder}`,
      directory: moduleDirectory,
      moduleDirectory,
      name: folder,
    };
    const outside = folder === 'app' ? {} : { outsideWorkspace: true };
    const config = { ...emptyConfig, defaults: { ...emptyConfig.defaults, tags } };
    return ws.crossbow.whyCgo(target, [{ ...program, ...outside }], { ...options, config });
  };
  const chains = async (folder: string, tags?: readonly string[]): Promise<readonly string[]> => {
    const answer = await answerFor(folder, tags);
    if (answer.kind !== 'known') throw new Error(JSON.stringify(answer));
    return answer.packages.flatMap((it) => it.routes.map(chainText));
  };

  it('follows go.work, a replacement by a folder, and the tags of crossbow.yaml', async () => {
    expect(await chains('app')).toEqual(['app → lib/deep → C']);
    expect(await chains('app', ['extra'])).toEqual(['app → tagged → C', 'app → lib/deep → C']);
    expect(await chains('app')).toEqual(['app → lib/deep → C']);
    // What replaces a module changes as the workspace does.
    ws.write({ 'lib/deep/more.go': 'package deep\n\nimport _ "example.com/lib/v2/other"\n' });
    ws.write({ 'lib/other/c.go': withC('other', 'func Value() int { return int(C.one()) }') });
    expect(await chains('app')).toEqual(['app → lib/deep → C', 'app → lib/deep → lib/other → C']);
  });

  it('looks into vendor, and sees what changes there', async () => {
    expect(await chains('vendored')).toEqual(['vendored → dep → C']);
    // The second answer waits until the state of the sources is noted.
    expect(await chains('vendored')).toEqual(['vendored → dep → C']);
    ws.write({ 'vendored/vendor/example.com/dep/c.go': 'package dep\n\nfunc Value() int { return 1 }\n' });
    expect(await chains('vendored')).toEqual([]);
  });

  it('says what go says of a module that it can’t read, and tells the rest where a package is missing', async () => {
    expect(await answerFor('broken')).toMatchObject({
      kind: 'unknown',
      message: expect.stringMatching(/go\.mod/),
    });
    const partly = await answerFor('partly');
    expect(partly).toMatchObject({
      packages: [{ importPath: 'example.com/partly/c' }],
      problems: [{ importPath: 'example.com/nowhere', message: expect.stringMatching(/no required module/) }],
    });
  });

  it('says that there is no Go', async () => {
    const bare = createCrossbow(ws.ports, { cacheFolder: ws.path('.cache'), goPath: () => ws.path('no-go') });
    const moduleDirectory = ws.path('app');
    const program = { importPath: 'x', directory: moduleDirectory, moduleDirectory, name: 'x' };
    expect(await bare.whyCgo(target, [program], options)).toMatchObject({ kind: 'unknown' });
  });
});

describe('why cgo of the examples', () => {
  it.each([
    ['cgo-hello', 'cgo-hello → C', 'empty', ['C: fingerprint.c']],
    ['sqlite', 'sqlite → go-sqlite3 → C', 'stub', ['C: sqlite3-binding.c, sqlite3_opt_unlock_notify.c']],
  ] as const)('%s', async (name, chain, kind, files) => {
    const ws = createWorkspace({});
    try {
      const cwd = new URL(`../../examples/${name}`, import.meta.url).pathname;
      const result = await runCliIn(ws, ['why-cgo', '--target', 'linux/arm/v7'], { cwd });
      expect(result.out.split('\n')).toEqual(
        expect.arrayContaining([chain, ...files.map((it) => `  ${it}`)]),
      );
      const json = (await runCliIn(ws, ['why-cgo', '--target', 'linux/arm/v7', '--json'], { cwd })).json();
      expect(json).toMatchObject({ packages: [{ without: { kind } }] });
    } finally {
      ws.remove();
    }
  });

  it('names a pure-Go alternative where one is known', async () => {
    const ws = createWorkspace({});
    try {
      const directory = new URL('../../examples/sqlite', import.meta.url).pathname;
      const { packages } = await ws.crossbow.mainPackages([directory]);
      const answer = await ws.crossbow.whyCgo(armTarget, packages, options);
      expect(answer).toMatchObject({
        packages: [{ alternative: { packages: ['modernc.org/sqlite', expect.any(String)] } }],
      });
    } finally {
      ws.remove();
    }
  });
});
