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

/**
 * Whether a binary runs on the target's CPU but finds no loader on the systems people have there: ARMv6 boards run
 * Raspberry Pi OS or Alpine, which are hard-float, and Debian's only C library for them is soft-float (armel).
 */
export function needsStaticLink(facts: ArtifactFacts, { goarch, level = '' }: Target): boolean {
  const softFloat = goarch === 'arm' && facts.arm?.floatAbi === 'soft';
  return softFloat && facts.linkage === 'dynamic' && level === 'v6';
}

/** What a person should know of a soft-float C library for ARMv6. */
export function softFloatNote(facts: ArtifactFacts, target: Target, linkedStatically: boolean): string {
  if (needsStaticLink(facts, target))
    return '; soft-float C library without a static libc: a hard-float system such as Raspberry Pi OS has no loader for it';
  return linkedStatically && target.goarch === 'arm' && facts.arm?.floatAbi === 'soft'
    ? '; linked statically, because hard-float systems such as Raspberry Pi OS have no loader for its soft-float C library'
    : '';
}
