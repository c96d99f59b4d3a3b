import type { PackageLinks } from '../whyCgo/whyCgo.js';

/** Who made a program need a shared library. */
export type LibraryOrigin =
  /** Packages whose `#cgo` lines name it, with what names it: `-lz`, `pkg-config: zlib`, `C++ files`. */
  | {
      readonly kind: 'packages';
      readonly by: readonly { readonly importPath: string; readonly how: string }[];
    }
  /** A C compiler links it into everything: the C library, its parts, and the compiler's own helpers. */
  | { readonly kind: 'c-library' }
  /** No C was linked: Go's own code imports it (`go:cgo_import_dynamic`). */
  | { readonly kind: 'go' }
  /** No line that was read names it. */
  | { readonly kind: 'unknown' };

/** What is known of a program's build. */
export interface LinkRecord {
  /** Whether a C linker had a part in it. */
  readonly cgo: boolean;
  readonly links: readonly PackageLinks[];
  /** What the names given to pkg-config stand for, as it answered. */
  readonly pkgConfig: ReadonlyMap<string, readonly string[]>;
}

/**
 * Libraries that compilers link unasked: of glibc, musl and bionic, of mingw-w64 and of macOS (`gcc -dumpspecs`, the
 * drivers of clang).
 */
const unasked: ReadonlySet<string> = new Set(
  (
    'c m pthread dl rt util gcc_s gcc atomic ld-linux ld-musl system.b system kernel32 msvcrt ucrtbase user32 advapi32 ' +
    'shell32 mingwex winpthread gcc_s_seh gcc_s_dw2 gcc_s_sjlj ntdll'
  ).split(' '),
);
const ofCxx: ReadonlySet<string> = new Set(['stdc++', 'c++', 'c++abi', 'c++_shared']);

export function libraryOrigin(library: string, { cgo, links, pkgConfig }: LinkRecord): LibraryOrigin {
  if (!cgo) return { kind: 'go' };
  const names = linkNames(library);
  const isIt = (linked: string): boolean => names.includes(linked.toLowerCase()) || linked === library;
  const by = links.flatMap(({ importPath, libraries, pkgConfig: asked }) => {
    const direct = libraries.find(isIt);
    const module = asked.find((it) => pkgConfig.get(it)?.some(isIt));
    if (direct !== undefined) return { importPath, how: howNamed(direct) };
    return module === undefined ? [] : { importPath, how: `pkg-config: ${module}` };
  });
  if (by.length > 0) return { kind: 'packages', by };
  if (names.some((it) => ofCxx.has(it))) {
    const made = links.filter((it) =>
      it.languages.some((language) => language === 'C++' || language === 'SWIG'),
    );
    if (made.length > 0)
      return { kind: 'packages', by: made.map(({ importPath }) => ({ importPath, how: 'C++ files' })) };
  }
  return names.some((it) => unasked.has(it)) || /api-ms-win-crt-/i.test(library)
    ? { kind: 'c-library' }
    : { kind: 'unknown' };
}

/** An origin in words, as they go behind a library's name. */
export function originText(origin: LibraryOrigin): string {
  switch (origin.kind) {
    case 'packages':
      return `from ${origin.by.map(({ importPath, how }) => `${importPath} (${how})`).join(', ')}`;
    case 'c-library':
      return 'linked by every C compiler';
    case 'go':
      return 'imported by Go’s own code';
    case 'unknown':
      return 'no #cgo line names it';
  }
}

function howNamed(linked: string): string {
  if (linked.endsWith('.framework')) return `-framework ${linked.slice(0, -'.framework'.length)}`;
  return /\.(?:a|so|dylib|tbd|lib)$/.test(linked) ? linked : `-l${linked}`;
}

/** What a linker may have called a library, in lower case: `libusb-1.0.so.0` is usb-1.0, or usb; `ws2_32.dll` ws2_32. */
function linkNames(library: string): readonly string[] {
  const framework = /([^/]+\.framework)\//.exec(library)?.[1];
  if (framework !== undefined) return [framework.toLowerCase()];
  const file = library.replace(/^.*\//, '').toLowerCase();
  const base = file
    .replace(/\.so(?:\.[\w.]+)?$|\.dylib$|\.dll$|\.drv$/, '')
    .replace(/^lib/, '')
    // The loader is named after the machine, and so is musl's C library.
    .replace(/^(ld-linux|ld-musl|c)[-.](?:musl-)?.*$/, '$1');
  const bare = base.replace(/(?:\.\d+)+$/, '').replace(/-\d[\d.]*$/, '');
  return [...new Set([base, base.replace(/(?:\.\d+)+$/, ''), bare])];
}
