import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { folderPattern } from '../../../src/core/recipe/discovery/folderPattern.js';
import { resolveProgram } from '../../../src/core/recipe/discovery/resolveProgram.js';
import { readVersion } from '../../../src/core/recipe/discovery/versionSource.js';
import type { ProgramStep } from '../../../src/core/recipe/recipe.js';
import { createPorts } from '../../../src/node/ports.js';

const ports = createPorts();
const guardian = path.resolve('test/fixtures/recipes/guardian');
const arm = { goos: 'linux', goarch: 'arm', level: 'v7' };
const windows = { goos: 'windows', goarch: 'amd64' };
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'crossbow-program-'));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

function step(paths: readonly string[], more: Partial<ProgramStep> = {}): ProgramStep {
  return { kind: 'program', name: 'it', needs: [], paths, optional: false, go: {}, c: {}, ...more };
}

describe('what a program step stands for', () => {
  it('is a Go program that only the target has', async () => {
    const found = await resolveProgram(
      ports,
      step(['cmd/dadoo'], { output: 'gdn-dadoo', static: true, go: { trimpath: true } }),
      guardian,
      arm,
    );
    expect(found).toEqual({
      kind: 'go',
      name: 'it',
      needs: [],
      packages: ['./cmd/dadoo'],
      output: 'gdn-dadoo',
      static: true,
      trimpath: true,
    });
    expect(await resolveProgram(ports, step(['cmd/dadoo']), guardian, windows)).toBeUndefined();
  });

  it('is a C program beside a Go package that is no program', async () => {
    expect(
      await resolveProgram(ports, step(['cmd/init'], { c: { cflags: ['-O2'] } }), guardian, arm),
    ).toEqual({
      kind: 'c',
      name: 'it',
      needs: [],
      sources: ['cmd/init/ignore_sigchild.c', 'cmd/init/init.c'],
      output: 'init',
      cflags: ['-O2'],
    });
  });

  it('is a Go program where an older layout has one', async () => {
    const root = folderWith({ 'go.mod': 'module a\n', 'cmd/init/main.go': 'package main\nfunc main() {}\n' });
    expect(await resolveProgram(ports, step(['cmd/init']), root, arm)).toMatchObject({ kind: 'go' });
  });

  it('passes a folder over whose program is for another system', async () => {
    const paths = ['cmd/nstar', 'rundmc/nstar'];
    expect(await resolveProgram(ports, step(paths), guardian, arm)).toMatchObject({
      kind: 'c',
      output: 'nstar',
    });
    expect(await resolveProgram(ports, step(paths), guardian, windows)).toMatchObject({
      packages: ['./cmd/nstar'],
    });
  });

  it('is found wherever it lies, nearest to the top first', async () => {
    const main = 'package main\nfunc main() {}\n';
    const root = folderWith({ 'a/b/c/tool/main.go': main, 'z/tool/main.go': main, 'toolbox/main.go': main });
    expect(await resolveProgram(ports, step(['cmd/tool', '**/tool']), root, arm)).toMatchObject({
      packages: ['./z/tool'],
    });
  });

  it('is none of the tests where a glob meets it, and any where it is named', async () => {
    const main = 'package main\nfunc main() {}\n';
    const root = folderWith({
      'fakes/tool/main.go': main,
      'gqt/gqt_test.go': 'package gqt_test\n',
      'gqt/cmd/tool/main.go': main,
      'a/b/c/tool/main.go': main,
      'a/b/c/tool/main_test.go': 'package main\n',
    });
    expect(await resolveProgram(ports, step(['**/tool']), root, arm)).toMatchObject({
      packages: ['./a/b/c/tool'],
    });
    expect(await resolveProgram(ports, step(['fakes/tool']), root, arm)).toMatchObject({
      packages: ['./fakes/tool'],
    });
  });

  it('is a C program without the test beside it', async () => {
    const main = 'int main(void) { return 0; }';
    const root = folderWith({ 'x/x.c': main, 'x/list.c': 'int length;', 'x/list_test.c': main });
    expect(await resolveProgram(ports, step(['x']), root, arm)).toMatchObject({
      sources: ['x/list.c', 'x/x.c'],
      output: 'x',
    });
  });

  it('is one C file, or the folder of several programs after which it is named', async () => {
    const main = 'int main(void) { return 0; }';
    const root = folderWith({
      'x/a.c': main,
      'x/x.c': main,
      'include/y.h': '',
      'z/z.c': `#include <y.h>\n${main}`,
    });
    expect(await resolveProgram(ports, step(['x/a.c']), root, arm)).toMatchObject({ sources: ['x/a.c'] });
    expect(await resolveProgram(ports, step(['x']), root, arm)).toMatchObject({ sources: ['x/x.c'] });
    expect(await resolveProgram(ports, step(['z']), root, arm)).toMatchObject({ includes: ['include'] });
  });

  it('is a program behind a tag that the step sets', async () => {
    const root = folderWith({ 'd/main.go': '//go:build daemon\n\npackage main\nfunc main() {}\n' });
    expect(await resolveProgram(ports, step(['d']), root, arm)).toBeUndefined();
    expect(await resolveProgram(ports, step(['d'], { go: { tags: ['daemon'] } }), root, arm)).toBeDefined();
  });

  it.each([
    ['**/init', ['init', 'cmd/init', 'a/b/init'], ['cmd/init2', 'xinit', 'init/a']],
    ['cmd/*', ['cmd/a'], ['cmd/a/b', 'cmd']],
    ['./a/**/b', ['a/b', 'a/x/b'], ['b', 'a/b/c']],
    ['a.b/*-x', ['a.b/c-x'], ['aXb/c-x']],
    ['cmd/**', ['cmd/a', 'cmd/a/b'], ['other/a']],
  ])('reads the glob %s', (glob, names, others) => {
    const pattern = folderPattern(glob);
    expect(names.filter((it) => !pattern.test(it))).toEqual([]);
    expect(others.filter((it) => pattern.test(it))).toEqual([]);
  });
});

