import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { scanWorkspace } from '../../src/core/build/workspaceScan.js';
import { emptyConfig } from '../../src/core/config/config.js';
import { createCrossbow } from '../../src/core/createCrossbow.js';
import type { Ports } from '../../src/core/ports.js';
import type { Target } from '../../src/core/target/target.js';
import { bundleCli, type BundledCli } from './bundledCli.js';
import { cgoProgram, createWorkspace, listening, pureProgram, type Workspace } from './workspace.js';

const opened: Workspace[] = [];
const open = (...args: Parameters<typeof createWorkspace>): Workspace => {
  const workspace = createWorkspace(...args);
  opened.push(workspace);
  return workspace;
};
let cli: BundledCli;
beforeAll(async () => {
  cli = await bundleCli();
});
afterEach(() => {
  for (const workspace of opened.splice(0)) workspace.remove();
});
afterAll(() => cli.remove());

const armv7: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };
const here: Target = { goos: 'linux', goarch: 'amd64' };
const realGo = execFileSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim();
const isRoot = process.getuid?.() === 0;
const hasScript = spawnSync('script', ['--version']).status === 0;

/** Files below a folder, private ones too. */
function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

describe('a compiler that hangs', () => {
  it('is named, and no other is taken in its place', async () => {
    const ws = open({ ...cgoProgram, 'hanging-gcc': '#!/bin/sh\nexec sleep 600\n' });
    chmodSync(ws.path('hanging-gcc'), 0o755);
    const { options, text } = listening();
    const cc = ws.path('hanging-gcc');
    const result = await ws.crossbow.build(
      { target: armv7, package: await ws.main(), root: ws.root },
      { ...options, config: { ...emptyConfig, toolchains: { 'linux/arm/v7': { cc } } } },
    );
    expect(result).toMatchObject({
      outcome: 'failed',
      diagnoses: [{ cause: 'invalid-cc' }],
    });
    expect(result.diagnoses[0]?.title).toContain(cc);
    expect(result.diagnoses[0]?.fixes[0]).toMatchObject({ kind: 'set-compiler', proven: true });
    expect(text()).toContain('hangs');
    expect(existsSync(ws.path('dist'))).toBe(false);
  });
});

describe('no Go', () => {
  /** A machine without Go: the file system knows no go command outside the workspace. */
  const without = (ports: Ports): Ports => ({
    ...ports,
    host: { ...ports.host, env: { PATH: '' }, searchPath: [], homeDirectory: '/nonexistent' },
    files: {
      ...ports.files,
      stat: (file) => (/\/go$/.test(file) ? Promise.resolve(undefined) : ports.files.stat(file)),
    },
  });

  it('is an outcome that says what to do', async () => {
    const ws = open(pureProgram);
    const main = await ws.main();
    const crossbow = createCrossbow(without(ws.ports), { cacheFolder: ws.path('.cache') });
    expect(await crossbow.go()).toMatchObject({ kind: 'missing' });
    const { options, text } = listening();
    const result = await crossbow.build({ target: here, package: main, root: ws.root }, options);
    expect(result).toMatchObject({
      outcome: 'failed',
      artifacts: [],
      diagnoses: [{ confidence: 'certain', fixes: [{ title: 'Install Go' }] }],
    });
    expect(text()).toMatch(/no go command.*Install Go/);
  });

  it('that works is exit code 2', () => {
    const ws = open({
      ...pureProgram,
      'bin/go': '#!/bin/sh\necho "go: cannot find GOROOT directory" >&2\nexit 2\n',
    });
    chmodSync(ws.path('bin/go'), 0o755);
    const env = { PATH: ws.path('bin'), GOROOT: '' };
    const { code, out } = cli.run(['build', '--json'], { cwd: ws.root, env });
    // A Go in its usual place would serve: then the build is simply made.
    if (code !== 0) {
      expect(code).toBe(2);
      expect(out).toContain('cannot find GOROOT');
    }
  });
});

