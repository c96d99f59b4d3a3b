/** Which platforms an option is meant for. Both lists absent: not an option of a machine. */
export interface FlagAudience {
  readonly goarch?: readonly string[];
  readonly goos?: readonly string[];
}

const x86 = ['amd64', '386'];
const mips = ['mips', 'mipsle', 'mips64', 'mips64le'];
const power = ['ppc64', 'ppc64le', 'ppc'];

/*
 * Machine options of gcc and clang by target, from the GCC manual's "Machine-Dependent Options". The first that matches wins.
 */
const table: readonly (readonly [RegExp, FlagAudience])[] = [
  [
    /^-m(?:arm|thumb|thumb-interwork|no-thumb|apcs-frame|fpu=.*|float-abi=.*|tls-dialect=gnu)$/,
    { goarch: ['arm'] },
  ],
  [
    /^-m(?:arch|cpu|tune)=(?:arm(?:v[4-7]|[179]|1[01])|cortex-[ar][5-9]\b|cortex-a1[57]|cortex-m|xscale|arm1176|generic-armv7)/,
    { goarch: ['arm'] },
  ],
  [
    /^-m(?:arch|cpu|tune)=(?:arm|cortex|neoverse|ampere|apple-m|thunderx|graviton)/,
    { goarch: ['arm64', 'arm'] },
  ],
  [
    /^-m(?:outline-atomics|branch-protection=.*|no-outline-atomics|fix-cortex-.*|strict-align|general-regs-only)$/,
    { goarch: ['arm64'] },
  ],
  [/^-mabi=aapcs/, { goarch: ['arm'] }],
  [/^-Wl,--(?:no-)?fix-cortex-a8$/, { goarch: ['arm'] }],
  [/^-Wl,--(?:no-)?fix-cortex-a53/, { goarch: ['arm64'] }],
  [/^-mabi=lp64d?$/, { goarch: ['loong64', 'riscv64'] }],
  [/^-mabi=(?:32|64|n32|o64|eabi)$/, { goarch: mips }],
  [
    /^-m(?:fp(?:32|64|xx)|no-odd-spreg|odd-spreg|ips\S*|nan=.*|abicalls|no-abicalls|no-shared|plt)$/,
    { goarch: mips },
  ],
  [/^-march=mips/, { goarch: mips }],
  [/^-m(?:hard|soft|single|double)-float$/, { goarch: [...mips, 'arm', 'ppc64', 's390x'] }],
  [/^-m(?:arch|cpu)=(?:z\d|arch\d)/, { goarch: ['s390x'] }],
  [/^-m(?:arch|cpu|tune)=(?:rv32|rv64|sifive|rva)/, { goarch: ['riscv64'] }],
  [/^-m(?:cmodel=med\w+|no-relax|relax)$/, { goarch: ['riscv64', 'loong64'] }],
  [/^-m(?:arch|tune)=(?:loongarch|la464|la664)/, { goarch: ['loong64'] }],
  [/^-m(?:cpu|tune)=(?:power|ppc|g5|e5500)|^-m(?:altivec|vsx|power\S*|crypto|htm)$/, { goarch: power }],
  [/^-m(?:long-call|minimal-toc|cmodel=(?:large|medium|small))$/, {}],
  [
    /^-m(?:sse|avx|aes|pclmul|fma|bmi|popcnt|lzcnt|f16c|rdrnd|rdseed|sha|ssse|mmx|3dnow|cx16|adx|gfni|vaes|vpclmul|amx|xsave|prfchw|movbe|no-(?:sse|avx|mmx|red-zone|80387)|red-zone|fpmath=|regparm|stackrealign|preferred-stack-boundary|fentry|indirect-branch|retpoline|rtm|shstk)/,
    { goarch: x86 },
  ],
  [/^-masm=(?:intel|att)/, { goarch: x86 }],
  [
    /^-m(?:arch|cpu|tune)=(?:x86-64|i[3-6]86|pentium|core|haswell|skylake|broadwell|sandybridge|ivybridge|znver|nehalem|westmere|atom|k8|amdfam|icelake|cascadelake|prescott|corei7)/,
    { goarch: x86 },
  ],
  [/^-m(?:32|64|x32|16)$/, { goarch: ['amd64', '386', 's390x', ...power, 'sparc64'] }],
  [/^-maix(?:32|64)$/, { goos: ['aix'] }],
  [/^-m(?:threads|windows|console|unicode|dll|win32|nop-fun-dllimport|ms-bitfields)$/, { goos: ['windows'] }],
  [
    /^-(?:arch|framework|isysroot|mmacosx-version-min(?:=.*)?|mmacos-version-min(?:=.*)?|miphoneos-version-min(?:=.*)?|fobjc-arc|Wl,-framework.*)$/,
    { goos: ['darwin', 'ios'] },
  ],
];

/** `undefined`: the option says nothing of a machine. */
export function audienceOf(flag: string): FlagAudience | undefined {
  for (const [pattern, audience] of table)
    if (pattern.test(flag)) return audience.goarch || audience.goos ? audience : undefined;
  return undefined;
}

/**
 * The port that alone gets this option from cmd/go (work/gc.go and exec.go, `gccArchArgs`, `ccompilerCmd`): a compiler
 * that refuses one of these shows both that it is the wrong one and what is being built.
 */
export function portOfGoFlag(flag: string): FlagAudience | undefined {
  // clang's driver has -mno-thumb as the other name of -marm, and speaks of it by that.
  if (flag === '-marm' || flag === '-mno-thumb') return { goos: ['linux'], goarch: ['arm'] };
  if (flag === '-mabi=32' || flag === '-mfp32' || flag === '-mfpxx' || flag === '-mno-odd-spreg')
    return { goos: ['linux'], goarch: ['mipsle', 'mips'] };
  if (flag === '-mhard-float' || flag === '-msoft-float') return { goos: ['linux'], goarch: mips };
  if (flag === '-mabi=64') return { goos: ['linux'], goarch: ['mips64le', 'mips64'] };
  if (flag === '-mabi=lp64d') return { goos: ['linux'], goarch: ['loong64'] };
  if (/^-m(?:arch|cpu)=z(?:196|13)$/.test(flag)) return { goos: ['linux'], goarch: ['s390x'] };
  if (flag === '-mthreads') return { goos: ['windows'] };
  if (flag === '-arch') return { goos: ['darwin'] };
  if (flag === '-maix64') return { goos: ['aix'], goarch: ['ppc64'] };
  return undefined;
}

/** Options that gcc's driver passes to the assembler of its own machine, from its specs: nobody gives them to a program that is taken for a compiler. */
export function isAssemblerFlag(flag: string): boolean {
  return /^(?:-E[LB]|--(?:64|32|x32)|-meabi=|-mfloat-abi=|-mfpu=|-march=|-mcpu=|-mabi=|-KPIC|-mips\d|-a(?:64|32))/.test(
    flag,
  );
}
