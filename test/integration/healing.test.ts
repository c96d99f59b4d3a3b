import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCliIn, type CliRun } from './runCliIn.js';
import { createWorkspace, type Workspace } from './workspace.js';

/** A program with C of its own, and little else to compile. */
const c: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/app\n\ngo 1.21\n',
  'main.go':
    'package main\n\n// static int one(void) { return 1; }\nimport "C"\n\nfunc main() { println(C.one()) }\n',
};

/** The same with C in a file beside the one that is always built. */
const cBeside: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/app\n\ngo 1.21\n',
  'main.go': 'package main\n\nfunc main() { println(one()) }\n',
  'one.go':
    'package main\n\n// static int one(void) { return 1; }\nimport "C"\n\nfunc one() int { return int(C.one()) }\n',
};

/** The same with C in a package of its own. */
const cPackage: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/app\n\ngo 1.21\n',
  'main.go': 'package main\n\nimport "example.com/app/c"\n\nfunc main() { println(c.One()) }\n',
  'c/one.go':
    'package c\n\n// static int one(void) { return 1; }\nimport "C"\n\nfunc One() int { return int(C.one()) }\n',
};

const withFlags = (directive: string): Readonly<Record<string, string>> => ({
  ...c,
  'main.go': `package main\n\n// ${directive}\n// static int one(void) { return 1; }\nimport "C"\n\nfunc main() { println(C.one()) }\n`,
});

/** A program in Go alone. */
const go = (imports: string, ...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'go.mod': 'module example.com/app\n\ngo 1.21\n',
  'main.go': `package main\n\n${imports}\n\nfunc main() {\n\t${lines.join('\n\t')}\n}\n`,
});

const tagged: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/app\n\ngo 1.21\n',
  'main.go': 'package main\n\nfunc main() { println(answer) }\n',
  'answer.go': '//go:build answers\n\npackage main\n\nconst answer = 42\n',
};

interface Case {
  readonly what: string;
  readonly target: string;
  readonly cause: string | readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Variables given with `--env`; `$ROOT` is the project's folder. */
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly yaml?: string;
  /** Files to make executable. */
  readonly executable?: readonly string[];
}

const cc = (what: string, target: string, value: string, cause: Case['cause']): Case => ({
  what,
  target,
  cause,
  env: { CC: value },
});

const wrong = 'wrong-c-compiler';
const missing = 'c-compiler-not-found';

