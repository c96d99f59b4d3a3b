import type { Discovery } from '../crossbow.js';
import type { CancelSignal, Ports, RunResult } from '../ports.js';
import { levelEnvironment } from '../target/levels.js';
import type { Target } from '../target/target.js';
import type { MainPackage } from './build.js';
import { isForeignMain } from './foreignMain.js';
import { listedFields, parsePackageList, type ListedPackage } from './packageList.js';
import { findUpward, isSkipped, scanWorkspace, type WorkspaceScan } from './workspaceScan.js';

type DiscoveryPorts = Pick<Ports, 'runner' | 'files' | 'host'>;
type Problem = Discovery['problems'][number];

interface ModuleListing {
  readonly packages: readonly MainPackage[];
  readonly problems: readonly Problem[];
}

/** Go may have to fetch modules before it can list; beyond this, in milliseconds, the module counts as not listable. */
const listLimit = 120_000;

/**
 * Every Go main package below the folders, each once, by folder. One `go list -find ./...` per module, with cgo on, so that
 * a program whose files all import "C" is seen; programs that only other platforms have are found by their
 * constraints. With a target only what has files for that target is found, as `go build ./...` leaves the rest out. A module that can't be listed is a problem with Go's own words, and the others go on.
 */
export async function discoverMainPackages(
  ports: DiscoveryPorts,
  go: string,
  folders: readonly string[],
  signal?: CancelSignal,
  target?: Target,
): Promise<Discovery> {
  const packages = new Map<string, MainPackage>();
  const problems: Problem[] = [];
  let hasModule = false;
  for (const folder of folders) {
    const scan = await scanWorkspace(ports, folder, signal);
    const starts = [...scan.modules];
    if (!starts.includes(folder) && (await findUpward(ports, folder, 'go.mod')) !== undefined)
      starts.unshift(folder);
    hasModule ||= starts.length > 0;
    for (const start of starts) {
      if (signal?.aborted) return { packages: [], problems, hasModule };
      const listing = await listModule(ports, go, start, scan, signal, target);
      for (const found of listing.packages) {
        if (!packages.has(found.directory)) packages.set(found.directory, found);
      }
      problems.push(...listing.problems);
    }
  }
  const sorted = [...packages.values()].sort((a, b) => (a.directory < b.directory ? -1 : 1));
  return { packages: withUniqueNames(sorted), problems, hasModule };
}

/** Programs of the same name (`cmd/server` in two modules) get more of their import path: they share a folder in dist. */
function withUniqueNames(packages: readonly MainPackage[]): readonly MainPackage[] {
  const count = new Map<string, number>();
  for (const { name } of packages) count.set(name, (count.get(name) ?? 0) + 1);
  return packages.map((it) => {
    if (count.get(it.name) === 1) return it;
    const others = packages.filter((other) => other !== it && other.name === it.name);
    const elements = it.importPath.split('/');
    let taken = 1;
    const tail = (importPath: string): string => importPath.split('/').slice(-taken).join('-');
    while (taken < elements.length && others.some((other) => tail(other.importPath) === tail(it.importPath)))
      taken++;
    return { ...it, name: tail(it.importPath) };
  });
}

/** What cmd/go/internal/modload says of a folder whose module go.work does not name: with -e in the package's error. */
const outsideWorkspaceWords = /modules listed in go\.work/;

