import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createWorkspace, listening, type Workspace } from './workspace.js';

const opened: Workspace[] = [];
const open = (...args: Parameters<typeof createWorkspace>): Workspace => {
  const workspace = createWorkspace(...args);
  opened.push(workspace);
  return workspace;
};
afterEach(() => {
  for (const workspace of opened.splice(0)) workspace.remove();
});

const mod = (name: string): string => `module example.com/${name}\n\ngo 1.21\n`;
const main = 'package main\n\nfunc main() {}\n';

describe('main packages of a workspace', () => {
  it('are found in nested modules, and nowhere that holds none of its programs', async () => {
    const ws = open({
      'go.mod': mod('outer'),
      'cmd/a/main.go': main,
      'lib/lib.go': 'package lib\n',
      'vendor/x/main.go': main,
      'testdata/main.go': main,
      'dist/main.go': main,
      'node_modules/x/go.mod': mod('no'),
      'node_modules/x/main.go': main,
      '_old/main.go': main,
      '.hidden/main.go': main,
      'tools/go.mod': mod('tools'),
      'tools/gen/main.go': main,
      'tools/v2/go.mod': 'module example.com/tools/v2\n\ngo 1.21\n',
      'tools/v2/main.go': main,
    });
    symlinkSync(ws.root, ws.path('cmd', 'loop'));
    const { packages, problems, hasModule } = await ws.crossbow.mainPackages([ws.root, ws.path('tools')]);
    expect(problems).toEqual([]);
    expect(hasModule).toBe(true);
    expect(
      packages.map(({ importPath, name, moduleDirectory }) => [
        importPath,
        name,
        path.relative(ws.root, moduleDirectory),
      ]),
    ).toEqual([
      ['example.com/outer/cmd/a', 'a', ''],
      ['example.com/tools/gen', 'gen', 'tools'],
      ['example.com/tools/v2', 'tools', 'tools/v2'],
    ]);
  });

  it('include those that only another platform, or cgo, has files for', async () => {
    const ws = open({
      'go.mod': mod('m'),
      'win/main_windows.go': main,
      'tagged/main.go': `//go:build darwin && !ios\n\n${main}`,
      'c/main.go': 'package main\n\nimport "C"\n\nfunc main() {}\n',
      'script/gen.go': `//go:build ignore\n\n${main}`,
      'mixed/main.go': main,
      'mixed/extra_windows.go': 'package main\n',
    });
    const all = await ws.crossbow.mainPackages([ws.root]);
    expect(all.packages.map((it) => it.importPath)).toEqual(
      ['c', 'mixed', 'tagged', 'win'].map((it) => `example.com/m/${it}`),
    );
    const windows = await ws.crossbow.mainPackages([ws.root], undefined, {
      goos: 'windows',
      goarch: 'arm64',
    });
    expect(windows.packages.map((it) => it.importPath)).toEqual(
      ['c', 'mixed', 'win'].map((it) => `example.com/m/${it}`),
    );
  });

  it('go.work: modules inside it and beside it can both be built', async () => {
    const ws = open({
      'go.work': 'go 1.21\n\nuse ./in\n',
      'in/go.mod': mod('in'),
      'in/main.go': main,
      'beside/go.mod': mod('beside'),
      'beside/main.go': main,
    });
    const { packages, problems } = await ws.crossbow.mainPackages([ws.root]);
    expect(problems).toEqual([]);
    expect(packages.map((it) => [it.importPath, it.outsideWorkspace ?? false])).toEqual([
      ['example.com/beside', true],
      ['example.com/in', false],
    ]);
    for (const it of packages) {
      const result = await ws.crossbow.build(
        { target: { goos: 'linux', goarch: 'amd64' }, package: it, root: ws.root },
        listening().options,
      );
      expect(result.outcome).toBe('ok');
    }
  });

  it('a broken go.mod is told with its line, and the others go on', async () => {
    const ws = open({
      'good/go.mod': mod('good'),
      'good/main.go': main,
      'bad/go.mod': 'module example.com/bad\n\nnonsense here\n',
      'bad/main.go': main,
    });
    const { packages, problems } = await ws.crossbow.mainPackages([ws.root]);
    expect(packages.map((it) => it.importPath)).toEqual(['example.com/good']);
    expect(problems).toEqual([
      { file: ws.path('bad', 'go.mod'), line: 3, message: 'unknown directive: nonsense' },
    ]);
  });

  it('a folder inside a module belongs to it, and one without any says so', async () => {
    const ws = open({ 'm/go.mod': mod('m'), 'm/cmd/x/main.go': main, 'none/x.go': main });
    const inside = await ws.crossbow.mainPackages([ws.path('m', 'cmd')]);
    expect(inside.packages).toMatchObject([
      { importPath: 'example.com/m/cmd/x', moduleDirectory: ws.path('m') },
    ]);
    expect(await ws.crossbow.mainPackages([ws.path('none')])).toEqual({
      packages: [],
      problems: [],
      hasModule: false,
    });
  });

  it('programs of one name get names that differ', async () => {
    const ws = open({
      'a/go.mod': mod('a'),
      'a/cmd/server/main.go': main,
      'b/go.mod': mod('b'),
      'b/cmd/server/main.go': main,
    });
    const { packages } = await ws.crossbow.mainPackages([ws.root]);
    expect(packages.map((it) => it.name)).toEqual(['a-cmd-server', 'b-cmd-server']);
  });

  it('vendor mode is respected', async () => {
    const ws = open({
      'go.mod': `${mod('v')}\nrequire example.com/dep v1.0.0\n`,
      'main.go': 'package main\n\nimport "example.com/dep"\n\nfunc main() { dep.F() }\n',
      'vendor/modules.txt': '# example.com/dep v1.0.0\n## explicit; go 1.21\nexample.com/dep\n',
      'vendor/example.com/dep/dep.go': 'package dep\n\nfunc F() {}\n',
    });
    const found = await ws.main();
    const result = await ws.crossbow.build(
      { target: { goos: 'linux', goarch: 'arm64' }, package: found, root: ws.root },
      listening().options,
    );
    expect(result.outcome).toBe('ok');
    expect(execFileSync('go', ['version', result.artifacts[0]?.path ?? ''], { encoding: 'utf8' })).toContain(
      'go1.',
    );
  });
});
