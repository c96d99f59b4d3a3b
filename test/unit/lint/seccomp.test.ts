import { describe, expect, it } from 'vitest';
import type { CheckProblem } from '../../../src/core/lint/lint.js';
import { lintSeccomp, mentionsSeccomp } from '../../../src/core/lint/seccomp.js';
import { fixed, goFiles, problemsOf, scene } from './scene.js';

const head = `package rundmc

import "github.com/opencontainers/runtime-spec/specs-go"
`;

function check(
  texts: Readonly<Record<string, string>> | string,
  ...targets: string[]
): readonly CheckProblem[] {
  return problemsOf(
    lintSeccomp(goFiles(typeof texts === 'string' ? { 'seccomp.go': texts } : texts), scene(targets)),
  );
}

const architectures = (problems: readonly CheckProblem[]) =>
  problems.filter((it) => it.check === 'seccomp-architecture');
const calls = (problems: readonly CheckProblem[]) => problems.filter((it) => it.check === 'seccomp-syscalls');

/** The layout of a container runtime's profile: a helper per call, conditions on some, one appended later. */
const helpers = `${head}
func profile() (*specs.LinuxSeccomp, error) {
	seccomp := &specs.LinuxSeccomp{
		DefaultAction: specs.ActErrno,
		Architectures: []specs.Arch{
			specs.ArchX86_64,
			specs.ArchX86, // "}" in a comment
			specs.ArchX32,
		},
		Syscalls: []specs.LinuxSyscall{
			AllowSyscall("accept"),
			AllowSyscall("fadvise64"),
			AllowSyscall("sync_file_range"),
			AllowSyscall("arch_prctl"),
			AllowSyscall("clone",
				specs.LinuxSeccompArg{
					Index: 0,
					Value: 2080505856,
					Op:    specs.OpMaskedEqual,
				},
			),
		},
	}
	if allowed, err := kernel(); err == nil && allowed {
		seccomp.Syscalls = append(
			seccomp.Syscalls,
			AllowSyscall("ptrace"),
		)
	}
	return seccomp, nil
}

func AllowSyscall(syscall string, args ...specs.LinuxSeccompArg) specs.LinuxSyscall {
	return specs.LinuxSyscall{
		Names:  []string{syscall},
		Action: specs.ActAllow,
		Args:   args,
	}
}
`;

