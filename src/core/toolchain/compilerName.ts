/** What a compiler's file name tells. */
export interface CompilerName {
  /** Empty for a compiler of the host. */
  readonly triplet: string;
  readonly tool: 'gcc' | 'clang' | 'cc';
  /** `-12`, `-posix`, `-12-posix`, or empty. */
  readonly suffix: string;
}

/** Reads `arm-linux-gnueabihf-gcc-12`, `x86_64-w64-mingw32-gcc-posix`, `clang-18`, `cc`; undefined for other programs. */
export function parseCompilerName(name: string): CompilerName | undefined {
  const [, triplet = '', tool, suffix = ''] =
    /^(?:(.+)-)?(gcc|clang|cc)((?:-?\d+(?:\.\d+)*)?(?:-(?:posix|win32))?)$/.exec(name) ?? [];
  return tool === undefined ? undefined : { triplet, tool: tool as CompilerName['tool'], suffix };
}

/** Programs that may stand beside a compiler, the closest first: `T-g++-12`; `T-ar`, `T-gcc-ar-12`. */
export function companionNames(compiler: CompilerName): {
  readonly cxx: readonly string[];
  readonly ar: readonly string[];
} {
  const { tool, suffix } = compiler;
  const prefix = compiler.triplet === '' ? '' : `${compiler.triplet}-`;
  if (tool === 'clang') {
    return {
      cxx: [`${prefix}clang++${suffix}`],
      ar: [`${prefix}ar`, `llvm-ar${suffix}`, `${prefix}llvm-ar`, 'llvm-ar'],
    };
  }
  const cxx = tool === 'cc' ? [`${prefix}c++${suffix}`, `${prefix}g++${suffix}`] : [`${prefix}g++${suffix}`];
  return { cxx, ar: [`${prefix}ar`, `${prefix}gcc-ar${suffix}`] };
}
