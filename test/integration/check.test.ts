import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { CheckProblem } from '../../src/core/lint/lint.js';
import { target } from '../unit/lint/scene.js';
import { runCliIn, type CliRun } from './runCliIn.js';
import { createWorkspace, type Workspace } from './workspace.js';

const opened: Workspace[] = [];
afterEach(() => {
  for (const workspace of opened.splice(0)) workspace.remove();
});

/** Enough of runtime-spec to compile against. */
const specs = `package specs

type Arch string
type LinuxSeccompAction string

const (
	ArchX86     Arch               = "SCMP_ARCH_X86"
	ArchX86_64  Arch               = "SCMP_ARCH_X86_64"
	ArchX32     Arch               = "SCMP_ARCH_X32"
	ArchARM     Arch               = "SCMP_ARCH_ARM"
	ArchAARCH64 Arch               = "SCMP_ARCH_AARCH64"
	ArchS390    Arch               = "SCMP_ARCH_S390"
	ArchS390X   Arch               = "SCMP_ARCH_S390X"
	ActErrno    LinuxSeccompAction = "SCMP_ACT_ERRNO"
	ActAllow    LinuxSeccompAction = "SCMP_ACT_ALLOW"
)

type LinuxSeccompArg struct{ Index uint }
type LinuxSyscall struct {
	Names  []string
	Action LinuxSeccompAction
	Args   []LinuxSeccompArg
}
type LinuxSeccomp struct {
	DefaultAction LinuxSeccompAction
	Architectures []Arch
	Syscalls      []LinuxSyscall
}
`;

const files: Readonly<Record<string, string>> = {
  'go.mod':
    'module example.com/worker\n\ngo 1.21\n\nrequire (\n\texample.com/fast v1.0.0\n\tgithub.com/opencontainers/runtime-spec v1.2.0\n)\n',
  'vendor/modules.txt':
    '# example.com/fast v1.0.0\n## explicit; go 1.21\nexample.com/fast\n# github.com/opencontainers/runtime-spec v1.2.0\n## explicit; go 1.21\ngithub.com/opencontainers/runtime-spec/specs-go\n',
  'vendor/github.com/opencontainers/runtime-spec/specs-go/config.go': specs,
  'vendor/example.com/fast/fast_amd64.go': 'package fast\n\nfunc Sum() int { return 1 }\n',
  'vendor/example.com/fast/fast_arm64.go': 'package fast\n\nfunc Sum() int { return 1 }\n',
  'main.go':
    'package main\n\nimport (\n\t"example.com/worker/cpu"\n\t"example.com/worker/simd"\n\t"example.com/worker/sum"\n\t"example.com/worker/profile"\n)\n\nfunc main() { println(cpu.Name(), simd.Width, sum.Of(), profile.Default() != nil) }\n',
  'cpu/cpu.go': 'package cpu\n\nfunc Name() string { var r regs; return r.name() }\n',
  'cpu/regs_amd64.go': 'package cpu\n\ntype regs struct{}\n\nfunc (regs) name() string { return "amd64" }\n',
  'cpu/regs_arm64.go': 'package cpu\n\ntype regs struct{}\n\nfunc (regs) name() string { return "arm64" }\n',
  'simd/simd.go': '//go:build amd64 || arm64\n\npackage simd\n\nconst Width = 16\n',
  'sum/sum.go': 'package sum\n\nimport "example.com/fast"\n\nfunc Of() int { return fast.Sum() }\n',
  'profile/seccomp_linux.go': `package profile

import "github.com/opencontainers/runtime-spec/specs-go"

func Default() *specs.LinuxSeccomp {
	return &specs.LinuxSeccomp{
		DefaultAction: specs.ActErrno,
		Architectures: []specs.Arch{
			specs.ArchX86_64,
			specs.ArchX86,
			specs.ArchX32,
		},
		Syscalls: []specs.LinuxSyscall{
			allow("arch_prctl"),
			allow("futex"),
			allow("read"),
		},
	}
}

func allow(name string, args ...specs.LinuxSeccompArg) specs.LinuxSyscall {
	return specs.LinuxSyscall{Names: []string{name}, Action: specs.ActAllow, Args: args}
}
`,
  // Part of no program: it may be for whom it likes.
  'unused/unused.go': 'package unused\n\nfunc F() { g() }\n',
  'unused/g_amd64.go': 'package unused\n\nfunc g() {}\n',
  'ci/pipeline.yml': 'resources:\n- name: go\n  type: registry-image\n  source: {repository: golang}\n',
  'deploy/worker.env': 'CONCOURSE_BAGGAGECLAIM_DRIVER=btrfs\n',
};

function open(): Workspace {
  const workspace = createWorkspace(files);
  opened.push(workspace);
  return workspace;
}

