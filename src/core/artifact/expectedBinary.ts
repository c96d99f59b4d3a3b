import type { Target } from '../target/target.js';
import type { ArtifactFacts, Machine } from './facts.js';

/** What a file for a target has to look like, as far as the target alone says it. */
export interface ExpectedBinary {
  readonly format: ArtifactFacts['format'];
  readonly machine: Machine;
  readonly bits: 32 | 64;
  readonly endianness: 'little' | 'big';
}

const machines: Readonly<Record<string, readonly [Machine, 32 | 64, 'little' | 'big']>> = {
  '386': ['i386', 32, 'little'],
  amd64: ['x86-64', 64, 'little'],
  arm: ['arm', 32, 'little'],
  arm64: ['aarch64', 64, 'little'],
  loong64: ['loongarch', 64, 'little'],
  mips: ['mips', 32, 'big'],
  mipsle: ['mips', 32, 'little'],
  mips64: ['mips', 64, 'big'],
  mips64le: ['mips', 64, 'little'],
  ppc64: ['ppc64', 64, 'big'],
  ppc64le: ['ppc64', 64, 'little'],
  riscv64: ['riscv', 64, 'little'],
  s390x: ['s390', 64, 'big'],
  sparc64: ['sparc', 64, 'big'],
  wasm: ['wasm', 32, 'little'],
};

const formats: Readonly<Record<string, ArtifactFacts['format']>> = {
  aix: 'xcoff',
  darwin: 'macho',
  ios: 'macho',
  js: 'wasm',
  plan9: 'plan9',
  wasip1: 'wasm',
  windows: 'pe',
};

/** `undefined` for an architecture that is newer than this list: then there is nothing to hold a file against. */
export function expectedBinary({ goos, goarch }: Target): ExpectedBinary | undefined {
  const machine = machines[goarch];
  return (
    machine && {
      format: formats[goos] ?? 'elf',
      machine: machine[0],
      bits: machine[1],
      endianness: machine[2],
    }
  );
}

/** ARM's level in its parts: `v6,softfloat` is 6 and soft; without a word, 5 is soft and the others hard. */
export function armLevel({ level }: Target): {
  readonly architecture: number;
  readonly floatAbi: 'soft' | 'hard';
} {
  const match = /^v?(\d+)(?:,(soft|hard)float)?$/.exec(level ?? '');
  const architecture = Number(match?.[1] ?? 7);
  const word = match?.[2];
  return {
    architecture,
    floatAbi: word === 'soft' || (word === undefined && architecture < 6) ? 'soft' : 'hard',
  };
}
