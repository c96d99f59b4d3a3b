import { wordSize } from '../machines.js';
import type { Clue, Rule } from '../rule.js';
import { goarchOfTarget } from '../scene.js';

/* The program starts and dies of the CPU it runs on, real or emulated. */

/**
 * SIGILL by shell, Go, qemu ("uncaught target signal 4") and exit codes; Go's own checks at start: asm_amd64.s "This program can only be run
 * on AMD64 processors with v3 microarchitecture support", os_linux_arm.go "this CPU has no floating point hardware, so it cannot run this GOARM=7 binary".
 */
const illegal: Rule = {
  needles: [
    'illegal instruction',
    'sigill',
    'target signal 4 ',
    'can only be run on',
    'cannot run this goarm',
    'cannot run a binary compiled for',
    'recompile using goarm',
    'exit code: 132',
    'exit status 132',
    'exit code 132',
    'error 132',
    'cpu does not support',
    'cpu isa level is lower',
    'floating point hardware',
  ],
  pattern:
    /\b(?:Illegal instruction|SIGILL|illegal instruction)\b|uncaught target signal 4\b|This program can only be run on (?:AMD64 )?processors|cannot run (?:this GOARM|a binary compiled for)|Recompile using GOARM|exit(?:ed with)? (?:code|status):? 132\b|\bError 132\b|this CPU has no (?:\w+ )?floating point hardware|CPU ISA level is lower than required|CPU does not support x86-64-v\d/i,
  read: () => ({
    cause: 'illegal-instruction',
    confidence: 'certain',
    layer: 'run',
    detail: 'cpu-level',
    title: "The program uses instructions that this machine's CPU does not have",
  }),
};

const notAligned: Clue = {
  cause: 'unaligned-64bit-atomic',
  confidence: 'certain',
  layer: 'run',
  detail: 'unaligned-word',
  title: 'A 64-bit atomic operation meets a word that is not 8-byte aligned on this 32-bit target',
};

/** runtime/internal/atomic: 64-bit operations at an address that 8 does not divide, on ARM, MIPS and 386. */
const unaligned: Rule = {
  needles: ['unaligned 64-bit atomic', 'panicunaligned', 'internal/atomic.go', 'sync/atomic.'],
  pattern:
    /unaligned 64-bit atomic operation|atomic\.panicUnaligned|runtime\/internal\/atomic\.go(?:Xadd|Xchg|Cas|Load|Store)64/,
  read([text = ''], scene) {
    const goarch = goarchOfTarget(scene);
    if (goarch !== undefined && wordSize(goarch) === 64 && !text.includes('unaligned')) return undefined;
    return notAligned;
  },
};

/**
 * Before 1.15 the runtime faulted on purpose, and 386 and ARM print a SIGSEGV: the frame's first argument is the address, as in
 * "runtime/internal/atomic.Cas64(0x10410074, …)". One that 8 does not divide is the reason; a nil pointer is another matter.
 */
const unalignedFrame: Rule = {
  needles: ['atomic.cas64(0x', 'atomic.xadd64(0x', 'atomic.load64(0x', 'atomic.store64(0x', 'int64(0x'],
  pattern:
    /^(?:runtime\/internal|internal\/runtime|sync)\/(?:atomic|internal\/atomic)\.(?:goCas64|\w{2,22}64)\(0x[0-9a-f]{2,15}[4c][,)]/,
  read(_match, scene) {
    const goarch = goarchOfTarget(scene);
    return goarch !== undefined && wordSize(goarch) === 32 ? notAligned : undefined;
  },
};

/** qemu-user and Rosetta themselves: Go's start-up code on a wrong segment base ("fatal: morestack on g0", never seen on a real CPU), signals other than 4 in a guest that runs elsewhere, its assertions, address space. */
const emulator: Rule = {
  needles: [
    'morestack on g0',
    'qemu: uncaught target signal',
    'qemu-',
    'qemu: ',
    'lfstack.push',
    'guest_base',
    'tcg fatal',
    'qemu internal sig',
    'errno=22',
    'rosetta error: ',
    'assertion failed [',
    'failed with 38',
    'buildkit_qemu_emulator',
    'error obtaining buildid for go tool',
  ],
  pattern:
    /qemu(?:-\w+)?(?:-static)?: uncaught target signal (?:5|6|7|8|11)\b|qemu(?:-\w+)?(?:-static)?: (?:unhandled CPU exception|fatal: |.{0,200}: Assertion|Unable to reserve|Unsupported syscall|Unable to find a guest_base|fatal: morestack on g0|tcg fatal)|QEMU internal SIG\w+|Unable to find a guest_base|failed to create new OS thread \(have \d+ already; errno=22\)|fatal: morestack on g0|lfstack\.push(?: invalid packing)?|ERROR:.{0,80}(?:tcg|accel|linux-user).{0,120}(?:assertion failed|code should not be reached)|qemu_\w+: .{0,80}internal error|rosetta error: (?!failed to open elf)|^assertion failed \[[^\]]{1,160}\]: |runtime: epoll\w{0,12} .{0,30}failed with 38|\.buildkit_qemu_emulator .{1,2000}exit code: 139\b|error obtaining buildID for go tool \w{1,12}: fork\/exec \S{1,200}: invalid argument/,
  read: () => ({
    cause: 'emulation-crash',
    confidence: 'likely',
    layer: 'run',
    detail: 'qemu-user',
    title: 'The emulator failed, not the program: it is not up to this',
  }),
};

/** Reads a crash as the emulator's where one runs what crashed, and as nothing elsewhere. */
const crashUnder =
  (detail: string, title: string): Rule['read'] =>
  (_match, scene) =>
    scene.emulated
      ? { cause: 'emulation-crash', confidence: 'likely', layer: 'run', detail, title }
      : undefined;

/**
 * A compiler that dies of a signal where it runs under an emulator: gcc "internal compiler error: Segmentation fault signal
 * terminated program cc1", cmd/go "runtime/cgo: gcc: signal: segmentation fault", "compile: signal: illegal instruction".
 */
const toolCrash: Rule = {
  needles: ['internal compiler error', ': signal: ', 'segmentation fault', 'command failed due to signal'],
  pattern:
    /internal compiler error: (?:Segmentation fault|Illegal instruction|Bus error|Aborted)|: signal: (?:segmentation fault|illegal instruction|aborted|bus error|trace\/breakpoint trap)|Segmentation fault +\(core dumped\)|frontend command failed due to signal/,
  read: crashUnder(
    'tool-under-emulation',
    'A compiler crashed under the emulator that runs it: user-mode QEMU is not up to this',
  ),
};

/**
 * The go command that dies in its own run-time while an emulator runs it: package runtime's throw ("fatal error:
 * schedule: holding locks") and a signal outside of Go code ("SIGSEGV: segmentation violation", with PC= in the next
 * line), which a nil pointer in a program is not.
 */
const goCrash: Rule = {
  needles: ['fatal error: ', 'sigsegv: '],
  pattern:
    /^fatal error: (?:(?:schedule|runtime|mallocgc|sweep|gc\w*|park\w*|stop\w*|futex\w*|newstack): |bad |unexpected signal|malloc deadlock|found |acquirep|releasep|lfstack|index out of range|systemstack)|^SIGSEGV: segmentation violation$/,
  read: crashUnder(
    'go-under-emulation',
    "Go's own run-time crashed under the emulator that runs it: user-mode QEMU is not up to this",
  ),
};

export const cpuRules: readonly Rule[] = [goCrash, illegal, unaligned, unalignedFrame, emulator, toolCrash];
