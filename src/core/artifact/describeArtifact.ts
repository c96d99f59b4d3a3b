import type { ArtifactFacts, Machine } from './facts.js';

const formatNames: Readonly<Record<ArtifactFacts['format'], string>> = {
  elf: 'ELF',
  pe: 'PE',
  macho: 'Mach-O',
  wasm: 'WebAssembly',
  xcoff: 'XCOFF',
  plan9: 'Plan 9 a.out',
};

const machineNames: Readonly<Record<Machine, string>> = {
  arm: 'ARM',
  aarch64: 'AArch64',
  i386: 'x86',
  'x86-64': 'x86-64',
  riscv: 'RISC-V',
  mips: 'MIPS',
  ppc: 'PowerPC',
  ppc64: 'PowerPC 64',
  s390: 'IBM Z',
  loongarch: 'LoongArch',
  sparc: 'SPARC',
  wasm: 'WebAssembly',
  unknown: 'an unknown machine',
};

const systemNames: Readonly<Record<string, string>> = {
  aix: 'AIX',
  android: 'Android',
  darwin: 'macOS',
  dragonfly: 'DragonFly BSD',
  freebsd: 'FreeBSD',
  hurd: 'the Hurd',
  illumos: 'illumos',
  ios: 'iOS',
  js: 'JavaScript hosts',
  linux: 'Linux',
  netbsd: 'NetBSD',
  openbsd: 'OpenBSD',
  plan9: 'Plan 9',
  solaris: 'Solaris',
  wasip1: 'WASI hosts',
  windows: 'Windows',
};

/** A machine as people write it. */
export function machineName({
  machine,
  machineCode,
}: Pick<ArtifactFacts, 'machine' | 'machineCode'>): string {
  return machineCode === undefined
    ? machineNames[machine]
    : `${machineNames[machine]} (number ${String(machineCode)})`;
}

/** A GOOS as people write it. */
export function systemName(goos: string): string {
  return systemNames[goos] ?? goos;
}

/**
 * A binary in one line:
 * "ELF 32-bit ARM (ARMv7, hard-float), dynamic, /lib/ld-linux-armhf.so.3, needs GLIBC_2.34".
 */
export function describeArtifact(facts: ArtifactFacts): string {
  const kind =
    facts.type === 'executable'
      ? ''
      : ` ${{ shared: 'shared library', object: 'object', archive: 'static library' }[facts.type]}`;
  const machine = facts.universal?.map((part) => machineNames[part]).join(' + ') ?? machineName(facts);
  const details = abiDetails(facts);
  const head =
    facts.format === 'wasm'
      ? formatNames.wasm + kind
      : `${formatNames[facts.format]} ${String(facts.bits)}-bit ${machine}${details.length > 0 ? ` (${details.join(', ')})` : ''}${kind}`;
  const linkage =
    facts.format === 'wasm' || facts.type === 'object' || facts.type === 'archive' ? [] : [facts.linkage];
  const system =
    facts.goos === undefined || facts.goos === 'linux' || facts.goos === 'windows'
      ? []
      : [systemName(facts.goos)];
  return [
    head,
    ...linkage,
    ...system,
    ...(facts.interpreter === undefined ? [] : [facts.interpreter]),
    ...(facts.glibc === undefined ? [] : [`needs GLIBC_${facts.glibc}`]),
  ].join(', ');
}

function abiDetails({ arm, mips, riscv, ppc64, endianness, machine }: ArtifactFacts): string[] {
  const goSpeaksOfEndianness = machine === 'mips' || machine === 'ppc64';
  const details = [
    arm?.architectureName === undefined ? undefined : `ARM${arm.architectureName}`,
    mips?.abi,
    goSpeaksOfEndianness ? `${endianness}-endian` : undefined,
    floatWord(arm?.floatAbi ?? mips?.floatAbi),
    riscv && (riscv.floatAbi === 'soft' ? 'soft-float' : `${riscv.floatAbi}-float`),
    ppc64 && ppc64.abiVersion > 0 ? `ELFv${String(ppc64.abiVersion)}` : undefined,
  ];
  return details.filter((detail) => detail !== undefined);
}

function floatWord(floatAbi: 'soft' | 'hard' | undefined): string | undefined {
  return floatAbi && `${floatAbi}-float`;
}