/** Whether Go itself builds the workspace for a target, and what it says. */
function build(ws: Workspace, goarch: string): string {
  try {
    const env = { ...process.env, GOOS: 'linux', GOARCH: goarch, CGO_ENABLED: '0' };
    execFileSync('go', ['build', '-o', '/dev/null', '.'], {
      cwd: ws.root,
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr);
  }
}

const problemsOf = (run: CliRun): readonly CheckProblem[] =>
  (run.json() as { problems: readonly CheckProblem[] }).problems;

describe('crossbow check', () => {
  it('says before a build what Go says in it, at the use and at the import', async () => {
    const ws = open();
    expect(build(ws, 'amd64')).toBe('');
    expect(build(ws, 'arm')).toMatch(/build constraints exclude all Go files/);
    const run = await runCliIn(ws, ['check', '-t', 'linux/arm/v7', '--json']);
    expect(run.code).toBe(1);
    const found = problemsOf(run).filter((it) => it.check === 'no-file-for-target');
    const lines = found.map((it) => `${it.file.slice(ws.root.length + 1)}:${it.range.line} ${it.message}`);
    expect(lines).toEqual([
      expect.stringMatching(
        /^cpu\/cpu\.go:3 regs: .*regs_amd64\.go \(its name is for amd64\), regs_arm64\.go/,
      ),
      expect.stringMatching(
        /^main\.go:5 Package example\.com\/worker\/simd has no file.*\(\/\/go:build amd64/,
      ),
      expect.stringMatching(/^sum\/sum\.go:3 Package example\.com\/fast has no file.*fast_amd64\.go/),
    ]);
    for (const id of ['linux/amd64', 'linux/arm64']) {
      const other = problemsOf(await runCliIn(ws, ['check', '-t', id, '--json']));
      expect(other.filter((it) => it.check === 'no-file-for-target')).toEqual([]);
    }
  });

  it('mends what can be mended, and the code compiles', async () => {
    const ws = open();
    const run = await runCliIn(ws, ['check', '--fix', '-t', 'linux/arm64', '-t', 'linux/arm/v7', '--json']);
    expect(run.err).toMatch(/mended ci\/pipeline\.yml\nmended profile\/seccomp_linux\.go/);
    expect(problemsOf(run).filter((it) => it.fixes.length > 0)).toEqual([]);
    const text = readFileSync(ws.path('profile/seccomp_linux.go'), 'utf8');
    expect(text).toMatch(/ArchX32,\n(?:\t\t\tspecs\.Arch(?:ARM|AARCH64),\n){2}\t\t},/);
    expect(text).toMatch(/\tallow\("read"\),\n\t\t\tallow\("set_tls"\),\n/);
    expect(text).toContain('allow("futex_time64"),');
    expect(execFileSync('gofmt', ['-l', '.'], { cwd: ws.path('profile'), encoding: 'utf8' })).toBe('');
    expect(build(ws, 'arm64')).toBe('');
    expect(readFileSync(ws.path('ci/pipeline.yml'), 'utf8')).toContain(
      '{repository: golang, platform: { os: linux, architecture: arm64 }}',
    );
  });

  it('takes notes for notes, and says in words what it found', async () => {
    const ws = open();
    const notes = await runCliIn(ws, ['check', 'deploy', '-t', 'linux/arm64']);
    expect(notes).toMatchObject({ code: 0, err: '' });
    expect(notes.out).toMatch(
      /^deploy\/worker\.env:1:31: note: .*btrfs-progs.*\(linux\/arm64\) \[btrfs-program\]\n$/,
    );
    const nothing = await runCliIn(ws, ['check', 'ci', '-t', 'linux/amd64']);
    expect(nothing).toMatchObject({ code: 0, out: '', err: 'Nothing was found.\n' });
    expect((await runCliIn(ws, ['check', 'nowhere'])).code).toBe(2);
    expect((await runCliIn(ws, ['explain', 'seccomp-syscalls'])).out).toContain('set_tls');
  });

  it('asks no go command in a workspace that is not trusted, and sees unsaved text', async () => {
    const ws = open();
    const options = { folders: [ws.root], targets: [target('linux/arm/v7')], trusted: false };
    const paths = (problems: readonly CheckProblem[]): string[] =>
      problems
        .filter((it) => it.check === 'no-file-for-target')
        .map((it) => it.file.slice(ws.root.length + 1));
    expect(paths(await ws.crossbow.check(options)).sort()).toEqual(['cpu/cpu.go', 'main.go']);
    const unsaved = new Map([[ws.path('cpu/cpu.go'), 'package cpu\n\nfunc Name() string { return "" }\n']]);
    expect(paths(await ws.crossbow.check({ ...options, unsaved }))).toEqual(['main.go']);
    const cancelled = new AbortController();
    cancelled.abort();
    expect(await ws.crossbow.check({ ...options, signal: cancelled.signal })).toEqual([]);
  });
});