describe('where to look', () => {
  const mains = (count: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        [`m${index}/go.mod`, `module example.com/m${index}\n\ngo 1.21\n`],
        [`m${index}/main.go`, 'package main\n\nfunc main() {}\n'],
      ]).flat(),
    ) as Record<string, string>;

  it('strangers’ modules are built only when asked for', () => {
    const ws = open(mains(21));
    const { code, err } = cli.run(['build'], { cwd: ws.root });
    expect(code).toBe(2);
    expect(err).toContain('21 modules');
    expect(err).toContain('./...');
    expect(existsSync(ws.path('dist'))).toBe(false);
  });

  it('many programs in few modules are counted, too', () => {
    const ws = open({
      'm/go.mod': 'module example.com/m\n\ngo 1.21\n',
      ...Object.fromEntries(
        Array.from({ length: 21 }, (_, it) => [`m/cmd/c${it}/main.go`, 'package main\n\nfunc main() {}\n']),
      ),
    });
    const { code, err } = cli.run(['build'], { cwd: ws.root });
    expect(code).toBe(2);
    expect(err).toContain('21 programs');
  });

  it('leaves out Go itself, module caches and links', async () => {
    const ws = open({
      'app/go.mod': 'module example.com/app\n',
      'sdk/go1.99/src/go.mod': 'module std\n',
      'sdk/go1.99/src/unsafe/unsafe.go': 'package unsafe\n',
      'sdk/go1.99/misc/go.mod': 'module misc\n',
      'gopath/pkg/mod/cache/download/x': '',
      'gopath/pkg/mod/example.com/dep@v1.0.0/go.mod': 'module example.com/dep\n',
    });
    mkdirSync(ws.path('elsewhere'));
    symlinkSync(ws.path('app'), ws.path('elsewhere', 'link'));
    const { modules } = await scanWorkspace(ws.ports, ws.root);
    expect(modules).toEqual([ws.path('app')]);
    expect((await scanWorkspace(ws.ports, ws.path('elsewhere'))).modules).toEqual([]);
    // A link that was named is gone through.
    expect((await scanWorkspace(ws.ports, ws.path('elsewhere', 'link'))).modules).toHaveLength(1);
    // Go's own sources, opened on purpose.
    expect((await scanWorkspace(ws.ports, ws.path('sdk/go1.99'))).modules).not.toEqual([]);
  });
});

