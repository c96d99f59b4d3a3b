import type { ArtifactFacts, Mismatch } from '../artifact/facts.js';
import { targetId, type Target } from '../target/target.js';

/** Why a toolchain is rejected whose binary does not fit, in words about the toolchain. */
export function mismatchReason(mismatch: Mismatch, target: Target, flags: readonly string[]): string {
  const id = targetId(target);
  const arm = (name: string): string => (name.startsWith('ARM') ? name : `ARM${name}`);
  switch (mismatch.property) {
    case 'arm-architecture': {
      // With -march given, what exceeds it was compiled by others: the C library's start code and libgcc.
      const what = flags.some((flag) => flag.startsWith('-march=')) ? 'its C library is' : 'it makes';
      return `${what} ${arm(mismatch.found)}${what === 'it makes' ? ' code' : ''}: would die with SIGILL on ${id}`;
    }
    case 'float-abi':
      return `${mismatch.found}-float, target is ${mismatch.expected}-float: ${mismatch.message}`;
    default:
      return `links the wrong binary: ${mismatch.message}`;
  }
}

/** Where a hard-float ARMv6 system could not start the program, though its CPU can. */
export function softFloatNote(facts: ArtifactFacts, { goarch, level = '' }: Target): string {
  const apart = goarch === 'arm' && facts.arm?.floatAbi === 'soft' && facts.linkage === 'dynamic';
  return apart && level === 'v6'
    ? `; soft-float C library: on a hard-float system such as Raspberry Pi OS, link with -extldflags=-static`
    : '';
}
