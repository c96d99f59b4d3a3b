import type { Target } from '../../../target/target.js';
import type { FixScene } from './fixScene.js';
import { debianPackage } from './libraryNames.js';

/** A library that a `#cgo` line asks for and the target's folders lack. */
export interface LackingLibrary {
  /** Debian's -dev package. */
  readonly debian: string;
  /** It is asked for by `#cgo pkg-config`, so that pkg-config has to find it. */
  readonly pkgConfig: boolean;
}

/** More files than this are not read for one fix. */
const fileLimit = 200;

/**
 * Every library that the build's `#cgo` lines ask for and that is not there for the target. A log names the first one
 * alone, as the compiler stops there: a fix that brings one of three is no fix. Only libraries whose package is known are
 * told: one wrong name in its list, and apt installs nothing.
 */
export async function lackingLibraries(scene: FixScene): Promise<readonly LackingLibrary[]> {
  const { inquiry, target, own } = scene;
  if (target === undefined || own.sysroot !== undefined) return [];
  const graph = await inquiry.graph(target);
  const found = new Map<string, LackingLibrary>();
  let read = 0;
  for (const item of graph?.packages.values() ?? []) {
    if (item.standard) continue;
    for (const file of item.cgoFiles) {
      if (++read > fileLimit) return [...found.values()];
      const text = (await inquiry.text(inquiry.ports.host.join(item.directory, file))) ?? '';
      for (const asked of askedBy(text, target, inquiry.context.tags ?? [])) {
        const debian = debianPackage(asked);
        if (debian?.known !== true || found.has(debian.name) || (await isHere(scene, asked))) continue;
        found.set(debian.name, { debian: debian.name, pkgConfig: asked.pkgConfigName !== undefined });
      }
    }
  }
  return [...found.values()];
}

type Asked =
  { readonly library: string; readonly pkgConfigName?: never } | { readonly pkgConfigName: string };

/** `#cgo linux LDFLAGS: -lz` and `#cgo pkg-config: zlib`; what a module brings itself (`-L${SRCDIR}/lib`) left out. */
export function askedBy(text: string, target: Target, tags: readonly string[]): readonly Asked[] {
  const asked: Asked[] = [];
  for (const [, condition = '', kind, words = ''] of text.matchAll(
    /^[^\n]*#cgo[ \t]+([^\n:]*?)[ \t]*\b(LDFLAGS|pkg-config)[ \t]*:([^\n]*)$/gm,
  )) {
    if (!holds(condition, target, tags)) continue;
    const list = words.trim().split(/\s+/);
    if (kind === 'pkg-config')
      asked.push(
        ...list.filter((word) => /^\w[\w.+-]*$/.test(word)).map((pkgConfigName) => ({ pkgConfigName })),
      );
    else if (!words.includes('SRCDIR'))
      asked.push(
        ...list.flatMap((word) => {
          const library = /^-l(\w[\w.+-]*)$/.exec(word)?.[1];
          return library === undefined ? [] : [{ library }];
        }),
      );
  }
  return asked;
}

/** cmd/cgo: spaces between conditions mean "or", commas "and", an exclamation mark "not". */
function holds(condition: string, { goos, goarch }: Target, tags: readonly string[]): boolean {
  const alternatives = condition.split(/\s+/).filter((it) => it !== '');
  const known = new Set([goos, goarch, 'cgo', 'gc', ...tags]);
  return (
    alternatives.length === 0 ||
    alternatives.some((it) =>
      it.split(',').every((term) => (term.startsWith('!') ? !known.has(term.slice(1)) : known.has(term))),
    )
  );
}

async function isHere({ inquiry, platform }: FixScene, asked: Asked): Promise<boolean> {
  const multiarch = platform?.multiarch;
  const folders = [
    ...(multiarch === undefined ? [] : [`/usr/lib/${multiarch}`, `/lib/${multiarch}`]),
    ...(platform?.triplets ?? []).map((triplet) => `/usr/${triplet}/lib`),
    '/usr/local/lib',
  ];
  const paths = folders.flatMap((folder) =>
    asked.pkgConfigName === undefined
      ? [`${folder}/lib${asked.library}.so`, `${folder}/lib${asked.library}.a`]
      : [`${folder}/pkgconfig/${asked.pkgConfigName}.pc`],
  );
  if (asked.pkgConfigName !== undefined) paths.push(`/usr/share/pkgconfig/${asked.pkgConfigName}.pc`);
  for (const path of paths) if (await inquiry.exists(path)) return true;
  return false;
}
