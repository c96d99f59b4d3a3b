import { joinCommand, splitCommand } from '../toolchain/commandWords.js';

/**
 * Flags of Go's linker that make a cgo program static: the C linker does the last step (`-linkmode external`) and gets
 * `-static`. What the build gives the C linker itself is kept: Go's linker takes the last `-extldflags` only.
 */
export function staticLinkerFlags(ldflags: string): string {
  const split = splitCommand(ldflags);
  // Go refuses such flags in its own words.
  if (!split.ok) return ldflags;
  const kept: string[] = [];
  const external: string[] = [];
  for (let at = 0; at < split.words.length; at++) {
    const word = split.words[at] ?? '';
    const flag = /^--?(linkmode|extldflags)(?:=(.*))?$/s.exec(word);
    if (flag === null) {
      kept.push(word);
      continue;
    }
    const value = flag[2] ?? split.words[++at] ?? '';
    if (flag[1] === 'extldflags') external.push(value);
  }
  const forC = external.join(' ').trim();
  const isStatic = /(?:^|\s)-static(?:\s|$)/.test(forC);
  return joinCommand([
    ...kept,
    '-linkmode',
    'external',
    '-extldflags',
    isStatic ? forC : `${forC} -static`.trim(),
  ]);
}

/**
 * Tags that keep Go's own packages from asking the C library for names of hosts and users: a static glibc would load
 * shared libraries for that at run time (the linker's warning about getaddrinfo and getpwnam).
 */
export const staticTags = ['netgo', 'osusergo'] as const;