/** Failures that the real tools make here, each with what is wrong about it. To add one is to add a line. */
const cases: readonly Case[] = [
  // The host's compiler, as where CC is forgotten.
  cc("the host's gcc", 'linux/arm/v7', 'gcc', wrong),
  cc("the host's gcc", 'linux/arm64', 'gcc', wrong),
  cc("the host's gcc", 'linux/riscv64', 'gcc', wrong),
  cc("the host's gcc", 'windows/amd64', 'gcc', wrong),
  cc("the host's gcc", 'linux/386', 'gcc', [wrong, 'missing-target-libc']),
  cc("the host's clang", 'linux/arm/v7', 'clang', wrong),
  cc("the host's clang", 'linux/arm64', 'clang', wrong),
  // Another target's.
  cc('gcc for arm64', 'linux/arm/v7', 'aarch64-linux-gnu-gcc', wrong),
  cc('gcc for riscv64', 'linux/arm64', 'riscv64-linux-gnu-gcc', wrong),
  cc('gcc for arm', 'linux/riscv64', 'arm-linux-gnueabihf-gcc', wrong),
  cc('gcc for arm64', 'windows/amd64', 'aarch64-linux-gnu-gcc', wrong),
  cc('gcc for windows', 'linux/arm64', 'x86_64-w64-mingw32-gcc', wrong),
  cc('gcc for windows', 'linux/386', 'x86_64-w64-mingw32-gcc', [wrong, 'missing-target-libc']),
  cc('clang for another CPU', 'linux/arm64', 'clang --target=arm-linux-gnueabihf', wrong),
  cc('gcc for arm64', 'linux/amd64', 'aarch64-linux-gnu-gcc', [wrong, 'cross-cc-leaked']),
  cc('gcc for 386', 'linux/amd64', 'i686-linux-gnu-gcc', [wrong, 'cross-cc-leaked']),
  cc('gcc whose least CPU is too new', 'linux/arm/v6', 'arm-linux-gnueabihf-gcc', 'illegal-instruction'),
  // None.
  cc('a compiler that is not there', 'linux/arm/v7', 'no-such-gcc', missing),
  cc('a name cut short', 'linux/arm64', 'aarch64-linux-gnu', missing),
  cc('a vendor’s name', 'linux/arm/v7', 'arm-none-linux-gnueabihf-gcc', missing),
  cc('a path that is not there', 'linux/riscv64', '/opt/riscv/bin/riscv64-unknown-linux-gnu-gcc', missing),
  cc('mingw for 32 bits, not installed', 'windows/amd64', 'no-such-w64-mingw32-gcc', missing),
  // No compiler.
  cc('a folder', 'linux/arm/v7', '$ROOT', [missing, 'invalid-cc']),
  cc('a linker', 'linux/arm/v7', 'arm-linux-gnueabihf-ld', ['invalid-cc', wrong]),
  cc('a preprocessor', 'linux/arm/v7', 'arm-linux-gnueabihf-cpp', ['invalid-cc', wrong]),
  {
    ...cc('a file that may not be run', 'linux/arm64', '$ROOT/cc', [missing, 'invalid-cc']),
    files: { ...c, cc: '#!/bin/sh\nexec aarch64-linux-gnu-gcc "$@"\n' },
  },
  {
    ...cc('a wrapper that fails', 'linux/arm64', '$ROOT/cc', ['invalid-cc']),
    files: { ...c, cc: '#!/bin/sh\necho "license server not reachable" >&2\nexit 3\n' },
    executable: ['cc'],
  },
  {
    ...cc('a file in no known format', 'linux/arm64', '$ROOT/cc', ['invalid-cc', missing]),
    files: { ...c, cc: '\u0001\u0002\u0003' },
    executable: ['cc'],
  },
  // cgo off.
  {
    what: 'cgo off by a flag',
    target: 'linux/arm64',
    cause: 'cgo-disabled',
    files: cBeside,
    args: ['--cgo', 'off'],
  },
  {
    what: 'cgo off by a variable',
    target: 'linux/arm/v7',
    cause: 'cgo-disabled',
    files: cPackage,
    env: { CGO_ENABLED: '0' },
  },
  {
    what: 'cgo off in crossbow.yaml',
    target: 'linux/riscv64',
    cause: 'cgo-disabled',
    files: cBeside,
    yaml: '# ours\ntoolchains:\n  linux/riscv64:\n    cgo: off # for now\n',
  },
  {
    what: 'cgo off for all in crossbow.yaml',
    target: 'linux/arm64',
    cause: 'cgo-disabled',
    files: cPackage,
    yaml: 'defaults:\n  cgo: off\n',
  },
  // Flags.
  {
    what: 'flags of another CPU',
    target: 'linux/arm64',
    cause: 'conflicting-c-flags',
    env: { CGO_CFLAGS: '-m64' },
  },
  {
    what: 'flags of another CPU',
    target: 'linux/riscv64',
    cause: 'conflicting-c-flags',
    env: { CGO_CFLAGS: '-march=armv7-a -mfpu=neon' },
  },
  {
    what: 'another float ABI',
    target: 'linux/arm/v7',
    cause: ['float-abi-mismatch', 'missing-target-libc'],
    env: { CGO_CFLAGS: '-mfloat-abi=soft' },
  },
  {
    what: 'a linker that is not there',
    target: 'linux/arm64',
    cause: 'linker-not-found',
    env: { CGO_LDFLAGS: '-fuse-ld=mold' },
  },
  {
    what: 'a flag that go does not allow',
    target: 'linux/arm64',
    cause: 'cgo-flag-not-allowed',
    files: withFlags('#cgo CFLAGS: -save-temps=obj'),
  },
  // crossbow.yaml.
  {
    what: 'the wrong compiler in crossbow.yaml',
    target: 'linux/arm/v7',
    cause: wrong,
    yaml: '# our targets\npinned: [linux/arm/v7]\ntoolchains:\n  # the board\n  linux/armv7:\n    cc: gcc\n',
  },
  {
    what: 'a compiler of crossbow.yaml that is gone',
    target: 'linux/arm64',
    cause: missing,
    yaml: 'toolchains:\n  linux/arm64:\n    cc: /opt/gone/gcc\n',
  },
  {
    what: 'a level that does not exist',
    target: 'linux/arm/v7',
    cause: 'invalid-level',
    yaml: 'toolchains:\n  linux/arm/v7:\n    env:\n      GOARM: "9"\n',
  },
  {
    what: 'a level that does not exist, in a variable',
    target: 'linux/amd64',
    cause: 'invalid-level',
    env: { GOAMD64: '3' },
  },
  {
    what: 'a linker driver that is not there',
    target: 'linux/arm64',
    cause: ['linker-not-found', missing],
    args: ['--ldflags=-linkmode=external -extld=no-such-gcc'],
  },
  {
    what: "the host's linker driver",
    target: 'linux/arm/v7',
    cause: wrong,
    args: ['--ldflags=-s -linkmode=external -extld=gcc'],
  },
  {
    what: 'a linker that is not there, for Go’s linker',
    target: 'linux/arm64',
    cause: 'linker-not-found',
    args: ['--ldflags=-linkmode external -extldflags -fuse-ld=mold'],
  },
  // The source itself, where a line can be written so that it is right for every target.
  {
    what: 'a system call that the port does not have',
    target: 'linux/arm64',
    cause: 'not-on-this-target',
    files: go(
      'import "syscall"',
      'syscall.Dup2(1, 2)',
      '_, _, _ = syscall.Syscall(syscall.SYS_OPEN, 0, 0, 0)',
    ),
  },
  {
    what: 'a time of other size',
    target: 'linux/arm/v7',
    cause: 'not-on-this-target',
    files: go(
      'import ("syscall"; "time")',
      'now := time.Now()',
      'println(syscall.Timespec{Sec: now.Unix(), Nsec: int64(now.Nanosecond())}.Sec)',
    ),
  },
  {
    what: 'an int that has to hold more',
    target: 'linux/386',
    cause: 'int-overflow-32bit',
    files: go('import "math"', 'var n int = math.MaxUint32', 'println(n, int(math.MaxInt64))'),
  },
  {
    what: 'a flag of another CPU in a #cgo line',
    target: 'linux/arm64',
    cause: 'conflicting-c-flags',
    files: withFlags('#cgo CFLAGS: -O1 -msse4.2'),
  },
  {
    what: 'a way to start processes that the system does not have',
    target: 'windows/amd64',
    cause: 'not-on-this-target',
    files: go('import "syscall"', 'attr := &syscall.SysProcAttr{', '\tSetpgid: true,', '}', 'println(attr)'),
  },
  {
    what: 'plain Go in a file for another CPU',
    target: 'linux/arm64',
    cause: 'not-on-this-target',
    files: {
      ...go('', 'println(lanes())'),
      'lanes_amd64.go': 'package main\n\nfunc lanes() int { return 4 }\n',
    },
  },
  {
    what: "x86's time stamp",
    target: 'linux/arm64',
    cause: 'not-on-this-target',
    files: {
      ...c,
      'main.go':
        'package main\n\n/*\n#include <stdint.h>\nstatic uint32_t ticks(void) {\n\tuint32_t lo, hi;\n' +
        '\t__asm__ volatile ("rdtsc" : "=a"(lo), "=d"(hi));\n\treturn lo ^ hi;\n}\n*/\nimport "C"\n\n' +
        'func main() { println(C.ticks()) }\n',
    },
  },
  { what: 'a tag that is missing', target: 'linux/arm64', cause: 'not-on-this-target', files: tagged },
];

