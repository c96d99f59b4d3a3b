import type { ToolchainOptions } from '../crossbow.js';
import type { Host } from '../ports.js';
import { targetId, type Target } from '../target/target.js';
import { companionVariables } from '../toolchain/toolchainSettings.js';
import type { ProbedToolchain, Toolchain, ToolchainReport } from '../toolchain/toolchain.js';
import type { BuildRequest } from './build.js';
import { buildEnvironment, isHostPort, type BuildEnvironment } from './buildEnvironment.js';
import { decideCgo, needsExternalLink, type CgoDecision } from './cgoDecision.js';
import type { CgoUseInspector } from './cgoUse.js';
import { artifactPath } from './outputFile.js';
import { staticLinkerFlags, staticTags } from './staticLink.js';
import { formatCommandLine, formatShellCommand } from './shellCommand.js';

/** What planning asks of the rest of Crossbow. */
export interface PlanServices {
  readonly host: Host;
  readonly cgoUse: CgoUseInspector;
  cgoSupported(target: Target): Promise<boolean>;
  toolchains(target: Target, options: ToolchainOptions): Promise<ToolchainReport>;
  levelEnvironment(target: Target): Readonly<Record<string, string>>;
  toolchainEnvironment(toolchain: Toolchain, target: Target): Readonly<Record<string, string>>;
}

/** One build, thought through: what is run, where, and with what. */
export interface BuildPlan {
  readonly go: string;
  readonly cwd: string;
  /** `./cmd/x` from `cwd`. */
  readonly pattern: string;
  /** Flags that decide what is built, for `go build` and `go list` alike. */
  readonly flags: readonly string[];
  readonly environment: BuildEnvironment;
  readonly cgo: CgoDecision;
  readonly toolchain?: ProbedToolchain;
  /** Import paths of all that the program is made of, in the order go builds them; absent where nobody had to ask. */
  readonly order?: readonly string[];
  /** Import paths of what needs C and is not Go's own; absent where nobody had to ask. */
  readonly cgoPackages?: readonly string[];
  /** The program is to need no loader and no shared library. */
  readonly static?: true;
  /** Absolute path of the artifact. */
  readonly output: string;
  /** First line of the output. */
  readonly commandLine: string;
  readonly shellCommand: string;
}

/** Plans a build. The toolchain is looked up only where the program needs one. */
export async function planBuild(
  services: PlanServices,
  go: string,
  request: BuildRequest,
  options: ToolchainOptions,
): Promise<BuildPlan> {
  const { host } = services;
  const { target } = request;
  const { defaults, toolchains } = options.config;
  const own = toolchains[targetId(target)];
  const tags = request.tags ?? defaults.tags ?? [];
  const ldflags = request.ldflags ?? defaults.ldflags;
  const flagsWith = (linker: string, more: readonly string[] = []): readonly string[] => [
    ...(tags.length + more.length === 0 ? [] : ['-tags', [...new Set([...tags, ...more])].join(',')]),
    ...(linker === '' ? [] : ['-ldflags', linker]),
    ...((request.trimpath ?? defaults.trimpath) ? ['-trimpath'] : []),
    ...(request.mod === undefined ? [] : [`-mod=${request.mod}`]),
  ];
  const asked = flagsWith(ldflags ?? '');
  const workspace: Record<string, string> = request.package.outsideWorkspace ? { GOWORK: 'off' } : {};
  const layers = {
    target,
    level: services.levelEnvironment(target),
    // Beside a compiler that was found, or that a variable names, the other keys of crossbow.yaml count as well.
    config: {
      ...workspace,
      ...defaults.env,
      ...companionVariables(own ?? {}),
      ...own?.env,
    } as Readonly<Record<string, string>>,
    task: request.env ?? {},
  };
  const cwd = request.package.moduleDirectory;
  const pattern = localPattern(host, cwd, request.package.directory);

  let order: readonly string[] | undefined;
  let cgoPackages: readonly string[] | undefined;
  const decided = await decideCgo({
    target,
    mode: request.cgo ?? own?.cgo ?? defaults.cgo ?? 'auto',
    env: { ...layers.config, ...layers.task },
    externalLink: needsExternalLink(
      target,
      ldflags,
      layers.task['GOFLAGS'] ?? layers.config['GOFLAGS'] ?? host.env['GOFLAGS'],
    ),
    hostPort: isHostPort(host, target),
    configured: own?.cc !== undefined,
    supported: () => services.cgoSupported(target),
    async use() {
      const use = await services.cgoUse.inspect({
        go,
        cwd,
        pattern,
        flags: asked,
        env: buildEnvironment(host, { ...layers, cgo: 'on', toolchain: {} }).env,
        ...(options.signal ? { signal: options.signal } : {}),
      });
      if (use.kind === 'known') {
        order = use.order;
        cgoPackages = use.packages.map((it) => it.importPath);
      }
      return use;
    },
    toolchains: () => services.toolchains(target, options),
  });

  const isStatic = request.static === true;
  // Left to itself, Go would use the host's C library for net and os/user.
  const cgo: CgoDecision = isStatic && decided.kind === 'default' ? { kind: 'off' } : decided;
  const toolchain = cgo.kind === 'on' ? cgo.toolchain : undefined;
  const linksC =
    cgo.kind === 'on' && (toolchain !== undefined || Boolean({ ...layers.config, ...layers.task }['CC']));
  // A static C library needs Go's linker to call the C linker always; what the build asks for comes after, and wins.
  const linker = [toolchain?.toolchain.ldflags ?? '', ldflags ?? ''].join(' ').trim();
  const flags = isStatic && linksC ? flagsWith(staticLinkerFlags(linker), staticTags) : flagsWith(linker);
  const environment = buildEnvironment(host, {
    ...layers,
    cgo: cgo.kind === 'refused' ? 'on' : cgo.kind,
    toolchain: toolchain === undefined ? {} : services.toolchainEnvironment(toolchain.toolchain, target),
  });
  const output = artifactPath(
    host,
    {
      target,
      root: request.root,
      name: request.package.name,
      ...(request.output === undefined ? {} : { output: request.output }),
    },
    defaults.output,
  );
  const command = { environment, program: 'go', args: ['build', ...flags, '-o', output, pattern] };
  return {
    go,
    cwd,
    pattern,
    flags,
    environment,
    cgo,
    ...(toolchain === undefined ? {} : { toolchain }),
    ...(order === undefined ? {} : { order }),
    ...(cgoPackages === undefined ? {} : { cgoPackages }),
    ...(isStatic ? { static: true } : {}),
    output,
    commandLine: formatCommandLine(command, host.platform),
    shellCommand: formatShellCommand({ ...command, directory: cwd }, host.platform),
  };
}

function localPattern(host: Host, cwd: string, directory: string): string {
  const relative = host.relative(cwd, directory).replaceAll('\\', '/');
  return relative === '' ? '.' : `./${relative}`;
}