describe('the version of sources', () => {
  const git = (root: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, GIT_COMMITTER_DATE: '1700000000 +0000' },
    }).trim();

  it('is the nearest tag, with how far the sources are from it', async () => {
    const root = folderWith({ a: '1', VERSION: '9.9.9\n' });
    git(root, 'init', '--quiet');
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '--message=a');
    const commit = git(root, 'rev-parse', 'HEAD');
    expect(await readVersion(ports, root)).toEqual({ version: '9.9.9', commit, epochSeconds: 1700000000 });
    git(root, 'tag', 'nightly');
    expect((await readVersion(ports, root)).version).toBe('9.9.9');
    git(root, 'tag', 'v7.11.0');
    expect((await readVersion(ports, root)).version).toBe('7.11.0');
    writeFileSync(path.join(root, 'a'), '2');
    expect((await readVersion(ports, root)).version).toBe('7.11.0-dirty');
    git(root, 'commit', '--quiet', '--all', '--message=b');
    git(root, 'tag', 'latest');
    expect((await readVersion(ports, root)).version).toMatch(/^7\.11\.0-1-g[0-9a-f]{7,}$/);
  });

  it('is that of the copy where sources are vendored', async () => {
    const root = folderWith({
      'vendor/modules.txt':
        '# a.org/x v1.0.0\n# a.org/runc v1.2.3 => b.org/runc v1.3.0\n## explicit\na.org/runc\n',
      'vendor/a.org/runc/VERSION': '7.7\n',
    });
    expect((await readVersion(ports, path.join(root, 'vendor/a.org/runc'))).version).toBe('1.3.0');
  });

  it('is in the name of an unpacked release', async () => {
    const root = folderWith({ 'concourse-7.11.0/a': '', 'runc@v1.4.0-rc.1/a': '', 'go-1/a': '' });
    const of = async (name: string) => (await readVersion(ports, path.join(root, name))).version;
    expect(await of('concourse-7.11.0')).toBe('7.11.0');
    expect(await of('runc@v1.4.0-rc.1')).toBe('1.4.0-rc.1');
    expect(await of('go-1')).toBe('0.0.0-dev');
  });

  it('is a valid one where nothing says it', async () => {
    expect(await readVersion(ports, folderWith({ VERSION: 'see the tags\n' }))).toEqual({
      version: '0.0.0-dev',
      commit: '',
    });
  });
});