async function listModule(
  ports: DiscoveryPorts,
  go: string,
  start: string,
  scan: WorkspaceScan,
  signal: CancelSignal | undefined,
  target: Target | undefined,
): Promise<ModuleListing> {
  const platform =
    target === undefined ? {} : { GOOS: target.goos, GOARCH: target.goarch, ...levelEnvironment(target) };
  const list = (env: Readonly<Record<string, string>>): Promise<RunResult> =>
    ports.runner.run(go, ['list', '-e', '-find', `-json=${listedFields}`, './...'], {
      cwd: start,
      env: { ...ports.host.env, ...platform, CGO_ENABLED: '1', LC_ALL: 'C', ...env },
      timeoutMs: listLimit,
      ...(signal ? { signal } : {}),
    });

  let result = await list({});
  // A module beside a go.work that does not name it can only be built without the workspace; Go says so in words.
  const outsideWorkspace = outsideWorkspaceWords.test(result.stderr + result.stdout);
  if (outsideWorkspace) result = await list({ GOWORK: 'off' });

  const moduleFolder = (await findUpward(ports, start, 'go.mod')) ?? start;
  if (result.outcome.kind === 'cancelled') return { packages: [], problems: [] };
  if (result.outcome.kind !== 'exited' || result.outcome.code !== 0) {
    return { packages: [], problems: [moduleProblem(ports, moduleFolder, result)] };
  }
  const { host } = ports;
  const listed = parsePackageList(result.stdout);
  const asMain = (directory: string, importPath: string, moduleDirectory: string): MainPackage => ({
    importPath,
    directory,
    moduleDirectory,
    name: programName(importPath),
    ...(outsideWorkspace ? { outsideWorkspace } : {}),
  });
  const mains = listed
    .filter(
      (it) => it.name === 'main' && it.directory !== '' && !isSkipped(host.relative(start, it.directory)),
    )
    .map((it) => asMain(it.directory, it.importPath, it.module?.directory ?? moduleFolder));
  const foreign = target === undefined ? await foreignMains(ports, moduleFolder, start, scan, listed) : [];
  return {
    packages: [...mains, ...foreign.map((it) => asMain(it.directory, it.importPath, moduleFolder))],
    problems: [],
  };
}

/** Folders of this module that `./...` left out, because none of their files is for this host. */
async function foreignMains(
  ports: DiscoveryPorts,
  moduleFolder: string,
  start: string,
  scan: WorkspaceScan,
  listed: readonly ListedPackage[],
): Promise<readonly { readonly directory: string; readonly importPath: string }[]> {
  const { files, host } = ports;
  const known = new Set(listed.map((it) => it.directory));
  const nested = scan.modules.filter((it) => it !== moduleFolder && isInside(ports, moduleFolder, it));
  const modulePath =
    listed.find((it) => it.module)?.module?.path ??
    /^\s*module\s+"?([^\s"]+)/m.exec((await files.readText(host.join(moduleFolder, 'go.mod'))) ?? '')?.[1];
  if (modulePath === undefined) return [];
  const found: { directory: string; importPath: string }[] = [];
  for (const [directory, names] of scan.goFolders) {
    if (known.has(directory) || !isInside(ports, start, directory)) continue;
    if (nested.some((it) => isInside(ports, it, directory))) continue;
    for (const name of names) {
      const text = await files.readText(host.join(directory, name)).catch(() => undefined);
      if (text === undefined || !isForeignMain(name, text)) continue;
      const relative = host.relative(moduleFolder, directory).replaceAll('\\', '/');
      found.push({ directory, importPath: relative === '' ? modulePath : `${modulePath}/${relative}` });
      break;
    }
  }
  return found;
}

function isInside({ host }: DiscoveryPorts, folder: string, path: string): boolean {
  const relative = host.relative(folder, path);
  return relative === '' || (!relative.startsWith('..') && !host.isAbsolute(relative));
}

/** The last element that is no major version, as the go command names programs (load.DefaultExecName). */
export function programName(importPath: string): string {
  const elements = importPath.split('/');
  const last = elements.at(-1) ?? importPath;
  const before = elements.at(-2);
  return before !== undefined && /^v(?:[2-9]|[1-9]\d+)$/.test(last) ? before : last;
}

function moduleProblem({ host }: DiscoveryPorts, moduleFolder: string, result: RunResult): Problem {
  const file = host.join(moduleFolder, 'go.mod');
  const { outcome } = result;
  switch (outcome.kind) {
    case 'timed-out':
      return { file, message: `go list did not end within ${listLimit / 1000} s.` };
    case 'not-started':
      return { file, message: outcome.message };
    default: {
      const text = result.stderr.trim();
      const place = /^(.*?go\.(?:mod|work)):(\d+)(?::\d+)?: (.*)$/m.exec(text);
      const message = place?.[3] ?? text.replace(/^go: /, '').replace(/^errors parsing \S+:\n/, '');
      if (place?.[1] === undefined) return { file, message: message === '' ? 'go list failed.' : message };
      const named = host.isAbsolute(place[1]) ? place[1] : host.join(moduleFolder, place[1]);
      return { file: named, line: Number(place[2]), message };
    }
  }
}
