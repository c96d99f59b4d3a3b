import type { Attributes } from './elfAttributes.js';
import type { ArtifactFacts, Machine } from './facts.js';
import type { ByteView } from './byteView.js';

/** e_machine, from the System V gABI's list of machines. */
const machines: ReadonlyMap<number, Machine> = new Map([
  [2, 'sparc'],
  [3, 'i386'],
  [8, 'mips'],
  [10, 'mips'],
  [18, 'sparc'],
  [20, 'ppc'],
  [21, 'ppc64'],
  [22, 's390'],
  [40, 'arm'],
  [43, 'sparc'],
  [62, 'x86-64'],
  [183, 'aarch64'],
  [243, 'riscv'],
  [258, 'loongarch'],
]);

export function elfMachine(code: number): Pick<ArtifactFacts, 'machine' | 'machineCode'> {
  const machine = machines.get(code);
  return machine === undefined ? { machine: 'unknown', machineCode: code } : { machine };
}

/** Tag_CPU_arch of ARM IHI 0045: the value's name and the architecture's number. */
const armArchitectures: readonly (readonly [name: string, version: number] | undefined)[] = [
  ['pre-v4', 3],
  ['v4', 4],
  ['v4T', 4],
  ['v5T', 5],
  ['v5TE', 5],
  ['v5TEJ', 5],
  ['v6', 6],
  ['v6KZ', 6],
  ['v6T2', 6],
  ['v6K', 6],
  ['v7', 7],
  ['v6-M', 6],
  ['v6S-M', 6],
  ['v7E-M', 7],
  ['v8', 8],
  ['v8-R', 8],
  ['v8-M.baseline', 8],
  ['v8-M.mainline', 8],
  ['v8.1', 8],
  ['v8.2', 8],
  ['v8.3', 8],
  ['v8.1-M.mainline', 8],
  ['v9', 9],
];

const armProfiles: ReadonlyMap<number, 'A' | 'R' | 'M'> = new Map([
  [0x41, 'A'],
  [0x52, 'R'],
  [0x4d, 'M'],
]);

/**
 * What e_flags and .ARM.attributes say. The flags of a linked file (EF_ARM_ABI_FLOAT_*, ARM IHI 0044) go before
 * Tag_ABI_VFP_args, which is all that an object file has.
 */
export function armFacts(flags: number, attributes: Attributes): NonNullable<ArtifactFacts['arm']> {
  const cpu = attributes.get(6);
  const architecture = typeof cpu === 'number' ? armArchitectures[cpu] : undefined;
  const profileTag = attributes.get(7);
  const profile =
    (typeof profileTag === 'number' ? armProfiles.get(profileTag) : undefined) ??
    (architecture?.[0].includes('M') === true ? 'M' : undefined);
  const floatAbi = armFloatAbi(flags, attributes);
  return {
    ...(architecture && { architectureName: architecture[0], architecture: architecture[1] }),
    ...(profile && { profile }),
    ...(floatAbi && { floatAbi }),
  };
}

function armFloatAbi(flags: number, attributes: Attributes): 'soft' | 'hard' | undefined {
  if (flags & 0x400) {
    return 'hard';
  }
  if (flags & 0x200) {
    return 'soft';
  }
  switch (attributes.get(28)) {
    case 1:
      return 'hard';
    case 0:
      return 'soft';
    case undefined:
      // An absent tag means its default, the base (soft) variant, but only where there are attributes of code at all.
      return attributes.has(6) ? 'soft' : undefined;
    default:
      // Toolchain-specific, or code that passes no floating-point value at all.
      return undefined;
  }
}

/** Revision of MIPS32/MIPS64 by EF_MIPS_ARCH (e_flags' highest four bits); MIPS I to V have none. */
const mipsRevisions: readonly number[] = [0, 0, 0, 0, 0, 1, 1, 2, 2, 6, 6];

/** MIPS: e_flags, .MIPS.abiflags (version 0) and Tag_GNU_MIPS_ABI_FP, as binutils' include/elf/mips.h has them. */
export function mipsFacts(
  bits: 32 | 64,
  flags: number,
  abiFlags: ByteView | undefined,
  attributes: Attributes,
): NonNullable<ArtifactFacts['mips']> {
  const hasAbiFlags = abiFlags !== undefined && abiFlags.length >= 24 && abiFlags.u16(0) === 0;
  const fp = hasAbiFlags ? abiFlags.u8(7) : attributes.get(4);
  const revision = hasAbiFlags ? abiFlags.u8(3) : mipsRevisions[flags >>> 28];
  const floatAbi = fp === 3 ? 'soft' : typeof fp === 'number' && fp >= 1 && fp <= 7 ? 'hard' : undefined;
  return {
    ...(floatAbi && { floatAbi }),
    abi: bits === 64 ? 'n64' : flags & 0x20 ? 'n32' : 'o32',
    ...(revision !== undefined && { revision }),
  };
}

const riscvFloatAbis = ['soft', 'single', 'double', 'quad'] as const;

/** RISC-V ELF psABI, "File Header": EF_RISCV_RVC and EF_RISCV_FLOAT_ABI. */
export function riscvFacts(flags: number): NonNullable<ArtifactFacts['riscv']> {
  return { floatAbi: riscvFloatAbis[(flags >> 1) & 3] ?? 'soft', compressed: (flags & 1) !== 0 };
}