const opened: Workspace[] = [];
afterEach(() => {
  for (const workspace of opened.splice(0)) workspace.remove();
});

function setUp({ files = c, yaml, executable = [] }: Partial<Case>): Workspace {
  const ws = createWorkspace({ ...files, ...(yaml === undefined ? {} : { 'crossbow.yaml': yaml }) });
  opened.push(ws);
  for (const file of executable) chmodSync(ws.path(file), 0o755);
  return ws;
}

function build(
  ws: Workspace,
  { target, env = {}, args = [] }: Case,
  ...more: readonly string[]
): Promise<CliRun> {
  const variables = Object.entries(env).flatMap(([name, value]) => [
    '--env',
    `${name}=${value.replaceAll('$ROOT', ws.root)}`,
  ]);
  return runCliIn(ws, ['build', '--target', target, ...variables, ...args, '--json', ...more]);
}

interface Document {
  readonly ok: boolean;
  readonly builds: readonly {
    readonly ok: boolean;
    readonly diagnoses: readonly { readonly cause: string }[];
  }[];
  readonly fixes: readonly {
    readonly cause: string;
    readonly title: string;
    readonly applied: boolean;
    readonly note?: string;
  }[];
}

describe('crossbow build --fix: the first fix turns a real failure green', () => {
  it.each(cases.map((it) => [`${it.target}: ${it.what}`, it] as const))('%s', async (_, it) => {
    const ws = setUp(it);
    const { code, err, json } = await build(ws, it, '--fix');
    const document = json() as Document;
    expect(document.fixes[0]?.cause, err).toBeOneOf([it.cause].flat());
    expect([document.fixes.map((fix) => fix.applied), document.ok, code], err).toEqual([[true], true, 0]);
    if (it.yaml?.includes('#')) {
      for (const [comment] of it.yaml.matchAll(/#.*$/gm))
        expect(readFileSync(ws.path('crossbow.yaml'), 'utf8')).toContain(comment);
    }
  });
});

describe('crossbow build --fix', () => {
  const failing = cc('', 'linux/arm/v7', 'gcc', wrong);

  it('is needed: without it the same build fails, and says so', async () => {
    const ws = setUp({});
    const { code, json } = await build(ws, failing);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ ok: false, builds: [{ diagnoses: [{ cause: wrong }] }] });
    expect(json()).not.toHaveProperty('fixes');
  });

  it('says which flag has to go', async () => {
    const ws = setUp({});
    const { json } = await build(ws, failing, '--fix');
    expect((json() as Document).fixes[0]?.note).toContain('--env CC');
    // And without it the build stays green.
    expect((await runCliIn(ws, ['build', '--target', 'linux/arm/v7'])).code).toBe(0);
  });

  it('--dry-run shows the edit and makes none', async () => {
    const ws = setUp({ yaml: '# kept\npinned:\n  - linux/arm/v7\n' });
    const { code, err, json } = await build(ws, failing, '--fix', '--dry-run');
    expect(code).toBe(1);
    expect(json()).toMatchObject({ ok: false, fixes: [{ cause: wrong, applied: false }] });
    expect(err).toContain('+    cc: arm-linux-gnueabihf-gcc');
    expect(readFileSync(ws.path('crossbow.yaml'), 'utf8')).toBe('# kept\npinned:\n  - linux/arm/v7\n');
    expect(existsSync(ws.path('dist'))).toBe(false);
  });

  it('a green build needs no fix, and a plain mistake has none', async () => {
    const ws = setUp({});
    const green = await build(ws, { ...failing, env: {} }, '--fix');
    expect(green.json()).toMatchObject({ ok: true, fixes: [] });
    expect(existsSync(ws.path('crossbow.yaml'))).toBe(false);
    ws.write({ 'typo.go': 'package main\n\nfunc typo() { foo() }\n' });
    const typo = await build(ws, { ...failing, env: {} }, '--fix');
    expect([typo.code, typo.json()]).toMatchObject([
      1,
      { ok: false, fixes: [], builds: [{ diagnoses: [] }] },
    ]);
    expect(existsSync(ws.path('crossbow.yaml'))).toBe(false);
  });

  it('a command waits for --yes', async () => {
    const ws = setUp({
      files: withFlags('#cgo LDFLAGS: -lz'),
    });
    const request: Case = { ...failing, env: {}, target: 'linux/riscv64' };
    const { code, err, json } = await build(ws, request, '--fix');
    expect([code, (json() as Document).fixes]).toEqual([1, []]);
    expect(err).toContain('With --yes this is run: ');
  });

  it('with --yes what is missing is installed, and found at once', async () => {
    const go = path.dirname(execFileSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim());
    const real = execFileSync('sh', ['-c', 'command -v aarch64-linux-gnu-gcc'], { encoding: 'utf8' }).trim();
    // A machine with Go and a package manager alone, which brings what it is asked for.
    const bin = createWorkspace({
      'bin/sudo': '#!/bin/sh\nexec "$@"\n',
      'bin/apt-get': `#!/bin/sh
test "$1" = install && test "$2" = -y || exit 9
printf '#!/bin/sh\\nexec ${real} "$@"\\n' > "\${0%/*}/aarch64-linux-gnu-gcc"
/bin/chmod +x "\${0%/*}/aarch64-linux-gnu-gcc"
`,
    });
    opened.push(bin);
    for (const file of ['bin/sudo', 'bin/apt-get']) chmodSync(bin.path(file), 0o755);
    const ws = createWorkspace(c, { env: { PATH: `${bin.path('bin')}:${go}`, CC: undefined } });
    opened.push(ws);
    const args = ['build', '--target', 'linux/arm64', '--fix', '--json'];
    expect((await runCliIn(ws, args)).json()).toMatchObject({ ok: false, fixes: [] });
    const { err, json } = await runCliIn(ws, [...args, '--yes']);
    const applied = { cause: missing, applied: true, edit: { kind: 'command' } };
    expect(json(), err).toMatchObject({ ok: true, fixes: [applied] });
  });

  it.each([
    [{ GOOS: 'linux', GOARCH: 'wasm' }, [], 'js/wasm'],
    [{ GOOS: 'win32' }, [], 'windows/amd64'],
    [{ GOARCH: 'arm', GOARM: '9' }, [], 'linux/arm/v7'],
    [{}, ['--target', 'linux/arm/v9'], 'linux/arm/v7'],
  ])('a target that does not exist: %j %j is built for %s', async (env, args, target) => {
    const ws = createWorkspace(
      { 'go.mod': c['go.mod'] ?? '', 'main.go': 'package main\n\nfunc main() {}\n' },
      { env },
    );
    opened.push(ws);
    expect((await runCliIn(ws, ['build', ...args, '--json'])).code).toBe(2);
    const { code, err, json } = await runCliIn(ws, ['build', ...args, '--fix', '--json']);
    expect([code, json()], err).toMatchObject([
      0,
      { ok: true, builds: [{ target }], fixes: [{ applied: true, edit: { kind: 'target', target } }] },
    ]);
    expect((json() as Document).fixes[0]?.note).toContain(`--target ${target}`);
    expect(existsSync(ws.path('crossbow.yaml'))).toBe(false);
  });

  it('works without modules, for a program of GOPATH and its folder', async () => {
    const ws = createWorkspace({
      'go/src/example.com/app/main.go': c['main.go'] ?? '',
      'beside/main.go': c['main.go'] ?? '',
    });
    opened.push(ws);
    const env = { GO111MODULE: 'off', GOPATH: ws.path('go'), CC: 'gcc' };
    for (const pattern of ['example.com/app', './beside']) {
      const { code, err, json } = await build(ws, { ...failing, env, args: [pattern] }, '--fix');
      expect([code, json()], err).toMatchObject([0, { ok: true, fixes: [{ cause: wrong, applied: true }] }]);
      rmSync(ws.path('crossbow.yaml'));
    }
  });

  it('a program without go.mod is a failed build that says so, and no matter of toolchains', async () => {
    const ws = createWorkspace({ 'main.go': c['main.go'] ?? '' });
    opened.push(ws);
    const { code, json } = await build(ws, failing, '--fix');
    expect([code, json()]).toMatchObject([1, { ok: false, builds: [], fixes: [] }]);
    expect(json()).toMatchObject({
      problems: [{ message: expect.stringContaining('go mod init') as string }],
    });
  });

  it('flags that belong to it are wrong usage without it', async () => {
    const ws = setUp({});
    for (const flag of ['--dry-run', '--yes']) expect((await build(ws, failing, flag)).code).toBe(2);
  });
});
