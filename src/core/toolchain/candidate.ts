import type { Toolchain } from './toolchain.js';

/** A toolchain that may serve a target, before anybody tried it. */
export interface Candidate {
  readonly toolchain: Toolchain;
  /** Why it is rejected without running anything: CC is a folder, relative, missing. */
  readonly defect?: string;
  /** Workspace-named: nothing of it runs in an untrusted workspace. */
  readonly named?: boolean;
  /** What the program's file does not tell: the version of a zig that Python starts. */
  readonly identity?: string;
  /** Tried again with these flags in CGO_LDFLAGS when the plain link fails. */
  readonly alternativeLdflags?: string;
}

/** Best first. A host compiler that makes code for another port (gcc -m32) comes after the cross compilers. */
export const kindOrder: readonly Toolchain['kind'][] = [
  'configured',
  'native',
  'gnu',
  'mingw',
  'musl',
  'ndk',
  'osxcross',
  'clang',
  'zig',
];
