import { textField as text, textsField as texts } from '../../build/jsonFields.js';
import { parseJsonObjects } from '../../build/jsonStream.js';
import type { CancelSignal, Ports } from '../../ports.js';
import { levelEnvironment } from '../../target/levels.js';
import type { Target } from '../../target/target.js';

/** A package of a build, as `go list -deps -json` tells of it. */
export interface GraphPackage {
  readonly importPath: string;
  readonly name: string;
  readonly directory: string;
  readonly standard: boolean;
  /** Files that take part with cgo on, those with `import "C"` apart. */
  readonly goFiles: readonly string[];
  readonly cgoFiles: readonly string[];
  readonly imports: readonly string[];
  /** A package that was asked for, not one that another brings in. */
  readonly isRoot: boolean;
  /** Its files belong to the person: a main module's, or beside where the build ran. */
  readonly isOwn: boolean;
  readonly modulePath?: string;
}

export interface PackageGraph {
  readonly packages: ReadonlyMap<string, GraphPackage>;
}

export interface GraphQuestion {
  readonly go: string;
  readonly directory: string;
  readonly pattern: string;
  readonly target: Target;
  readonly tags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: CancelSignal;
}

const fields = 'ImportPath,Name,Dir,Standard,GoFiles,CgoFiles,Imports,DepOnly,Module';

/** Listing a large module takes some seconds on a cold disk. */
const listTimeoutMs = 30_000;

/**
 * Everything that the packages below a folder are built from, with cgo on, so that the packages which need it show.
 * Nothing is downloaded. `undefined` where go can't tell.
 */
export async function loadPackageGraph(
  ports: Pick<Ports, 'runner' | 'host'>,
  question: GraphQuestion,
): Promise<PackageGraph | undefined> {
  const { go, directory, target, tags, signal } = question;
  const args = [
    'list',
    '-e',
    '-deps',
    `-json=${fields}`,
    ...(tags.length === 0 ? [] : ['-tags', tags.join(',')]),
    question.pattern,
  ];
  const result = await ports.runner.run(go, args, {
    cwd: directory,
    env: {
      ...ports.host.env,
      ...question.env,
      GOOS: target.goos,
      GOARCH: target.goarch,
      ...levelEnvironment(target),
      CGO_ENABLED: '1',
      GOPROXY: 'off',
      LC_ALL: 'C',
    },
    timeoutMs: listTimeoutMs,
    maxOutput: 64 * 1024 * 1024,
    ...(signal === undefined ? {} : { signal }),
  });
  if (result.outcome.kind !== 'exited') return undefined;
  const packages = parseJsonObjects(result.stdout).map((json) => readPackage(json, directory));
  if (packages.length === 0) return undefined;
  return { packages: new Map(packages.map((item) => [item.importPath, item])) };
}

function readPackage(json: Readonly<Record<string, unknown>>, directory: string): GraphPackage {
  const module = json['Module'];
  const isModule = typeof module === 'object' && module !== null;
  const modulePath = isModule && 'Path' in module ? text(module.Path) : undefined;
  const isMain = isModule && 'Main' in module && module.Main === true;
  const place = text(json['Dir']) ?? '';
  const standard = json['Standard'] === true;
  return {
    importPath: text(json['ImportPath']) ?? '',
    name: text(json['Name']) ?? '',
    directory: place,
    standard,
    goFiles: texts(json['GoFiles']),
    cgoFiles: texts(json['CgoFiles']),
    imports: texts(json['Imports']),
    isRoot: json['DepOnly'] !== true,
    isOwn: isMain || (!isModule && !standard && place.startsWith(directory)),
    ...(modulePath === undefined ? {} : { modulePath }),
  };
}

/**
 * The shortest way from a package that was asked for to one of the wanted packages, both included. Ways that stay in
 * the person's own packages are not preferred: the shortest is the one that is easiest to understand.
 */
export function shortestChain(
  graph: PackageGraph,
  wanted: ReadonlySet<string>,
): readonly GraphPackage[] | undefined {
  const roots = [...graph.packages.values()].filter((item) => item.isRoot);
  // A program is where people start to read; its way is told before a library's.
  roots.sort((a, b) => Number(b.name === 'main') - Number(a.name === 'main'));
  const cameFrom = new Map<string, string | undefined>(roots.map((root) => [root.importPath, undefined]));
  const queue = roots.map((root) => root.importPath);
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (wanted.has(path)) return chainTo(graph, cameFrom, path);
    for (const next of graph.packages.get(path)?.imports ?? []) {
      if (cameFrom.has(next) || !graph.packages.has(next)) continue;
      cameFrom.set(next, path);
      queue.push(next);
    }
  }
  return undefined;
}

function chainTo(
  graph: PackageGraph,
  cameFrom: ReadonlyMap<string, string | undefined>,
  end: string,
): readonly GraphPackage[] {
  const chain: GraphPackage[] = [];
  for (let path: string | undefined = end; path !== undefined; path = cameFrom.get(path)) {
    const item = graph.packages.get(path);
    if (item !== undefined) chain.unshift(item);
  }
  return chain;
}
