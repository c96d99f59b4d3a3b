/** One CPU as different worlds spell it. */
export interface CpuNames {
  /** First field of a GNU triplet. */
  readonly gnu: string;
  readonly zig: string;
  readonly apple: string;
  /** What follows `qemu-`; absent where qemu has no user-mode emulator. */
  readonly qemu?: string;
  /** Everything else people, distributions and `uname -m` write, lower case. Each names this GOARCH only. */
  readonly spellings: readonly string[];
}

const table: Readonly<Record<string, CpuNames>> = {
  amd64: {
    gnu: 'x86_64',
    zig: 'x86_64',
    apple: 'x86_64',
    qemu: 'x86_64',
    spellings: ['x86_64', 'x86-64', 'x64', 'amd64', 'intel64', 'em64t', 'x86_64h'],
  },
  '386': {
    gnu: 'i686',
    zig: 'x86',
    apple: 'i386',
    qemu: 'i386',
    spellings: ['386', 'i386', 'i486', 'i586', 'i686', 'x86', 'ia32', 'x32bit'],
  },
  arm: { gnu: 'arm', zig: 'arm', apple: 'arm', qemu: 'arm', spellings: ['arm', 'arm32'] },
  arm64: {
    gnu: 'aarch64',
    zig: 'aarch64',
    apple: 'arm64',
    qemu: 'aarch64',
    spellings: ['aarch64', 'arm64', 'arm64e', 'armv8', 'armv8a', 'armv9', 'arm64v8', 'arm64-v8a'],
  },
  mips: {
    gnu: 'mips',
    zig: 'mips',
    apple: 'mips',
    qemu: 'mips',
    spellings: ['mips', 'mipseb', 'mips32', 'mips_24kc'],
  },
  mipsle: {
    gnu: 'mipsel',
    zig: 'mipsel',
    apple: 'mipsel',
    qemu: 'mipsel',
    spellings: ['mipsle', 'mipsel', 'mips32el', 'mipsel_24kc'],
  },
  mips64: { gnu: 'mips64', zig: 'mips64', apple: 'mips64', qemu: 'mips64', spellings: ['mips64'] },
  mips64le: {
    gnu: 'mips64el',
    zig: 'mips64el',
    apple: 'mips64el',
    qemu: 'mips64el',
    spellings: ['mips64le', 'mips64el'],
  },
  ppc64: {
    gnu: 'powerpc64',
    zig: 'powerpc64',
    apple: 'ppc64',
    qemu: 'ppc64',
    spellings: ['ppc64', 'powerpc64', 'ppc64be'],
  },
  ppc64le: {
    gnu: 'powerpc64le',
    zig: 'powerpc64le',
    apple: 'ppc64le',
    qemu: 'ppc64le',
    spellings: ['ppc64le', 'ppc64el', 'powerpc64le', 'powerpc64el'],
  },
  riscv64: {
    gnu: 'riscv64',
    zig: 'riscv64',
    apple: 'riscv64',
    qemu: 'riscv64',
    spellings: ['riscv64', 'riscv', 'risc-v', 'riscv64gc', 'rv64', 'rv64gc', 'risc-v64'],
  },
  s390x: { gnu: 's390x', zig: 's390x', apple: 's390x', qemu: 's390x', spellings: ['s390x', 'systemz'] },
  loong64: {
    gnu: 'loongarch64',
    zig: 'loongarch64',
    apple: 'loongarch64',
    qemu: 'loongarch64',
    spellings: ['loong64', 'loongarch64', 'loongarch'],
  },
  wasm: { gnu: 'wasm32', zig: 'wasm32', apple: 'wasm32', spellings: ['wasm', 'wasm32', 'webassembly'] },
};

const unknown = (goarch: string): CpuNames => ({
  gnu: goarch,
  zig: goarch,
  apple: goarch,
  spellings: [goarch],
});

/** The names of a GOARCH; one that a newer Go may bring goes by its own name everywhere. */
export function cpuNames(goarch: string): CpuNames {
  return Object.hasOwn(table, goarch) ? (table[goarch] ?? unknown(goarch)) : unknown(goarch);
}

const bySpelling = new Map(
  Object.entries(table).flatMap(([goarch, names]) =>
    names.spellings.map((spelling) => [spelling, goarch] as const),
  ),
);

/** GOARCH and, where the name says so, level of a CPU as people, compilers and `uname -m` write it (lower case). */
export function cpuOf(
  name: string,
): { readonly goarch: string; readonly level?: string; readonly armFloat?: 'hf' } | undefined {
  const plain = bySpelling.get(name);
  if (plain !== undefined) return { goarch: plain };
  // armv5te, armv6kz, armv6hl, armv7l, armv7-a, armv7hl, thumbv7neon, arm32v7; armv8l is a v8 CPU running 32-bit code.
  const arm =
    /^(?:arm|armv|thumbv|arm32v|armelv)([5-8])(te|tej|j|k|kz|zk|l|hl|hf|hnl|a|-a|-m|neon|a9|r|em|m|ve)?(?:_vfpv[34]\w*)?$/.exec(
      name,
    );
  if (arm) {
    const [, version = '7', suffix = ''] = arm;
    if (['m', 'em', 'r', '-m'].includes(suffix)) return undefined;
    if (version === '8' && suffix !== 'l') return undefined;
    const hard = suffix.startsWith('h') ? ({ armFloat: 'hf' } as const) : {};
    return { goarch: 'arm', level: `v${version === '8' ? '7' : version}`, ...hard };
  }
  // x86_64_v3, amd64v3, x86-64-v3
  const amd64 = /^(?:x86[-_]64|amd64)[-_]?(v[1-4])$/.exec(name);
  if (amd64) return amd64[1] === 'v1' ? { goarch: 'amd64' } : { goarch: 'amd64', level: amd64[1] ?? 'v1' };
  return undefined;
}