describe('what is left behind', () => {
  it('no empty folders after a failure', async () => {
    const ws = open({ ...pureProgram, 'main.go': 'package main\n\nfunc main() { nonsense }\n' });
    const request = { target: armv7, package: await ws.main(), root: ws.root };
    expect((await ws.crossbow.build(request, listening().options)).outcome).toBe('failed');
    expect(existsSync(ws.path('dist'))).toBe(false);
    ws.write({ 'dist/linux/keep': 'me' });
    await ws.crossbow.build(request, listening().options);
    expect(filesBelow(ws.path('dist'))).toEqual(['linux', 'linux/keep']);
  });

  it('a plain mistake is no cause', async () => {
    const ws = open({ ...cgoProgram, 'typo.go': 'package main\n\nfunc typo() { foo() }\n' });
    const request = { target: armv7, package: await ws.main(), root: ws.root };
    const { options, text } = listening();
    const result = await ws.crossbow.build(request, options);
    expect(result).toMatchObject({ outcome: 'failed', diagnoses: [] });
    expect(text()).toContain('undefined: foo');
  });

  it('a package for another system alone is not one for cgo', async () => {
    const ws = open({
      ...pureProgram,
      'main.go': 'package main\n\nimport "example.com/pure/win"\n\nfunc main() { win.Do() }\n',
      'win/win.go': '//go:build windows\n\npackage win\n\nfunc Do() {}\n',
    });
    for (const cgo of ['off', 'auto', 'on'] as const) {
      const request = { target: armv7, package: await ws.main(), root: ws.root, cgo };
      const result = await ws.crossbow.build(request, listening().options);
      expect(result).toMatchObject({ outcome: 'failed', diagnoses: [{ cause: 'not-on-this-target' }] });
    }
  });

  it('notices cgo that went off silently', async () => {
    const ws = open({
      ...cgoProgram,
      'pure.go': 'package main\n\nfunc init() { println("no C") }\n',
      // Something between us and go that turns cgo off.
      'wrapped/go': `#!/bin/sh\ncase "$1" in build) export CGO_ENABLED=0;; esac\nexec '${realGo}' "$@"\n`,
    });
    chmodSync(ws.path('wrapped/go'), 0o755);
    const wrapped = open(
      { ...pureProgram },
      { env: { PATH: `${ws.path('wrapped')}:${process.env['PATH'] ?? ''}` } },
    );
    const { options, text } = listening();
    const result = await wrapped.crossbow.build(
      { target: armv7, package: await wrapped.main(), root: wrapped.root, cgo: 'on' },
      options,
    );
    expect(result).toMatchObject({ outcome: 'failed', diagnoses: [{ cause: 'cgo-disabled' }] });
    expect(text()).toContain('CGO_ENABLED=0');
    expect(existsSync(wrapped.path('dist'))).toBe(false);
  });

  it.runIf(isRoot)('a dist that may not be written', () => {
    const ws = open({ ...pureProgram, 'dist/linux/amd64/pure': 'old\n' });
    execFileSync('chmod', ['-R', 'a+rX', path.dirname(ws.root)]);
    mkdirSync(ws.path('home'));
    chmodSync(ws.path('home'), 0o777);
    // The kernel lets root write where modes forbid it, so another user tries.
    const prefix = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const env = { HOME: ws.path('home'), XDG_CACHE_HOME: ws.path('home/c'), GOCACHE: ws.path('home/g') };
    const { code, out, err } = cli.run(['build', '-t', 'linux/amd64', '--json'], {
      cwd: ws.root,
      env,
      prefix,
    });
    expect([code, err]).toEqual([1, expect.stringContaining('permission denied')]);
    expect(err).toContain(ws.path('dist/linux/amd64'));
    expect(JSON.parse(out)).toMatchObject({ ok: false });
    expect(filesBelow(ws.path('dist'))).toEqual(['linux', 'linux/amd64', 'linux/amd64/pure']);
    expect(readFileSync(ws.path('dist/linux/amd64/pure'), 'utf8')).toBe('old\n');
  });

  it('a disk that is full', async ({ skip }) => {
    const ws = open({ ...pureProgram });
    mkdirSync(ws.path('dist'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', ws.path('dist')]);
    skip(mounted.status !== 0, 'a small file system can’t be mounted here');
    try {
      // go build only replaces what is a program.
      mkdirSync(ws.path('dist/linux/amd64'), { recursive: true });
      copyFileSync('/bin/true', ws.path('dist/linux/amd64/pure'));
      const { options, text } = listening();
      const request = { target: here, package: await ws.main(), root: ws.root };
      const result = await ws.crossbow.build(request, options);
      expect(result).toMatchObject({ outcome: 'failed', diagnoses: [{ cause: 'disk-full' }] });
      expect(text()).toContain('no space left on device');
      expect(filesBelow(ws.path('dist'))).toEqual(['linux', 'linux/amd64', 'linux/amd64/pure']);
      expect(readFileSync(ws.path('dist/linux/amd64/pure')).equals(readFileSync('/bin/true'))).toBe(true);
    } finally {
      execFileSync('umount', [ws.path('dist')]);
    }
  });
});

describe('the process', () => {
  it('takes a reader that leaves for no failure', () => {
    const shell = (line: string) => spawnSync('bash', ['-c', line], { encoding: 'utf8' });
    const { stdout, stderr } = shell(
      `'${process.execPath}' '${cli.file}' targets | head -1; echo "\${PIPESTATUS[0]}"`,
    );
    expect(stdout.trim().split('\n').at(-1)).toBe('0');
    expect(stderr).toBe('');
  });

  it.runIf(hasScript)('shows progress at a terminal, in one line that leaves nothing behind', async () => {
    const ws = open(pureProgram);
    const child = cli.atTerminal(['build', '-t', 'linux/arm64', '--ldflags', '-s'], {
      cwd: ws.root,
      // A cache of its own, so that there is something to count.
      env: { GOCACHE: ws.path('cache'), GOFLAGS: '-gcflags=all=-N' },
    });
    let screen = '';
    child.stdout?.on('data', (data: Buffer) => (screen += data.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, screen]).toEqual([0, expect.stringMatching(/\r\u001b\[2Klinux\/arm64 \[\d+\/\d+\] /)]);
    // Every line of progress was wiped before anything else was written.
    expect(screen.split('\n').every((line) => !/linux\/arm64 \[[^\u001b]*$/.test(line))).toBe(true);
    expect(screen).toContain('dist/linux/arm64/pure');
  });

  it.runIf(hasScript)('ends at Ctrl-C with all it started', async () => {
    const ws = open({
      ...cgoProgram,
      'slow-cc': '#!/bin/sh\necho $$ >> "${0%/*}/pids"\nsleep 300 &\necho $! >> "${0%/*}/pids"\nwait\n',
    });
    chmodSync(ws.path('slow-cc'), 0o755);
    const child = cli.atTerminal(['build', '-t', 'linux/arm/v7', '--env', `CC=${ws.path('slow-cc')}`], {
      cwd: ws.root,
    });
    const code = new Promise((resolve) => child.on('close', resolve));
    await expect.poll(() => existsSync(ws.path('pids')), { timeout: 60_000, interval: 20 }).toBe(true);
    child.stdin?.write('\u0003');
    expect(await code).toBe(130);
    const alive = readFileSync(ws.path('pids'), 'utf8')
      .trim()
      .split('\n')
      .filter(
        (pid) =>
          existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')),
      );
    expect(alive).toEqual([]);
    expect(existsSync(ws.path('dist'))).toBe(false);
  });
});
