import type { Target } from '../target/target.js';

/** What a seccomp filter must say of a target, in the words of runtime-spec's specs-go/config.go and libseccomp. */
interface SeccompNeeds {
  /** Constants without which the filter does not speak of the target's own programs. */
  readonly architectures: readonly string[];
  /** What is added along with them: other ABIs that the same kernel runs, as moby's default profile pairs them. */
  readonly companions: readonly string[];
  readonly bigEndian: boolean;
}

const needs: Readonly<Record<string, SeccompNeeds>> = {
  amd64: little(['ArchX86_64'], ['ArchX86', 'ArchX32']),
  '386': little(['ArchX86']),
  arm: little(['ArchARM']),
  // 64-bit ARM systems run 32-bit programs, which a filter without ArchARM kills.
  arm64: little(['ArchAARCH64', 'ArchARM']),
  riscv64: little(['ArchRISCV64']),
  loong64: little(['ArchLOONGARCH64']),
  ppc64le: little(['ArchPPC64LE']),
  mipsle: little(['ArchMIPSEL']),
  mips64le: little(['ArchMIPSEL64'], ['ArchMIPSEL', 'ArchMIPSEL64N32']),
  s390x: big(['ArchS390X'], ['ArchS390']),
  ppc64: big(['ArchPPC64'], ['ArchPPC']),
  mips: big(['ArchMIPS']),
  mips64: big(['ArchMIPS64'], ['ArchMIPS', 'ArchMIPS64N32']),
};

function little(architectures: readonly string[], companions: readonly string[] = []): SeccompNeeds {
  return { architectures, companions, bigEndian: false };
}

function big(architectures: readonly string[], companions: readonly string[] = []): SeccompNeeds {
  return { architectures, companions, bigEndian: true };
}

/** Undefined where there is no seccomp, or no libseccomp for the CPU. */
export function seccompNeeds({ goos, goarch }: Target): SeccompNeeds | undefined {
  return goos === 'linux' || goos === 'android' ? needs[goarch] : undefined;
}

const bigEndians = new Set([
  ...Object.values(needs).flatMap((it) => (it.bigEndian ? [...it.architectures, ...it.companions] : [])),
  'ArchPARISC',
  'ArchPARISC64',
  'ArchM68K',
  'ArchSHEB',
]);

/** A filter of libseccomp holds architectures of one byte order only: seccomp_arch_add(3) refuses the other with EDOM. */
export function isBigEndian(architecture: string): boolean {
  return bigEndians.has(architecture);
}

/** `SCMP_ARCH_X86_64` → `ArchX86_64`: the constants are named after their values. */
export function constantOf(value: string): string | undefined {
  return value.startsWith('SCMP_ARCH_') ? `Arch${value.slice('SCMP_ARCH_'.length)}` : undefined;
}

/** System calls that only this CPU has, and that its C library, Go's runtime or its debuggers use. */
const own: Readonly<Record<string, readonly string[]>> = {
  amd64: ['arch_prctl'],
  '386': ['set_thread_area', 'modify_ldt'],
  arm: ['set_tls', 'cacheflush', 'breakpoint'],
  // For 32-bit programs.
  arm64: ['set_tls', 'cacheflush', 'breakpoint'],
  riscv64: ['riscv_flush_icache', 'riscv_hwprobe'],
  mips: ['set_thread_area', 'cacheflush'],
  mipsle: ['set_thread_area', 'cacheflush'],
  mips64: ['set_thread_area', 'cacheflush'],
  mips64le: ['set_thread_area', 'cacheflush'],
  ppc64: ['swapcontext'],
  ppc64le: ['swapcontext'],
  s390x: ['s390_pci_mmio_read', 's390_pci_mmio_write', 's390_runtime_instr'],
};

/** `a:b,c`: where `a` is allowed, the target's C library does the same by `b` and `c`. */
function pairs(text: string): readonly (readonly [string, readonly string[]])[] {
  return text.split(/\s+/).map((it) => {
    const [name = '', others = ''] = it.split(':');
    return [name, others.split(',')];
  });
}

