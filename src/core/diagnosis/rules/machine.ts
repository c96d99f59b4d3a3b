import type { Clue, Rule } from '../rule.js';

/*
 * The machine gave out: disk, memory, a folder that may not run programs. Not the code, not the toolchain.
 */

/** strerror(ENOSPC), EDQUOT, Windows' ERROR_DISK_FULL; every tool passes the system's words on. */
const diskFull: Rule = {
  needles: ['no space left on device', 'enospc', 'disk quota exceeded', 'not enough space on the disk'],
  pattern: /no space left on device|\bENOSPC\b|disk quota exceeded|not enough space on the disk/i,
  read: () => ({
    cause: 'disk-full',
    confidence: 'certain',
    layer: 'machine',
    detail: 'no-space',
    title: 'The disk is full',
  }),
};

/*
 * The kernel's OOM killer sends SIGKILL: cmd/go says "compile: signal: killed" of its own tools, gcc's driver
 * "fatal error: Killed signal terminated program cc1" (older: "internal compiler error: Killed (program cc1)").
 * The kernel's own line, in dmesg: "Out of memory: Killed process 4339 (compile)". A killed test or user program is somebody else's doing, so only tools count.
 */
const killed: Rule = {
  needles: [
    'signal: killed',
    'killed signal',
    'error: killed',
    'killed (program',
    'out of memory: kill',
    'terminated with signal 9',
    'command: killed',
  ],
  pattern:
    /(?:[\\/](?:compile|link|asm|cgo|vet|[568][gla])(?:\.exe)?|\bgo (?:build|install|list|vet) \S{1,200}|\b(?:cc1|cc1plus|collect2|ld|lto1|clang)|running \S{1,200} failed): signal: killed|Killed signal terminated program|internal compiler error: Killed|Killed \(program |ld terminated with signal 9\b|unable to execute command: Killed|Out of memory: Kill(?:ed)? process \d{1,9} \((?:go|compile|link|asm|cgo|vet|gcc|cc1|cc1plus|clang\S{0,6}|lto1\S{0,8}|collect2|ld\S{0,6}|zig)\)/,
  read: () => memory('tool-killed', 'The system killed the compiler or linker: out of memory'),
};

/*
 * Go: "runtime: out of memory", "fatal error: runtime: cannot allocate memory"; gcc: "virtual memory exhausted",
 * "cc1: out of memory allocating N bytes"; ld: "memory exhausted"; LLVM: "LLVM ERROR: out of memory".
 */
const exhausted: Rule = {
  needles: [
    'out of memory',
    'cannot allocate memory',
    'memory exhausted',
    'std::bad_alloc',
    'oomkilled',
    'exit code: 137',
  ],
  pattern:
    /internal compiler error: out of memory|runtime: (?:out of memory|cannot allocate)|fork\/exec .{1,300}: cannot allocate memory|virtual memory exhausted|out of memory allocating|ld(?:\.\w{2,4})?: .{0,200}memory exhausted|LLVM ERROR: out of memory|OOMKilled|exit code: 137|(?:cc1|cc1plus|collect2|ld|as|clang|compile|link|ResourceExhausted)\b.{0,200}(?:cannot allocate memory|out of memory|std::bad_alloc)/i,
  read: () => memory('memory-exhausted', 'The compiler or linker ran out of memory'),
};

function memory(detail: string, title: string): Clue {
  return { cause: 'out-of-memory', confidence: 'certain', layer: 'machine', detail, title };
}

/*
 * os/exec's EACCES for a program in go's work folder: the folder's file system is mounted noexec. `go run` starts
 * `b001/exe/NAME`; of a test binary it is said only as a hint, for the same words come of any policy that forbids running.
 */
const noexec: Rule = {
  needles: ['permission denied'],
  pattern: /fork\/exec (\S{0,300}?[\\/]go-build\d+[\\/]\S{1,200}): permission denied/,
  read: ([, program = '']) => ({
    cause: 'tmp-noexec',
    confidence: program.endsWith('.test') ? 'hint' : 'likely',
    layer: 'machine',
    detail: 'work-folder-noexec',
    title: 'Programs may not be run from the temporary folder go builds in',
    facts: { program },
  }),
};

/** The same of Go's own tools: their folder's file system is mounted noexec, or the tree was unpacked without its permissions. */
const toolNoexec: Rule = {
  needles: ['permission denied'],
  pattern: /fork\/exec (\S{0,300}?[\\/]pkg[\\/]tool[\\/]\S{1,100}): permission denied/,
  read: ([, program = '']) => ({
    cause: /^\/(?:var\/)?tmp\//.test(program) ? 'tmp-noexec' : 'broken-goroot',
    confidence: 'likely',
    layer: 'machine',
    detail: 'tools-not-executable',
    title: "Go's own tools may not be run where they lie",
    facts: { program },
  }),
};

export const machineRules: readonly Rule[] = [diskFull, killed, exhausted, noexec, toolNoexec];
