import { buildEnvironment } from '../../build/buildEnvironment.js';
import type { MainPackage } from '../../build/build.js';
import { sourceFingerprint } from '../../build/sourceFingerprint.js';
import type { CrossbowConfig } from '../../config/config.js';
import type { CancelSignal, Ports, RunResult } from '../../ports.js';
import { levelEnvironment } from '../../target/levels.js';
import { targetId, type Target } from '../../target/target.js';
import { cgoListingFields, parseCgoListing, usesCgo, type CgoListed } from './cgoListing.js';
import { shortestChains, shortLabel } from './importChains.js';
import { createRemains } from './leftOut.js';
import { linkedNames } from './linkedNames.js';
import { createPackageSources, readNeeds, type PackageSources } from './packageSources.js';
import { pureAlternative } from './pureAlternatives.js';
import type { CgoReason, CgoRoute, ChainStep, WhyCgo } from './whyCgo.js';
import { withoutCgo } from './withoutCgo.js';

export interface WhyCgoQuestion {
  readonly go: string;
  readonly target: Target;
  /** Main packages of one module. */
  readonly packages: readonly MainPackage[];
  readonly config: CrossbowConfig;
  /** Modules that are not there stay so, where nobody asked for a download. */
  readonly offline: boolean;
  /** Asks go even where an answer is remembered: something changed while it was found. */
  readonly fresh: boolean;
  readonly signal?: CancelSignal;
}

type Known = Extract<WhyCgo, { kind: 'known' }>;

interface Remembered {
  readonly answer: WhyCgo;
  readonly directories: readonly string[];
  readonly fingerprint: Promise<string>;
}

/** Downloading the modules of a large program takes a while; beyond this, in milliseconds, there is no answer. */
const listLimit = 120_000;
/** The listing of ten thousand packages has some 40 million characters. */
const longestListing = 256 * 1024 * 1024;
/** Whatever go may take into a package, and what may come to be one. */
const sourceName =
  /\.(?:go|c|cc|cpp|cxx|m|f|F|for|f90|h|hh|hpp|hxx|s|S|sx|swig|swigcxx|syso)$|^go\.(?:mod|sum)$/;

/**
 * Answers why programs need C, from one `go list -deps` in the environment of a build with cgo on. An answer is
 * remembered until go.mod, go.sum or a source of the workspace changes.
 */
export function createWhyCgo(
  ports: Pick<Ports, 'runner' | 'files' | 'host'>,
): (question: WhyCgoQuestion) => Promise<WhyCgo> {
  const known = new Map<string, Remembered>();
  return async (question) => {
    const { target, packages, config } = question;
    const [first] = packages;
    if (first === undefined)
      return { kind: 'known', target, mains: [], packages: [], standard: [], links: [], problems: [] };
    const { moduleDirectory: cwd } = first;
    const tags = config.defaults.tags ?? [];
    const args = listArguments(ports, question, tags);
    const env = listEnvironment(ports, question, first);
    const key = JSON.stringify([question.go, cwd, args, targetId(target), env]);
    const stamp = (directories: readonly string[]): Promise<string> =>
      sourceFingerprint(ports, cwd, directories, (name) => sourceName.test(name));
    const remembered = question.fresh ? undefined : known.get(key);
    if (remembered && (await stamp(remembered.directories)) === (await remembered.fingerprint))
      return remembered.answer;

    const result = await ports.runner.run(question.go, args, {
      cwd,
      env,
      timeoutMs: listLimit,
      maxOutput: longestListing,
      ...(question.signal ? { signal: question.signal } : {}),
    });
    if (result.outcome.kind !== 'exited' || (result.outcome.code !== 0 && result.stdout === ''))
      return { kind: 'unknown', target, message: failure(result) };
    const listed = parseCgoListing(result.stdout);
    const answer = await explain(ports, listed, target, tags);
    // What is missing can appear without a change of what is there.
    if (answer.problems.length > 0) {
      known.delete(key);
      return answer;
    }
    const directories = foldersToWatch(listed.values());
    const fingerprint = stamp(directories);
    // Nobody waits for it now; a failure means that the next question is asked again.
    fingerprint.catch(() => known.delete(key));
    known.set(key, { answer, directories, fingerprint });
    return answer;
  };
}

/** Folders whose files can change: not the standard library's, and not the module cache's. */
function foldersToWatch(listed: Iterable<CgoListed>): readonly string[] {
  const folders = new Set<string>();
  for (const { standard, module, directory } of listed) {
    if (standard || module?.cached === true) continue;
    folders.add(directory);
    // Its go.mod decides, too, where a go.work or a replacement brings the module in.
    if (module?.directory !== undefined) folders.add(module.directory);
  }
  return [...folders];
}

