import type { CrossbowConfig } from '../../config/config.js';
import type { CancelSignal, Ports } from '../../ports.js';
import type { Catalogue } from '../../target/catalogue.js';
import type { Target } from '../../target/target.js';
import type { ToolchainReport } from '../../toolchain/toolchain.js';
import { type ConstrainedFile } from './goConstraint.js';
import { type GoSource, scanGoSource } from './goSource.js';
import { loadPackageGraph, type PackageGraph } from './packageGraph.js';

/** What resolution is told beside the findings. Only the configuration must be known. */
export interface ResolveContext {
  readonly config: CrossbowConfig;
  /** What was built for; absent: as the findings say. */
  readonly target?: Target;
  readonly catalogue?: Catalogue;
  /** Folder that go ran in: the log's relative paths start there. */
  readonly directory?: string;
  /** What was built, as a pattern for go below `directory`; absent: everything there. */
  readonly pattern?: string;
  /** Absolute path of the go command; without it no package is listed. */
  readonly go?: string;
  /** Variables of the build beside the host's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  /** Whether cgo was on in the build, where that is known. */
  readonly cgoEnabled?: boolean;
  /** False: nothing of the workspace is run, and go is not asked about it. */
  readonly trusted: boolean;
  /** The compilers for a target, probed. Asked only where a fix wants one. */
  readonly toolchains?: (target: Target) => Promise<ToolchainReport>;
  readonly signal?: CancelSignal;
}

/** A Go file that was read: what it says, and what decides whether it takes part. */
export interface ReadFile extends ConstrainedFile {
  readonly path: string;
  readonly source: GoSource;
}

/** Looks around on behalf of one log, each thing once. */
export interface Inquiry {
  readonly context: ResolveContext;
  readonly ports: Ports;
  /** The folder of the nearest go.mod at or above where go ran. */
  moduleDirectory(): Promise<string | undefined>;
  /** Packages of the build, for the target. `undefined` where go can't tell. */
  graph(target: Target): Promise<PackageGraph | undefined>;
  /** The Go files of a folder; empty where it can't be read. */
  goFiles(directory: string): Promise<readonly ReadFile[]>;
  text(path: string): Promise<string | undefined>;
  exists(path: string): Promise<boolean>;
  report(target: Target): Promise<ToolchainReport | undefined>;
}

export function createInquiry(context: ResolveContext, ports: Ports): Inquiry {
  const { files, host } = ports;
  const graphs = once((target: Target) => `${target.goos}/${target.goarch}/${target.level ?? ''}`, loadGraph);
  const folders = once((directory: string) => directory, readGoFiles);
  const texts = once(
    (path: string) => path,
    (path) => quietly(files.readText(path)),
  );
  const reports = once(
    (target: Target) => `${target.goos}/${target.goarch}/${target.level ?? ''}`,
    async (target) => (context.toolchains === undefined ? undefined : quietly(context.toolchains(target))),
  );
  const moduleFolder = once(() => '', findModule);

  async function findModule(): Promise<string | undefined> {
    if (context.directory === undefined) return undefined;
    for (let folder = context.directory; ;) {
      if (await exists(host.join(folder, 'go.mod'))) return folder;
      const parent = host.dirname(folder);
      if (parent === folder) return undefined;
      folder = parent;
    }
  }

  async function exists(path: string): Promise<boolean> {
    return (await quietly(files.stat(path))) !== undefined;
  }

  async function loadGraph(target: Target): Promise<PackageGraph | undefined> {
    const { go, directory, trusted, signal } = context;
    if (go === undefined || directory === undefined || !trusted) return undefined;
    const question = {
      go,
      directory: context.pattern === undefined ? ((await moduleFolder('')) ?? directory) : directory,
      pattern: context.pattern ?? './...',
      target,
      tags: context.tags ?? context.config.defaults.tags ?? [],
      env: context.env ?? {},
      ...(signal === undefined ? {} : { signal }),
    };
    return quietly(loadPackageGraph(ports, question));
  }

  async function readGoFiles(directory: string): Promise<readonly ReadFile[]> {
    const names = (await quietly(files.list(directory))) ?? [];
    const read = await Promise.all(
      names
        .filter((name) => name.endsWith('.go'))
        .map(async (name): Promise<ReadFile | undefined> => {
          const path = host.join(directory, name);
          const text = await texts(path);
          if (text === undefined) return undefined;
          const source = scanGoSource(text);
          const usesC = source.imports.some((item) => item.path === 'C');
          return { path, name, head: source.head, usesC, source };
        }),
    );
    return read.filter((item) => item !== undefined);
  }

  return {
    context,
    ports,
    moduleDirectory: () => moduleFolder(''),
    graph: graphs,
    goFiles: folders,
    text: texts,
    exists,
    report: reports,
  };
}

/** A log from elsewhere names files that aren't here, or may not be read: that is no failure of ours. */
async function quietly<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch {
    return undefined;
  }
}

function once<A, T>(
  keyOf: (argument: A) => string,
  work: (argument: A) => Promise<T>,
): (argument: A) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (argument) => {
    const key = keyOf(argument);
    const value = known.get(key) ?? work(argument);
    known.set(key, value);
    return value;
  };
}
