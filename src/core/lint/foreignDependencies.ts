import {
  loadPackageGraph,
  shortestChain,
  type GraphPackage,
  type PackageGraph,
} from '../diagnosis/resolve/packageGraph.js';
import type { CancelSignal, Ports } from '../ports.js';
import type { Target } from '../target/target.js';
import type { LintFinding, LintScene } from './lint.js';
import { importSpan, type ReadGo } from './packageFiles.js';
import { adviceFor, namedWithReasons, toPackageFile, type PackageFile } from './packageIndex.js';

interface Question {
  /** Absolute folder of the module. */
  readonly module: string;
  readonly go: string;
  readonly scene: Pick<LintScene, 'targets' | 'tags'>;
  readonly read: ReadGo;
  readonly signal?: CancelSignal;
}

/**
 * Packages of other modules that have no file for a target, at the import of our own that leads to them. Go is asked,
 * for only it knows where modules are; nothing is downloaded.
 */
export async function lintDependencies(
  ports: Pick<Ports, 'runner' | 'host' | 'files'>,
  { module, go, scene, read, signal }: Question,
): Promise<readonly LintFinding[]> {
  const findings: LintFinding[] = [];
  for (const target of scene.targets) {
    const graph = await loadPackageGraph(ports, {
      go,
      directory: module,
      pattern: './...',
      target,
      tags: scene.tags,
      env: {},
      ...(signal === undefined ? {} : { signal }),
    });
    for (const empty of emptyPackages(graph)) {
      const finding = await toFinding(ports, graph as PackageGraph, empty, {
        target,
        tags: scene.tags,
        read,
      });
      if (finding !== undefined) findings.push(finding);
    }
  }
  return findings;
}

/** Found, and without any Go file for the target; a package that is not there has no folder. */
function emptyPackages(graph: PackageGraph | undefined): readonly GraphPackage[] {
  return [...(graph?.packages.values() ?? [])].filter(
    (it) => !it.standard && !it.isOwn && it.directory !== '' && it.goFiles.length + it.cgoFiles.length === 0,
  );
}

async function toFinding(
  ports: Pick<Ports, 'host' | 'files'>,
  graph: PackageGraph,
  empty: GraphPackage,
  {
    target,
    tags,
    read,
  }: { readonly target: Target; readonly tags: readonly string[]; readonly read: ReadGo },
): Promise<LintFinding | undefined> {
  const foreign = await filesOf(ports, empty.directory);
  const chain = shortestChain(graph, new Set([empty.importPath]));
  if (foreign.length === 0 || chain === undefined) return undefined;
  const lastOwn = chain.findLastIndex((it) => it.isOwn);
  const importer = chain[lastOwn];
  const imported = chain[lastOwn + 1];
  if (importer === undefined || imported === undefined) return undefined;
  const at = await importIn(ports, importer, imported.importPath, read);
  if (at === undefined) return undefined;
  const through = chain.slice(lastOwn + 1, -1).map((it) => it.importPath);
  const way = through.length === 0 ? '' : ` (imported through ${through.join(' and ')})`;
  const files = namedWithReasons(foreign, target, tags);
  return {
    check: 'no-file-for-target',
    severity: 'warning',
    at,
    message: `Package ${empty.importPath}${way} has no file for the target: ${files}. ${adviceFor(target)}`,
    target,
    fixes: [],
  };
}

async function filesOf(
  { host, files }: Pick<Ports, 'host' | 'files'>,
  folder: string,
): Promise<readonly PackageFile[]> {
  const found: PackageFile[] = [];
  for (const name of await files.list(folder).catch((): readonly string[] => [])) {
    if (!name.endsWith('.go') || name.endsWith('_test.go')) continue;
    const text = await files.readText(host.join(folder, name)).catch(() => undefined);
    if (text !== undefined) found.push(toPackageFile(host.join(folder, name), name, text));
  }
  return found;
}

async function importIn(
  { host, files }: Pick<Ports, 'host' | 'files'>,
  importer: GraphPackage,
  path: string,
  read: ReadGo,
): Promise<LintFinding['at'] | undefined> {
  for (const name of [...importer.goFiles, ...importer.cgoFiles]) {
    const file = host.join(importer.directory, name);
    const text = await files.readText(file).catch(() => undefined);
    if (text?.includes(path) !== true) continue;
    const span = await importSpan(toPackageFile(file, name, text), path, read);
    if (span !== undefined) return span;
  }
  return undefined;
}