function listArguments(
  { host }: Pick<Ports, 'host'>,
  { packages }: WhyCgoQuestion,
  tags: readonly string[],
): readonly string[] {
  const patterns = packages.map(({ directory, moduleDirectory }) => {
    const relative = host.relative(moduleDirectory, directory).replaceAll('\\', '/');
    return relative === '' ? '.' : `./${relative}`;
  });
  return [
    'list',
    '-deps',
    '-e',
    `-json=${cgoListingFields}`,
    ...(tags.length === 0 ? [] : ['-tags', tags.join(',')]),
    '--',
    ...patterns,
  ];
}

function listEnvironment(
  { host }: Pick<Ports, 'host'>,
  { target, config, offline }: WhyCgoQuestion,
  { outsideWorkspace }: MainPackage,
): Readonly<Record<string, string>> {
  const own = config.toolchains[targetId(target)];
  const { env } = buildEnvironment(host, {
    target,
    level: levelEnvironment(target),
    cgo: 'on',
    toolchain: {},
    config: { ...(outsideWorkspace ? { GOWORK: 'off' } : {}), ...config.defaults.env, ...own?.env },
    task: {},
  });
  return { ...env, CGO_ENABLED: '1', ...(offline ? { GOPROXY: 'off', GOTOOLCHAIN: 'local' } : {}) };
}

function failure({ outcome, stderr }: RunResult): string {
  const words = stderr.trim().replace(/^go: /, '');
  if (outcome.kind === 'timed-out') return `go list did not end within ${String(listLimit / 1000)} s.`;
  if (outcome.kind === 'not-started') return outcome.message;
  return words === '' ? 'go list failed.' : words;
}

async function explain(
  ports: Pick<Ports, 'files' | 'host'>,
  listed: ReadonlyMap<string, CgoListed>,
  target: Target,
  tags: readonly string[],
): Promise<Known> {
  const sources = createPackageSources(ports);
  const remains = createRemains(sources, ports.host, { packages: listed, target, tags });
  const all = [...listed.values()];
  const roots = all.filter((it) => it.isRoot);
  // runtime/cgo comes with any other, and asks for nothing of its own.
  const users = all.filter((it) => usesCgo(it) && it.importPath !== 'runtime/cgo');
  const goals = new Set(users.map((it) => it.importPath));
  const routes = new Map<string, CgoRoute[]>();
  for (const root of roots)
    for (const [goal, chain] of shortestChains(listed, root.importPath, goals)) {
      const route = { main: root.importPath, steps: await stepsOf(sources, chain) };
      routes.set(goal, [...(routes.get(goal) ?? []), route]);
    }
  const routesOf = ({ importPath }: CgoListed): readonly CgoRoute[] => routes.get(importPath) ?? [];
  const packages = await Promise.all(
    users
      .filter((it) => !it.standard)
      .map(async (item): Promise<CgoReason> => {
        const alternative = pureAlternative(item.importPath);
        return {
          importPath: item.importPath,
          label: shortLabel(item),
          directory: item.directory,
          ...(item.module === undefined ? {} : { modulePath: item.module.path }),
          routes: routesOf(item),
          needs: await readNeeds(sources, item),
          without: await withoutCgo(sources, ports.host, remains, {
            item,
            routes: routesOf(item),
            packages: listed,
          }),
          ...(alternative === undefined ? {} : { alternative }),
        };
      }),
  );
  const length = (it: CgoReason): number => it.routes[0]?.steps.length ?? Infinity;
  return {
    kind: 'known',
    target,
    mains: roots.map((it) => it.importPath),
    packages: packages.sort((a, b) => length(a) - length(b) || (a.importPath < b.importPath ? -1 : 1)),
    standard: users
      .filter((it) => it.standard)
      .map((it) => ({ importPath: it.importPath, label: it.importPath, routes: routesOf(it) })),
    links: all.filter(usesCgo).map((it) => ({
      importPath: it.importPath,
      libraries: linkedNames(it.linkFlags),
      pkgConfig: it.pkgConfig,
      languages: it.foreign.map(({ language }) => language),
    })),
    problems: all.flatMap(({ importPath, error }) =>
      error === undefined ? [] : [{ importPath, message: error }],
    ),
  };
}

function stepsOf(sources: PackageSources, chain: readonly CgoListed[]): Promise<readonly ChainStep[]> {
  return Promise.all(
    chain.map(async (item, at) => {
      const place = await sources.importPlace(item, chain[at + 1]?.importPath ?? 'C');
      return {
        importPath: item.importPath,
        label: shortLabel(item),
        ...(place === undefined ? {} : { place }),
      };
    }),
  );
}
