import type { FileSystem, Host } from '../../ports.js';
import { scanGoSource } from '../../diagnosis/resolve/goSource.js';
import { readCSource, type CSource } from './cSource.js';
import { isTestSource } from './forTests.js';

/** A program in C that discovery found. */
export interface CProgram {
  /** File name without extension: the folder's, or the source's where a folder holds several programs. */
  readonly name: string;
  /** Absolute folder of the source that holds `main`. */
  readonly directory: string;
  /** Absolute: that source. */
  readonly main: string;
  /** Absolute, in the order of the alphabet. */
  readonly sources: readonly string[];
  /** Absolute folders for `-I` beside those that the compiler searches anyway. */
  readonly includes: readonly string[];
  /** Linker flags that its headers imply: `-lm`. */
  readonly ldflags: readonly string[];
}

type DiscoveryPorts = { readonly files: FileSystem; readonly host: Host };

/** Headers whose functions lie in a library of their own (POSIX c99(1), "Standard Libraries"). */
const libraryOfHeader: Readonly<Record<string, string>> = { 'math.h': '-lm', 'pthread.h': '-pthread' };

/** Sources of one program that are followed; more is no program that a folder's files explain. */
const mostSources = 500;

/**
 * The C programs of a folder. One `main`: all its sources are one program. Several: each is a program of its own file
 * and of what it includes. A test beside a program is none. A folder whose Go files use cgo holds none: its C files are
 * part of that package.
 */
export async function cProgramsIn(
  ports: DiscoveryPorts,
  directory: string,
  names: readonly string[],
): Promise<readonly CProgram[]> {
  const { host } = ports;
  const paths = names
    .filter((it) => it.endsWith('.c'))
    .sort()
    .map((it) => host.join(directory, it));
  if (paths.length === 0 || paths.length > mostSources) return [];
  const read = createReader(ports);
  const sources = await Promise.all(paths.map(async (path) => ({ path, source: await read(path) })));
  const all = sources.filter(({ source }) => source?.hasMain).map(({ path }) => path);
  const products = all.filter((it) => !isTestSource(host.basename(it)));
  const mains = products.length > 0 ? products : all;
  if (mains.length === 0 || (await usesCgo(ports, directory, names))) return [];
  const [main] = mains;
  const others = sources.filter(({ path }) => mains.includes(path) || !all.includes(path));
  const own = mains.length === 1 ? withoutIncluded(ports, others) : undefined;
  return Promise.all(
    mains.map(async (path) => {
      const program = await closure(ports, read, own ?? [path]);
      const name = mains.length === 1 && main !== undefined ? directory : path.replace(/\.c$/, '');
      return { name: host.basename(name), directory, main: path, ...program };
    }),
  );
}

type Reader = (path: string) => Promise<CSource | undefined>;

function createReader({ files }: DiscoveryPorts): Reader {
  const known = new Map<string, Promise<CSource | undefined>>();
  return (path) => {
    const source =
      known.get(path) ??
      files
        .readText(path)
        .catch(() => undefined)
        .then((text) => (text === undefined ? undefined : readCSource(text)));
    known.set(path, source);
    return source;
  };
}

/** A source that another one includes (`#include "tables.c"`) is compiled there. */
function withoutIncluded(
  { host }: DiscoveryPorts,
  sources: readonly { readonly path: string; readonly source: CSource | undefined }[],
): readonly string[] {
  const included = new Set(
    sources.flatMap(({ path, source }) =>
      (source?.quoted ?? []).map((name) => host.join(host.dirname(path), name)),
    ),
  );
  return sources.map(({ path }) => path).filter((path) => !included.has(path));
}

/**
 * Follows includes: the source beside an included header of another place belongs to the program too (`list.h`,
 * `list.c`), and the folder in which a header is found is searched. Headers that are nowhere are the system's.
 */
async function closure(
  ports: DiscoveryPorts,
  read: Reader,
  start: readonly string[],
): Promise<Pick<CProgram, 'sources' | 'includes' | 'ldflags'>> {
  const { host, files } = ports;
  const isFile = async (path: string): Promise<boolean> =>
    (await files.stat(path).catch(() => undefined))?.kind === 'file';
  const sources = new Set(start);
  const includes = new Set<string>();
  const ldflags = new Set<string>();
  const seen = new Set<string>();
  const waiting = [...start];
  for (let path = waiting.pop(); path !== undefined && seen.size < mostSources; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const source = await read(path);
    for (const name of source?.angled ?? []) {
      const flag = libraryOfHeader[name];
      if (flag !== undefined) ldflags.add(flag);
    }
    for (const [name, isQuoted] of includesOf(source)) {
      const found = await findHeader(ports, host.dirname(path), name, isQuoted);
      if (found === undefined) continue;
      if (found.folder !== undefined) includes.add(found.folder);
      waiting.push(found.path);
      const beside = found.path.replace(/\.h$/, '.c');
      if (beside === found.path || sources.has(beside) || !(await isFile(beside))) continue;
      if ((await read(beside))?.hasMain) continue;
      sources.add(beside);
      waiting.push(beside);
    }
  }
  return { sources: [...sources].sort(), includes: [...includes].sort(), ldflags: [...ldflags].sort() };
}

function includesOf(source: CSource | undefined): readonly (readonly [name: string, isQuoted: boolean])[] {
  return [
    ...(source?.quoted ?? []).map((name) => [name, true] as const),
    ...(source?.angled ?? []).map((name) => [name, false] as const),
  ];
}

/** Beside the file, as compilers look for quoted names, else in the folders where projects keep headers. */
async function findHeader(
  { host, files }: DiscoveryPorts,
  directory: string,
  name: string,
  isQuoted: boolean,
): Promise<{ readonly path: string; readonly folder?: string } | undefined> {
  const parent = host.dirname(directory);
  const usual = [host.join(directory, 'include'), host.join(parent, 'include')];
  const folders = isQuoted ? [undefined, ...usual, parent] : usual;
  for (const folder of folders) {
    const path = host.join(folder ?? directory, name);
    if ((await files.stat(path).catch(() => undefined))?.kind !== 'file') continue;
    return folder === undefined ? { path } : { path, folder };
  }
  return undefined;
}

async function usesCgo(
  { files, host }: DiscoveryPorts,
  directory: string,
  names: readonly string[],
): Promise<boolean> {
  for (const name of names) {
    if (!name.endsWith('.go') || name.endsWith('_test.go')) continue;
    const text = await files.readText(host.join(directory, name)).catch(() => undefined);
    if (text === undefined || !text.includes('"C"')) continue;
    const { imports, head } = scanGoSource(text);
    // A script under this constraint is no part of the package.
    if (imports.some((it) => it.path === 'C') && !/^\/\/go:build ignore\b/m.test(head)) return true;
  }
  return false;
}