describe('the architectures of a seccomp filter', () => {
  it('lack 32-bit ARM, which is added a line below the last, where the list has a line each', () => {
    const [problem, ...more] = architectures(check(helpers, 'linux/arm/v7'));
    expect(more).toEqual([]);
    expect(problem?.message).toContain('lacks ArchARM');
    expect(problem?.targets).toEqual(['linux/arm/v7']);
    expect(problem?.range).toMatchObject({ line: 8, column: 3, endColumn: 16 });
    const text = fixed(problem, helpers);
    expect(text).toContain('\t\t\tspecs.ArchX32,\n\t\t\tspecs.ArchARM,\n\t\t},\n');
    expect(architectures(check(text, 'linux/arm/v7'))).toEqual([]);
  });

  it.each([
    ['linux/arm64', 'specs.ArchAARCH64,\n\t\t\tspecs.ArchARM,\n'],
    ['linux/riscv64', 'specs.ArchRISCV64,\n'],
    ['linux/loong64', 'specs.ArchLOONGARCH64,\n'],
    ['linux/ppc64le', 'specs.ArchPPC64LE,\n'],
    ['linux/mipsle', 'specs.ArchMIPSEL,\n'],
  ])('of %s are added', (id, written) => {
    const [problem] = architectures(check(helpers, id));
    expect(fixed(problem, helpers)).toContain(`specs.ArchX32,\n\t\t\t${written}\t\t},\n\t\tSyscalls`);
  });

  it.each([
    ['linux/s390x', '{\n\t\t\tspecs.ArchS390X,\n\t\t\tspecs.ArchS390,\n\t\t}'],
    ['linux/mips', '{\n\t\t\tspecs.ArchMIPS,\n\t\t}'],
    ['linux/ppc64', '{\n\t\t\tspecs.ArchPPC64,\n\t\t\tspecs.ArchPPC,\n\t\t}'],
  ])('of %s take the place of little-endian ones', (id, written) => {
    const [problem] = architectures(check(helpers, id));
    expect(problem?.fixes[0]?.title).toMatch(/^Replace the list by Arch/);
    const text = fixed(problem, helpers);
    expect(text).toContain(`Architectures: []specs.Arch${written},\n\t\tSyscalls`);
    expect(architectures(check(text, id))).toEqual([]);
    // And back: a filter for s390x is none for ARM, and they do not mix.
    const [back] = architectures(check(text, 'linux/arm/v7'));
    expect(fixed(back, text)).toContain('Architectures: []specs.Arch{\n\t\t\tspecs.ArchARM,\n\t\t},\n');
  });

  it('are told once for targets of the same CPU', () => {
    const [problem] = architectures(check(helpers, 'linux/arm/v6', 'linux/arm/v7'));
    expect(problem?.targets).toEqual(['linux/arm/v6', 'linux/arm/v7']);
    expect(problem?.fixes).toHaveLength(1);
  });

  it.each([
    ['the target is there', 'Architectures: []specs.Arch{specs.ArchX86_64, specs.ArchARM},'],
    ['there are none, which means the machine’s own', ''],
    ['they come from elsewhere', 'Architectures: other.Arches(),'],
  ])('are fine when %s', (_, written) => {
    const text = `${head}\nvar p = specs.LinuxSeccomp{DefaultAction: specs.ActAllow, ${written}}\n`;
    expect(check(text, 'linux/arm/v7')).toEqual([]);
  });

  it('matter on Linux only, and in files that take part', () => {
    expect(check(helpers, 'windows/arm64', 'freebsd/arm/v7')).toEqual([]);
    expect(check({ 'seccomp_amd64.go': helpers }, 'linux/arm/v7')).toEqual([]);
    expect(check({ 'a.go': `//go:build linux && !arm\n\n${helpers}` }, 'linux/arm/v7')).toEqual([]);
    expect(architectures(check({ 'seccomp_linux.go': helpers }, 'linux/arm/v7'))).toHaveLength(1);
  });

  it.each([
    ['on one line', '[]specs.Arch{specs.ArchX86_64}', '{specs.ArchX86_64, specs.ArchARM}'],
    ['with a comma at the end', '[]specs.Arch{specs.ArchX86_64,}', '{specs.ArchX86_64, specs.ArchARM,}'],
    ['as text', '[]specs.Arch{"SCMP_ARCH_X86_64"}', '{"SCMP_ARCH_X86_64", "SCMP_ARCH_ARM"}'],
    ['converted', '[]specs.Arch{specs.Arch("SCMP_ARCH_X86")}', ', specs.Arch("SCMP_ARCH_ARM")}'],
    [
      'several a line',
      '[]specs.Arch{\n\tspecs.ArchX86_64, specs.ArchX86,\n}',
      'specs.ArchX86,\n\tspecs.ArchARM,\n}',
    ],
    ['in an array', '[...]specs.Arch{specs.ArchX86}', '{specs.ArchX86, specs.ArchARM}'],
    [
      'appended',
      'append([]specs.Arch{specs.ArchX86}, extra...)\nvar extra = []specs.Arch{}',
      '{specs.ArchX86, specs.ArchARM}',
    ],
  ])('are found %s', (_, written, after) => {
    const text = `${head}\nvar list = ${written}\nvar p = &specs.LinuxSeccomp{DefaultAction: specs.ActAllow, Architectures: list}\n`;
    const [problem] = architectures(check(text, 'linux/arm/v7'));
    expect(fixed(problem, text)).toContain(after);
    expect(check(fixed(problem, text), 'linux/arm/v7')).toEqual([]);
  });

  it('are followed into another file of the package, and through a function', () => {
    const use = `${head}\nfunc f() any { return specs.LinuxSeccomp{DefaultAction: "SCMP_ACT_ALLOW", Architectures: arches()} }\n`;
    const list = `${head}\nfunc arches() []specs.Arch {\n\treturn []specs.Arch{specs.ArchX86}\n}\n`;
    const [problem] = check({ 'use.go': use, 'list.go': list }, 'linux/arm/v7');
    expect(problem?.file).toBe('/w/use.go');
    expect(problem?.fixes[0]?.edits[0]?.file).toBe('/w/list.go');
    expect(fixed(problem, list)).toContain('{specs.ArchX86, specs.ArchARM}');
    // For the target another file has the list.
    const files = { 'use.go': use, 'list_amd64.go': list, 'list_arm.go': list.replace('ArchX86', 'ArchARM') };
    expect(check(files, 'linux/arm/v7')).toEqual([]);
  });

  it('are left to code that asks for the CPU', () => {
    const text = `${head}
import "runtime"
func arches() []specs.Arch {
	switch runtime.GOARCH {
	case "amd64":
		return []specs.Arch{specs.ArchX86_64}
	}
	return nil
}
var p = specs.LinuxSeccomp{Architectures: arches()}
`;
    expect(check(text, 'linux/arm/v7')).toEqual([]);
  });

  it('are found under an alias, a dot import, an older name, in a slice, in a map and set afterwards', () => {
    for (const text of [
      'package p\nimport oci "github.com/opencontainers/runtime-spec/specs-go"\nvar p = oci.LinuxSeccomp{Architectures: []oci.Arch{oci.ArchX86}}\n',
      'package p\nimport . "github.com/opencontainers/runtime-spec/specs-go"\nvar p = LinuxSeccomp{Architectures: []Arch{ArchX86}}\n',
      `${head}\nvar p = &specs.Seccomp{Architectures: []specs.Arch{specs.ArchX86}}\n`,
      `${head}\nvar p = []specs.LinuxSeccomp{{Architectures: []specs.Arch{specs.ArchX86}}}\n`,
      `${head}\nvar p = map[string]*specs.LinuxSeccomp{"a": {Architectures: []specs.Arch{specs.ArchX86}}}\n`,
      `${head}\nfunc f() { p := specs.LinuxSeccomp{}\n\tp.Architectures = []specs.Arch{specs.ArchX86}\n}\n`,
      `${head}\nvar s = specs.Spec{Linux: &specs.Linux{Seccomp: &specs.LinuxSeccomp{Architectures: []specs.Arch{specs.ArchX86}}}}\n`,
    ]) {
      const [problem, ...more] = architectures(check(text, 'linux/arm/v7'));
      expect(more, text).toEqual([]);
      expect(fixed(problem, text)).toMatch(/ArchX86, (?:\w+\.)?ArchARM\}/);
    }
  });

  it('are no business of a type that is only called the same, nor of strings and comments', () => {
    for (const text of [
      'package p\ntype LinuxSeccomp struct{ Architectures []string }\nvar p = LinuxSeccomp{Architectures: []string{"ArchX86"}}\n',
      `${head}\n// specs.LinuxSeccomp{Architectures: []specs.Arch{specs.ArchX86}}\nvar s = \`specs.LinuxSeccomp{Architectures: []specs.Arch{specs.ArchX86}}\`\n`,
    ])
      expect(check(text, 'linux/arm/v7')).toEqual([]);
    expect(mentionsSeccomp(helpers)).toBe(true);
    expect(mentionsSeccomp('package p\n')).toBe(false);
  });
});

