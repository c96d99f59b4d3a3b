import { scanWorkspace, type WorkspaceScan } from '../../build/workspaceScan.js';
import { isIncluded } from '../../diagnosis/resolve/goConstraint.js';
import { scanGoSource } from '../../diagnosis/resolve/goSource.js';
import type { FileSystem, Host } from '../../ports.js';
import type { Target } from '../../target/target.js';
import type { CStep, GoStep, ProgramStep } from '../recipe.js';
import { cProgramsIn, type CProgram } from './cPrograms.js';
import { isForTests } from './forTests.js';
import { folderPattern } from './folderPattern.js';

export interface ProgramPorts {
  readonly files: FileSystem;
  readonly host: Host;
}

/** What lies in a folder that a step names. */
type Program = { readonly kind: 'go' } | { readonly kind: 'c'; readonly program: CProgram };

/**
 * The `go` or `c` step that a `program` step stands for: the first of its paths, and of the folders that a glob finds
 * the shallowest, which holds a program for the target. Go comes before C: C files beside a Go program are its own.
 * `undefined` where there is none. Starts no process.
 */
export async function resolveProgram(
  ports: ProgramPorts,
  step: ProgramStep,
  directory: string,
  target: Target,
): Promise<GoStep | CStep | undefined> {
  let scan: Promise<WorkspaceScan> | undefined;
  const isGlob = (path: string): boolean => path.includes('*');
  for (const path of step.paths) {
    const folders = isGlob(path)
      ? foldersLike(ports, path, directory, await (scan ??= scanWorkspace(ports, directory)))
      : [ports.host.join(directory, path)];
    for (const folder of folders) {
      const program = await programIn(ports, folder, target, step.go.tags ?? []);
      // What is named by its place is meant, what a glob meets may be a stand-in of the tests.
      if (program !== undefined && isGlob(path) && (await isForTests(ports, directory, folder))) continue;
      if (program !== undefined) return asStep(ports.host, step, directory, folder, program);
    }
  }
  return undefined;
}

/** The program in a folder, or the one of a C file, for the target. */
export async function programIn(
  ports: ProgramPorts,
  path: string,
  target: Target,
  tags: readonly string[] = [],
): Promise<Program | undefined> {
  const { host } = ports;
  const isFile = path.endsWith('.c');
  const folder = isFile ? host.dirname(path) : path;
  const names = await ports.files.list(folder).catch((): readonly string[] => []);
  if (!isFile && (await hasGoMain(ports, folder, names, target, tags))) return { kind: 'go' };
  const programs = await cProgramsIn(ports, folder, names);
  const program = isFile
    ? programs.find((it) => it.sources.includes(path))
    : (programs.find((it) => it.name === host.basename(folder)) ?? programs[0]);
  return program === undefined ? undefined : { kind: 'c', program };
}

/** Whether go would find a main package here when it builds for the target with cgo. */
async function hasGoMain(
  { files, host }: ProgramPorts,
  folder: string,
  names: readonly string[],
  target: Target,
  tags: readonly string[],
): Promise<boolean> {
  for (const name of names) {
    if (!name.endsWith('.go') || name.endsWith('_test.go')) continue;
    const text = await files.readText(host.join(folder, name)).catch(() => undefined);
    if (text === undefined) continue;
    const { packageName, head, imports } = scanGoSource(text);
    const usesC = imports.some((it) => it.path === 'C');
    if (packageName === 'main' && isIncluded({ name, head, usesC }, { target, cgo: true, tags })) return true;
  }
  return false;
}

/** Folders with sources that a glob names, those near the top first. */
function foldersLike(
  { host }: ProgramPorts,
  glob: string,
  directory: string,
  { goFolders, cFolders }: WorkspaceScan,
): readonly string[] {
  const pattern = folderPattern(glob);
  const depth = (path: string): number => path.split(/[\\/]/).length;
  return [...new Set([...goFolders.keys(), ...cFolders.keys()])]
    .filter((it) => pattern.test(posixRelative(host, directory, it)))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

function asStep(
  host: Host,
  { name, needs, line, output, static: isStatic, go, c }: ProgramStep,
  directory: string,
  folder: string,
  found: Program,
): GoStep | CStep {
  const base = {
    name,
    needs,
    ...(line === undefined ? {} : { line }),
    ...(isStatic === undefined ? {} : { static: isStatic }),
  };
  if (found.kind === 'go') {
    const relative = posixRelative(host, directory, folder);
    const packages = [relative === '' ? '.' : `./${relative}`];
    return { ...base, kind: 'go', packages, ...(output === undefined ? {} : { output }), ...go };
  }
  const { sources, includes = [], ldflags = [] } = cStepOf(host, directory, found.program);
  const allIncludes = [...(c.includes ?? []), ...includes];
  const allLdflags = [...(c.ldflags ?? []), ...ldflags];
  return {
    ...base,
    kind: 'c',
    ...c,
    sources,
    output: output ?? found.program.name,
    // What the step says itself comes before what was found.
    ...(allIncludes.length === 0 ? {} : { includes: allIncludes }),
    ...(allLdflags.length === 0 ? {} : { ldflags: allLdflags }),
  };
}

/** Sources and folders of a C program as a step of a recipe in `directory` writes them. */
export function cStepOf(
  host: Host,
  directory: string,
  { sources, includes, ldflags }: CProgram,
): Pick<CStep, 'sources' | 'includes' | 'ldflags'> {
  const all = (paths: readonly string[]): readonly string[] =>
    paths.map((it) => posixRelative(host, directory, it));
  return {
    sources: all(sources),
    ...(includes.length === 0 ? {} : { includes: all(includes) }),
    ...(ldflags.length === 0 ? {} : { ldflags }),
  };
}

/** A path below (or beside) a folder, with `/` whatever the host. */
export function posixRelative(host: Host, from: string, to: string): string {
  return host.relative(from, to).replaceAll('\\', '/');
}
