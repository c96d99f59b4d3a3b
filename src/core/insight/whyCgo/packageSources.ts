import { scanGoSource, type GoImport, type GoSource } from '../../diagnosis/resolve/goSource.js';
import type { Ports } from '../../ports.js';
import type { CgoListed } from './cgoListing.js';
import { linkedNames } from './linkedNames.js';
import type { CgoNeeds, SourcePlace } from './whyCgo.js';

/** A Go file that was read. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Taking a file apart costs more than reading it, so that is left until somebody asks. */
  scan(): GoSource;
  /** The line that imports a package, looked for only where the file has its path. */
  importOf(importPath: string): GoImport | undefined;
}

/** Reads Go files of listed packages, each once. */
export interface PackageSources {
  /** What is not there, or can't be read, is left out. */
  read(item: CgoListed, names: readonly string[]): Promise<readonly SourceFile[]>;
  /** Where a package imports another one, or "C". */
  importPlace(item: CgoListed, wanted: string): Promise<SourcePlace | undefined>;
}

export function createPackageSources({ files, host }: Pick<Ports, 'files' | 'host'>): PackageSources {
  const known = new Map<string, Promise<SourceFile | undefined>>();
  const readOne = (path: string): Promise<SourceFile | undefined> => {
    const found = known.get(path) ?? load(path);
    known.set(path, found);
    return found;
  };
  const load = async (path: string): Promise<SourceFile | undefined> => {
    const text = await files.readText(path).catch(() => undefined);
    return text === undefined ? undefined : sourceFile(path, text);
  };
  return {
    async read({ directory }, names) {
      const sources = await Promise.all(names.map((name) => readOne(host.join(directory, name))));
      return sources.filter((it) => it !== undefined);
    },
    async importPlace(item, wanted) {
      // The files that use C come first: they are what people look for.
      for (const name of [...item.cgoFiles, ...(wanted === 'C' ? [] : item.goFiles)]) {
        const source = await readOne(host.join(item.directory, name));
        const found = source?.importOf(writtenPath(item, wanted));
        if (source !== undefined && found !== undefined)
          return { path: source.path, line: found.line, column: found.column };
      }
      return undefined;
    },
  };
}

function sourceFile(path: string, text: string): SourceFile {
  let known: GoSource | undefined;
  const scan = (): GoSource => (known ??= scanGoSource(text));
  return {
    path,
    text,
    scan,
    importOf: (importPath) =>
      text.includes(importPath) ? scan().imports.find((it) => it.path === importPath) : undefined,
  };
}

/** A package's path as the source of another writes it: vendored ones of the standard library differ. */
export function writtenPath({ importMap }: CgoListed, importPath: string): string {
  return Object.entries(importMap).find(([, meant]) => meant === importPath)?.[0] ?? importPath;
}

/** `#cgo linux LDFLAGS: -lm`, in a comment of either kind (cmd/cgo, "Using cgo with the go command"). */
const directive = /^[ \t]*(?:\/\/|\/?\*)?[ \t]*(#cgo[ \t][^\n]*)$/gm;

export async function readNeeds(sources: PackageSources, item: CgoListed): Promise<CgoNeeds> {
  const files = await sources.read(item, item.cgoFiles);
  return {
    directives: files.flatMap(({ path, text }) =>
      [...text.matchAll(directive)].map((match) => ({
        text: (match[1] ?? '').trim(),
        place: placeAt(path, text, match.index + match[0].indexOf('#cgo')),
      })),
    ),
    pkgConfig: [...new Set(item.pkgConfig)],
    libraries: linkedNames(item.linkFlags),
    files: item.foreign,
  };
}

export function placeAt(path: string, text: string, offset: number): SourcePlace {
  const before = text.slice(0, offset);
  return { path, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