describe('the calls that a seccomp filter allows', () => {
  it('lack those of 32-bit ARM, which are allowed as the others are', () => {
    const [problem] = calls(check(helpers, 'linux/arm/v7'));
    for (const name of [
      'set_tls',
      'cacheflush',
      'breakpoint',
      'arm_fadvise64_64',
      'arm_sync_file_range',
      'sync_file_range2',
    ])
      expect(problem?.message).toContain(name);
    const text = fixed(problem, helpers);
    expect(text).toMatch(
      /\n\t\t\t\),\n\t\t\tAllowSyscall\("set_tls"\),\n\t\t\tAllowSyscall\("cacheflush"\),\n/,
    );
    expect(calls(check(text, 'linux/arm/v7'))).toEqual([]);
  });

  it('take what the C library does instead, only where the list allows it elsewhere', () => {
    const list = (...names: string[]) =>
      `${head}\nvar p = specs.LinuxSeccomp{DefaultAction: specs.ActErrno, Syscalls: []specs.LinuxSyscall{{Names: []string{${names.map((it) => `"${it}"`).join(', ')}}, Action: specs.ActAllow}}}\n`;
    const message = (id: string, ...names: string[]) => calls(check(list(...names), id))[0]?.message ?? '';
    expect(message('linux/arm/v7', 'futex', 'mmap', 'getuid')).toMatch(/futex_time64, mmap2, getuid32/);
    expect(message('linux/arm/v7', 'read', 'write')).not.toMatch(/time64/);
    expect(message('linux/mips', 'getuid', 'mmap')).toMatch(/set_thread_area, cacheflush, mmap2\./);
    expect(message('linux/riscv64', 'open', 'fork')).toMatch(/riscv_flush_icache.*openat, clone/);
    expect(message('linux/s390x', 'read', 'write')).toContain('s390_pci_mmio_read');
    expect(message('linux/amd64', 'read', 'write')).toContain('arch_prctl');
    expect(message('linux/amd64', 'read', 'arch_prctl')).toBe('');
  });

  it.each([
    [
      'a list of names',
      '{\n\tNames: []string{\n\t\t"accept",\n\t\t"bind",\n\t},\n\tAction: specs.ActAllow,\n},',
      '\t\t"bind",\n\t\t"set_tls",\n\t\t"cacheflush",\n\t\t"breakpoint",\n\t},',
    ],
    [
      'an entry for each name',
      'specs.Syscall{\n\tName:   "accept",\n\tAction: specs.ActAllow,\n\tArgs:   []specs.Arg{},\n},\nspecs.Syscall{\n\tName:   "bind",\n\tAction: specs.ActAllow,\n\tArgs:   []specs.Arg{},\n},',
      'specs.Syscall{\n\tName:   "set_tls",\n\tAction: specs.ActAllow,\n\tArgs:   []specs.Arg{},\n},\n',
    ],
    [
      'one call with all',
      'allow("accept", "bind"),',
      'allow("accept", "bind", "set_tls", "cacheflush", "breakpoint"),',
    ],
    [
      'lists, of which one has conditions',
      '{Names: []string{"a", "b", "c"}, Action: specs.ActAllow, Args: []specs.LinuxSeccompArg{{Index: 1}}},\n{Names: []string{"accept", "bind"}, Action: specs.ActAllow},',
      '{"accept", "bind", "set_tls"',
    ],
  ])('are added to %s', (_, entries, after) => {
    const text = `${head}\nvar p = &specs.LinuxSeccomp{\nDefaultAction: specs.ActKillProcess,\nSyscalls: []specs.LinuxSyscall{\n${entries}\n},\n}\n`;
    const [problem] = calls(check(text, 'linux/arm/v7'));
    const mended = fixed(problem, text);
    expect(mended).toContain(after);
    expect(calls(check(mended, 'linux/arm/v7'))).toEqual([]);
  });

  it('are found in a list that a loop makes entries of', () => {
    const text = `${head}
var allowed = []string{
	"accept",
	"bind",
}

func f() specs.LinuxSeccomp {
	var entries []specs.LinuxSyscall
	for _, name := range allowed {
		entries = append(entries, specs.LinuxSyscall{Names: []string{name}, Action: specs.ActAllow})
	}
	return specs.LinuxSeccomp{DefaultAction: specs.ActErrno, Syscalls: entries}
}
`;
    const [problem] = calls(check(text, 'linux/arm/v7'));
    expect(fixed(problem, text)).toContain('\t"bind",\n\t"set_tls",\n\t"cacheflush",\n\t"breakpoint",\n}\n');
  });

  it('are no matter where everything else is allowed, and what is refused is not allowed', () => {
    const list = (action: string, entry: string) =>
      `${head}\nvar p = specs.LinuxSeccomp{DefaultAction: ${action}, Syscalls: []specs.LinuxSyscall{{Names: []string{"read", "clone3"}, Action: ${entry}}}}\n`;
    expect(check(list('specs.ActAllow', 'specs.ActErrno'), 'linux/arm/v7')).toEqual([]);
    expect(check(list('specs.ActErrno', 'specs.ActErrno'), 'linux/arm/v7')).toEqual([]);
    expect(check(list('action', 'specs.ActAllow'), 'linux/arm/v7')).toEqual([]);
    expect(check(list('specs.ActErrno', 'specs.ActAllow'), 'linux/arm/v7')).toHaveLength(1);
  });

  it('survive code that is being typed', () => {
    for (let length = 0; length < helpers.length; length += 7)
      expect(() => check(helpers.slice(0, length), 'linux/arm/v7', 'linux/s390x')).not.toThrow();
    expect(() =>
      check(`${head}var p = specs.LinuxSeccomp${'{'.repeat(50_000)}`, 'linux/arm/v7'),
    ).not.toThrow();
  });
});
