import type { WorkspaceScan } from '../../build/workspaceScan.js';
import type { Target } from '../../target/target.js';
import type { BuiltIn, Variables } from './builtInFile.js';
import { programIn, type ProgramPorts } from './resolveProgram.js';
import { modulePathOf } from './versionSource.js';

/** Sources that a built-in recipe fits. */
export interface FoundSources {
  /** Absolute. */
  readonly directory: string;
  /** What the recipe is told of them. */
  readonly variables: Variables;
}

/** A module of the workspace. */
export interface FoundModule {
  readonly directory: string;
  readonly path: string;
}

/** Workers run on Linux, on any CPU: what is a program only elsewhere is no reason to offer a recipe. */
const anyLinux: Target = { goos: 'linux', goarch: 'arm64' };

/** The modules that walks through folders met, each once, parents before children. */
export async function findModules(
  ports: ProgramPorts,
  scans: readonly WorkspaceScan[],
): Promise<readonly FoundModule[]> {
  const directories = [...new Set(scans.flatMap((it) => it.modules))];
  const paths = await Promise.all(directories.map((it) => modulePathOf(ports, it)));
  return directories.flatMap((directory, index) => {
    const path = paths[index];
    return path === undefined ? [] : [{ directory, path }];
  });
}

/**
 * Sources that fit, best first: modules of the very path, then those of the same layout (forks), and only where there
 * is neither, copies under vendor/.
 */
export async function findSources(
  ports: ProgramPorts,
  { match }: BuiltIn,
  modules: readonly FoundModule[],
): Promise<readonly FoundSources[]> {
  if (match.recipes.length > 0) return [];
  const exact = modules.filter((it) => match.modules.includes(withoutMajor(it.path)));
  const others = modules.filter((it) => !exact.includes(it));
  const fits = await Promise.all(others.map((it) => hasLayout(ports, it.directory, match)));
  const checkouts = [...exact, ...others.filter((_, index) => fits[index])];
  const found = checkouts.length === 0 && match.vendored ? await vendored(ports, match, modules) : checkouts;
  return found.map(({ directory, path }) => {
    const type = match.hasType ? typeOf(path, ports.host.basename(directory)) : undefined;
    return {
      directory,
      variables: {
        module: path,
        ...(type === undefined ? {} : { type, ...match.variablesOfType[type] }),
      },
    };
  });
}

async function hasLayout(ports: ProgramPorts, directory: string, match: BuiltIn['match']): Promise<boolean> {
  const { files, host } = ports;
  if (match.programs.length === 0) return false;
  for (const folder of match.folders)
    if ((await files.stat(host.join(directory, folder)).catch(() => undefined))?.kind !== 'directory')
      return false;
  for (const alternatives of match.programs) {
    const programs = await Promise.all(
      alternatives.map((it) => programIn(ports, host.join(directory, it), anyLinux)),
    );
    if (programs.every((it) => it === undefined)) return false;
  }
  return true;
}

async function vendored(
  ports: ProgramPorts,
  match: BuiltIn['match'],
  modules: readonly FoundModule[],
): Promise<readonly FoundModule[]> {
  const places = modules.flatMap(({ directory }) =>
    match.modules.map((path) => ({
      directory: ports.host.join(directory, 'vendor', ...path.split('/')),
      path,
    })),
  );
  const fits = await Promise.all(places.map((it) => hasLayout(ports, it.directory, match)));
  return places.filter((_, index) => fits[index]);
}

/** `registry-image` of `github.com/concourse/registry-image-resource/v2`; the folder's name where the path says nothing. */
function typeOf(path: string, folder: string): string {
  const last = (name: string): string => name.replace(/^concourse-/, '').replace(/-resource(?:-type)?$/, '');
  const own = last(withoutMajor(path).split('/').at(-1) ?? '');
  return own === '' || own === 'resource' ? last(folder) : own;
}

/** A module path without the suffix of its major version. */
function withoutMajor(path: string): string {
  return path.replace(/\/v(?:[2-9]|[1-9]\d+)$/, '');
}
