import { buildEnvironment } from '../../build/buildEnvironment.js';
import type { MainPackage } from '../../build/build.js';
import type { CrossbowConfig } from '../../config/config.js';
import type { CancelSignal, Ports } from '../../ports.js';
import { levelEnvironment } from '../../target/levels.js';
import { targetId, type Target } from '../../target/target.js';
import type { ToolchainReport } from '../../toolchain/toolchain.js';
import { toolchainEnvironment } from '../../toolchain/toolchainEnvironment.js';
import { linkedNames } from '../whyCgo/linkedNames.js';
import type { WhyCgo } from '../whyCgo/whyCgo.js';
import { libraryOrigin, type LibraryOrigin, type LinkRecord } from './libraryOrigins.js';
import type { SizeReport } from './sizeReport.js';

interface Options {
  readonly config: CrossbowConfig;
  readonly trusted: boolean;
  readonly signal?: CancelSignal;
}

interface Sources {
  readonly ports: Pick<Ports, 'runner' | 'host'>;
  readonly whyCgo: (target: Target, packages: readonly MainPackage[], options: Options) => Promise<WhyCgo>;
  readonly toolchains: (target: Target, options: Options) => Promise<ToolchainReport>;
}

/** By the name of each needed library; `undefined` where the program's sources are not known, so that nobody can tell. */
export type LibraryOrigins = Readonly<Record<string, LibraryOrigin>> | undefined;

/** How long pkg-config may take for a name, in milliseconds: it reads a few files. */
const pkgConfigLimit = 10_000;

/**
 * Tells which package brings each shared library that a program needs. A binary does not say: its build record names
 * program, target and tags, and the sources of the workspace have the `#cgo` lines.
 */
export function createLibraryOrigins(
  sources: Sources,
): (
  report: Pick<SizeReport, 'facts' | 'build'>,
  packages: readonly MainPackage[],
  options: Options,
) => Promise<LibraryOrigins> {
  return async ({ facts, build }, packages, options) => {
    const settings = facts.goBuildSettings ?? {};
    const target = builtFor(settings);
    const program = packages.find((it) => it.importPath === build.path);
    if (target === undefined || facts.neededLibraries.length === 0) return undefined;
    const origins = (record: LinkRecord): LibraryOrigins =>
      Object.fromEntries(facts.neededLibraries.map((name) => [name, libraryOrigin(name, record)]));
    if (settings['CGO_ENABLED'] === '0') return origins({ cgo: false, links: [], pkgConfig: new Map() });
    if (program === undefined) return undefined;

    const { config } = options;
    const tags = settings['-tags']?.split(',') ?? [];
    const asBuilt = { ...options, config: { ...config, defaults: { ...config.defaults, tags } } };
    const answer = await sources.whyCgo(target, [program], asBuilt);
    if (answer.kind !== 'known') return undefined;
    const { links } = answer;
    const modules = [...new Set(links.flatMap((it) => it.pkgConfig))];
    const pkgConfig = await askPkgConfig(sources, target, modules, program, options);
    return origins({ cgo: links.length > 0, links, pkgConfig });
  };
}

/** The target by the settings that Go's linker recorded; of levels only ARM's decides about the C side. */
function builtFor(settings: Readonly<Record<string, string>>): Target | undefined {
  const { GOOS: goos, GOARCH: goarch, GOARM: arm } = settings;
  if (goos === undefined || goarch === undefined) return undefined;
  const level = goarch === 'arm' ? /^[567]/.exec(arm ?? '')?.[0] : undefined;
  return { goos, goarch, ...(level === undefined ? {} : { level: `v${level}` }) };
}

async function askPkgConfig(
  { ports: { runner, host }, toolchains }: Sources,
  target: Target,
  modules: readonly string[],
  { moduleDirectory: cwd }: MainPackage,
  options: Options,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (modules.length === 0) return new Map();
  const { config } = options;
  const { chosen } = await toolchains(target, options);
  const { env } = buildEnvironment(host, {
    target,
    level: levelEnvironment(target),
    cgo: 'on',
    toolchain: chosen === undefined ? {} : toolchainEnvironment(chosen.toolchain),
    config: { ...config.defaults.env, ...config.toolchains[targetId(target)]?.env },
    task: {},
  });
  const answers = await Promise.all(
    modules.map(async (name) => {
      const { outcome, stdout } = await runner.run(
        env['PKG_CONFIG'] ?? 'pkg-config',
        ['--libs', '--', name],
        {
          cwd,
          env,
          timeoutMs: pkgConfigLimit,
        },
      );
      const isAnswered = outcome.kind === 'exited' && outcome.code === 0;
      return [name, isAnswered ? linkedNames(stdout.trim().split(/\s+/)) : []] as const;
    }),
  );
  return new Map(answers);
}
