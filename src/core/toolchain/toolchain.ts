import type { Target } from '../target/target.js';

/** Where a toolchain came from. */
export type ToolchainKind =
  | 'configured' // crossbow.yaml or the settings name it
  | 'native' // the host's own compiler, for the host's own platform
  | 'gnu' // GNU cross gcc found by its triplet on PATH
  | 'mingw'
  | 'musl' // musl-gcc or a musl cross gcc
  | 'clang' // clang --target with a sysroot it can find
  | 'zig'
  | 'ndk'
  | 'osxcross';

/** The C side of a target. Commands are written as Go's CC wants them: words, quoted where a word holds a space. */
export interface Toolchain {
  readonly kind: ToolchainKind;
  readonly cc: string;
  readonly cxx?: string;
  readonly ar?: string;
  /** Further variables of the build: CGO_CFLAGS, CGO_LDFLAGS, PKG_CONFIG_LIBDIR, … */
  readonly env: Readonly<Record<string, string>>;
  /** The folder to give an emulator as `-L`, holding the target's loader and C library. */
  readonly sysroot?: string;
  /** Flags that Go's linker needs with this toolchain, put before the build's own `-ldflags`. */
  readonly ldflags?: string;
}

/** What a probe found out about one toolchain for one target. */
export interface ProbedToolchain {
  readonly toolchain: Toolchain;
  /**
   * `proven`: compiled, linked, read back and, where an emulator is here, run.
   * `rejected`: it can't serve this target; `reason` says exactly why.
   * `unproven`: not tried, or the probe could not decide (time limit, workspace not trusted).
   */
  readonly verdict: 'proven' | 'rejected' | 'unproven';
  /** One sentence for people, always there: "links ARMv7 hard-float binaries against glibc 2.36; ran under qemu-arm". */
  readonly reason: string;
  /** It ran into a time limit of the probe: a build with it would hang as well, with nothing to show. */
  readonly hung?: true;
  /** Details for the tooltip. */
  readonly version?: string;
  readonly machine?: string;
  readonly ran?: boolean;
}

/** All that is known of the C side of a target, best candidate first. */
export interface ToolchainReport {
  readonly target: Target;
  /** The first proven candidate (a configured one that is proven comes before all others). */
  readonly chosen?: ProbedToolchain;
  readonly candidates: readonly ProbedToolchain[];
  /** Debian packages that bring a toolchain for this target, empty where Debian has none. */
  readonly packages: readonly string[];
}
