import type { ByteView } from './byteView.js';
import type { ArtifactFacts } from './facts.js';

/** EI_OSABI where it names one system. 0 (System V) says nothing, and 6 is Solaris and illumos alike. */
const osAbis: ReadonlyMap<number, string> = new Map([
  [2, 'netbsd'],
  [3, 'linux'],
  [6, 'solaris'],
  [7, 'aix'],
  [9, 'freebsd'],
  [12, 'openbsd'],
]);

const gnuAbiTags: readonly (string | undefined)[] = ['linux', 'hurd', 'solaris', 'freebsd', 'netbsd'];

const noteOwners: ReadonlyMap<string, string> = new Map([
  ['FreeBSD', 'freebsd'],
  ['NetBSD', 'netbsd'],
  ['OpenBSD', 'openbsd'],
  ['DragonFly', 'dragonfly'],
  ['Android', 'android'],
]);

/** Loaders by a part of their path. Order matters: DragonFly's path holds FreeBSD's. */
const loaders: readonly (readonly [RegExp, string])[] = [
  [/^\/system\/bin\/linker/, 'android'],
  [/^\/usr\/libexec\/ld-elf\.so/, 'dragonfly'],
  [/\/libexec\/ld-elf(32)?\.so/, 'freebsd'],
  [/\/libexec\/ld\.elf_so/, 'netbsd'],
  [/\/libexec\/ld\.so/, 'openbsd'],
  [/^(\/usr)?\/lib\/(amd64|64|sparcv9)\/ld\.so\.1$/, 'solaris'],
  [/\/ld-(linux|musl|uClibc)|\/ld64\.so\.[12]$|^\/lib(32|64|o32|n32)?\/ld\.so\.1$/, 'linux'],
];

/** The system that a note names: its owner where that is a system, or GNU's NT_GNU_ABI_TAG. */
export function osOfNotes(notes: ByteView): string | undefined {
  let gnu: string | undefined;
  for (let offset = 0; offset + 12 <= notes.length;) {
    const nameSize = notes.u32(offset);
    const valueSize = notes.u32(offset + 4);
    const type = notes.u32(offset + 8);
    const name = notes.string(offset + 12, Math.min(nameSize, 32));
    const value = offset + 12 + align4(nameSize);
    const owner = noteOwners.get(name);
    if (type === 1 && owner !== undefined) {
      return owner;
    }
    if (type === 1 && name === 'GNU' && valueSize >= 16) {
      gnu ??= gnuAbiTags[notes.u32(value)];
    }
    offset = value + align4(valueSize);
  }
  return gnu;
}

function align4(size: number): number {
  return Math.ceil(size / 4) * 4;
}

/** GOOS by the strongest evidence: a note, then EI_OSABI, then the loader. */
export function elfGoos(
  noteOs: string | undefined,
  osAbi: number,
  interpreter: string | undefined,
): string | undefined {
  // A C library's notes say Linux for Android too where the NDK's own note is missing; its loader knows better.
  const byLoader = loaders.find(([path]) => interpreter !== undefined && path.test(interpreter))?.[1];
  if (byLoader === 'android') {
    return byLoader;
  }
  return noteOs ?? osAbis.get(osAbi) ?? byLoader;
}

/** The C library that a dynamic file needs, by its loader or the library's name. */
export function elfLibc(
  interpreter: string | undefined,
  needed: readonly string[],
  goos: string | undefined,
  glibc: string | undefined,
): ArtifactFacts['libc'] {
  if (goos === 'android') {
    return 'bionic';
  }
  if (glibc !== undefined) {
    return 'glibc';
  }
  if (interpreter?.includes('/ld-musl-') === true || needed.some((name) => name.startsWith('libc.musl-'))) {
    return 'musl';
  }
  const linuxLoader =
    interpreter !== undefined && /\/ld-linux|\/ld64\.so\.[12]$|^\/lib.*\/ld\.so\.1$/.test(interpreter);
  if (goos !== undefined && goos !== 'linux') {
    return undefined;
  }
  return linuxLoader || needed.includes('libc.so.6') ? 'glibc' : undefined;
}