/** 64-bit time on 32-bit CPUs, since Linux 5.1: musl 1.2, and glibc with _TIME_BITS=64, call nothing else. */
const time64 = pairs(
  'clock_adjtime:clock_adjtime64 clock_getres:clock_getres_time64 clock_gettime:clock_gettime64 ' +
    'clock_nanosleep:clock_nanosleep_time64 clock_settime:clock_settime64 futex:futex_time64 ' +
    'io_pgetevents:io_pgetevents_time64 mq_timedreceive:mq_timedreceive_time64 mq_timedsend:mq_timedsend_time64 ' +
    'ppoll:ppoll_time64 pselect6:pselect6_time64 recvmmsg:recvmmsg_time64 rt_sigtimedwait:rt_sigtimedwait_time64 ' +
    'sched_rr_get_interval:sched_rr_get_interval_time64 semtimedop:semtimedop_time64 timer_gettime:timer_gettime64 ' +
    'timer_settime:timer_settime64 timerfd_gettime:timerfd_gettime64 timerfd_settime:timerfd_settime64 ' +
    'utimensat:utimensat_time64',
);

/** Large files and long offsets on 32-bit CPUs. */
const large = pairs(
  'mmap:mmap2 stat:stat64 lstat:lstat64 fstat:fstat64 newfstatat:fstatat64 statfs:statfs64 fstatfs:fstatfs64 ' +
    'fcntl:fcntl64 truncate:truncate64 ftruncate:ftruncate64 lseek:_llseek sendfile:sendfile64 select:_newselect',
);

/** User and group ids had 16 bits once; MIPS never had those. */
const ids32 = pairs(
  'getuid:getuid32 geteuid:geteuid32 getgid:getgid32 getegid:getegid32 getgroups:getgroups32 getresuid:getresuid32 ' +
    'getresgid:getresgid32 setuid:setuid32 setgid:setgid32 setgroups:setgroups32 setreuid:setreuid32 ' +
    'setregid:setregid32 setresuid:setresuid32 setresgid:setresgid32 setfsuid:setfsuid32 setfsgid:setfsgid32 ' +
    'chown:chown32 lchown:lchown32 fchown:fchown32 getrlimit:ugetrlimit',
);

/** CPUs that Linux took in after 2012 have only the calls that take a folder, flags or a set of signals. */
const atOnly = pairs(
  'open:openat creat:openat stat:newfstatat lstat:newfstatat access:faccessat poll:ppoll select:pselect6 ' +
    'pipe:pipe2 dup2:dup3 epoll_create:epoll_create1 epoll_wait:epoll_pwait eventfd:eventfd2 signalfd:signalfd4 ' +
    'inotify_init:inotify_init1 mkdir:mkdirat rmdir:unlinkat unlink:unlinkat rename:renameat2 link:linkat ' +
    'symlink:symlinkat readlink:readlinkat chmod:fchmodat chown:fchownat lchown:fchownat mknod:mknodat ' +
    'utime:utimensat utimes:utimensat futimesat:utimensat getdents:getdents64 fork:clone vfork:clone',
);

const arm = pairs(
  'fadvise64:arm_fadvise64_64 fadvise64_64:arm_fadvise64_64 sync_file_range:arm_sync_file_range,sync_file_range2',
);

/** LoongArch came without fstat and its like: only statx tells of files. */
const loong = pairs('stat:statx lstat:statx fstat:statx newfstatat:statx');

const counterparts: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
  '386': [...time64, ...large, ...ids32],
  arm: [...time64, ...large, ...ids32, ...arm],
  mips: [...time64, ...large],
  mipsle: [...time64, ...large],
  arm64: [...atOnly, ...arm],
  riscv64: atOnly,
  loong64: [...atOnly.filter(([, others]) => !others.includes('newfstatat')), ...loong],
  ppc64: pairs('sync_file_range:sync_file_range2'),
  ppc64le: pairs('sync_file_range:sync_file_range2'),
};

/**
 * System calls that a list of allowed ones lacks for the target: those that only its CPU has, and those by which its
 * C library does what the list allows elsewhere. In a stable order, each once.
 */
export function missingSyscalls({ goarch }: Target, allowed: ReadonlySet<string>): readonly string[] {
  const wanted = [
    ...(own[goarch] ?? []),
    ...(counterparts[goarch] ?? []).flatMap(([name, others]) => (allowed.has(name) ? others : [])),
  ];
  return [...new Set(wanted)].filter((it) => !allowed.has(it));
}

/** Every name of the tables for a CPU, for the test that holds them against the system's headers. */
export function syscallsOf(goarch: string): readonly string[] {
  return [...(own[goarch] ?? []), ...(counterparts[goarch] ?? []).flatMap(([, others]) => others)];
}
