import type { ArtifactFacts } from './facts.js';

/**
 * The system and architecture that a binary says it is for, in Go's words: `linux/arm64`; `undefined` for machines that
 * Go has no name for. An ELF file that names no system is taken for Linux's: static Go programs name none.
 */
export function platformOf(facts: ArtifactFacts): string | undefined {
  const goarch = goarchOf(facts);
  const goos = facts.goos ?? (facts.format === 'elf' ? 'linux' : undefined);
  return goarch === undefined || goos === undefined ? undefined : `${goos}/${goarch}`;
}

function goarchOf({ machine, bits, endianness }: ArtifactFacts): string | undefined {
  const little = endianness === 'little';
  switch (machine) {
    case 'arm':
      return little ? 'arm' : undefined;
    case 'aarch64':
      return 'arm64';
    case 'i386':
      return '386';
    case 'x86-64':
      return bits === 64 ? 'amd64' : undefined;
    case 'riscv':
      return bits === 64 ? 'riscv64' : undefined;
    case 'mips':
      return `mips${bits === 64 ? '64' : ''}${little ? 'le' : ''}`;
    case 'ppc64':
      return little ? 'ppc64le' : 'ppc64';
    case 's390':
      return bits === 64 ? 's390x' : undefined;
    case 'loongarch':
      return bits === 64 ? 'loong64' : undefined;
    case 'wasm':
      return 'wasm';
    case 'ppc':
    case 'sparc':
    case 'unknown':
      return undefined;
  }
}
