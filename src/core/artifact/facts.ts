/** What was read from the bytes of a binary: format, machine, and what it needs to run. */
export interface ArtifactFacts {
  readonly format: 'elf' | 'pe' | 'macho' | 'wasm' | 'xcoff' | 'plan9';
  /** In the words of the format's specification, lower case. */
  readonly machine: Machine;
  /** The format's own number of the machine, only where `machine` is `unknown`. */
  readonly machineCode?: number;
  /** Only in a universal Mach-O file: the machines of all its parts; the other facts are the first part's. */
  readonly universal?: readonly Machine[];
  readonly bits: 32 | 64;
  readonly endianness: 'little' | 'big';
  /** GOOS the file says it is for, where the format tells it (PE, Mach-O, ELF's OSABI, notes or interpreter). */
  readonly goos?: string;
  readonly type: 'executable' | 'shared' | 'object' | 'archive';
  /** `static`: no interpreter and no needed library. */
  readonly linkage: 'static' | 'dynamic';
  /** ELF program interpreter (PT_INTERP), such as /lib/ld-linux-armhf.so.3. */
  readonly interpreter?: string;
  /** DT_NEEDED, imported DLLs, or LC_LOAD_DYLIB, in file order. */
  readonly neededLibraries: readonly string[];
  /** Highest GLIBC_x.y symbol version required (.gnu.version_r), such as `2.34`. */
  readonly glibc?: string;
  readonly libc?: 'glibc' | 'musl' | 'bionic';
  /** Only on ARM: Tag_CPU_arch of .ARM.attributes as a number (4 to 8), and the float ABI of e_flags or attributes. */
  readonly arm?: {
    readonly architecture?: number;
    /** As ARM writes it: v5TE, v6KZ, v7, v7E-M. */
    readonly architectureName?: string;
    /** Tag_CPU_arch_profile, where the file says it: application, real-time, microcontroller. */
    readonly profile?: 'A' | 'R' | 'M';
    readonly floatAbi?: 'soft' | 'hard';
  };
  /** Only on MIPS: float ABI of .MIPS.abiflags / .gnu.attributes and the ABI of e_flags. */
  readonly mips?: {
    readonly floatAbi?: 'soft' | 'hard';
    readonly abi?: 'o32' | 'n32' | 'n64';
    readonly revision?: number;
  };
  /** Only on RISC-V: float ABI and RVC of e_flags. */
  readonly riscv?: { readonly floatAbi: 'soft' | 'single' | 'double' | 'quad'; readonly compressed: boolean };
  /** Only on ppc64: ELF ABI version of e_flags. */
  readonly ppc64?: { readonly abiVersion: number };
  /** Only in a linked PE file: what starts it. */
  readonly subsystem?: 'console' | 'gui' | 'native' | 'efi';
  /** What the Go linker recorded (`go version -m`), where it is a Go binary: GOARM, CGO_ENABLED, … */
  readonly goBuildSettings?: Readonly<Record<string, string>>;
  readonly goVersion?: string;
  /** Bytes of the file. */
  readonly size: number;
}

export type Machine =
  | 'arm'
  | 'aarch64'
  | 'i386'
  | 'x86-64'
  | 'riscv'
  | 'mips'
  | 'ppc'
  | 'ppc64'
  | 's390'
  | 'loongarch'
  | 'sparc'
  | 'wasm'
  | 'unknown';

/** One way in which a binary does not fit the target it was built for. */
export interface Mismatch {
  /** What was read: `machine`, `float-abi`, `arm-architecture`, … */
  readonly property: string;
  readonly expected: string;
  readonly found: string;
  /** A sentence for people, such as "This is an ARMv7 binary: it would die with SIGILL on linux/arm/v6". */
  readonly message: string;
}
