import { findUpward } from '../build/workspaceScan.js';
import type { CancelSignal, Ports } from '../ports.js';
import { targetId } from '../target/target.js';
import type { LintScene } from './lint.js';
import { toPackageFile, type OwnPackage, type PackageFile } from './packageIndex.js';
import type { TextView } from './textCache.js';

/** The modules below the folders, and the one that a folder lies in. */
export async function rootModules(
  ports: Pick<Ports, 'files' | 'host'>,
  folders: readonly string[],
  modules: readonly string[],
): Promise<readonly string[]> {
  const around = await Promise.all(folders.map((it) => findUpward(ports, it, 'go.mod')));
  return [...new Set([...around.filter((it) => it !== undefined), ...modules])];
}

/** The packages of modules by import path, tests left out. */
export async function indexPackages(
  { host, files }: Pick<Ports, 'host' | 'files'>,
  modules: readonly string[],
  goFolders: ReadonlyMap<string, readonly string[]>,
  view: TextView,
  signal: CancelSignal | undefined,
): Promise<ReadonlyMap<string, OwnPackage>> {
  const packages = new Map<string, OwnPackage>();
  const paths = new Map<string, string>();
  for (const module of modules) {
    const text = await files.readText(host.join(module, 'go.mod')).catch(() => undefined);
    const path = /^\s*module\s+"?([^\s"]+)/m.exec(text ?? '')?.[1];
    if (path !== undefined) paths.set(module, path);
  }
  for (const [folder, names] of goFolders) {
    if (signal?.aborted) break;
    // The innermost module that the folder lies in.
    const module = [...paths.keys()]
      .filter((it) => !/^\.\.(?:[/\\]|$)/.test(host.relative(it, folder)))
      .sort((a, b) => b.length - a.length)[0];
    if (module === undefined) continue;
    const below = host.relative(module, folder).replaceAll('\\', '/');
    const importPath = [paths.get(module) ?? '', ...(below === '' ? [] : [below])].join('/');
    const read: (PackageFile | undefined)[] = [];
    for (const name of names) {
      const path = host.join(folder, name);
      read.push(await view.remembered(path, 'index', (it) => toPackageFile(path, name, it.text)));
    }
    packages.set(importPath, { importPath, folder, files: read.filter((it) => it !== undefined) });
  }
  return packages;
}

/** Changes whenever go could answer otherwise about a module's dependencies. */
export async function graphKey(
  { files, host }: Pick<Ports, 'files' | 'host'>,
  module: string,
  packages: ReadonlyMap<string, OwnPackage>,
  scene: LintScene,
): Promise<string> {
  const stats = await Promise.all(
    ['go.mod', 'go.sum', 'vendor/modules.txt'].map((it) =>
      files.stat(host.join(module, it)).catch(() => undefined),
    ),
  );
  const imports = [...packages.values()].flatMap((it) =>
    it.files.map((file) => `${file.path}:${file.head}:${file.imports.map((one) => one.path).join(',')}`),
  );
  return [
    module,
    scene.targets.map(targetId).join(' '),
    scene.tags.join(','),
    stats.map((it) => `${it?.mtimeMs ?? 0}:${it?.size ?? 0}`).join(' '),
    imports.join('\n'),
  ].join('\0');
}
