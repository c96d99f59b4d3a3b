import { readArtifact } from './artifact/readArtifact.js';
import { verifyArtifact } from './artifact/verifyArtifact.js';
import { planEmulation } from './emulation/planEmulation.js';
import type { BuildRequest, BuildResult } from './build/build.js';
import { createCgoUseInspector } from './build/cgoUse.js';
import { discoverMainPackages } from './build/discoverMainPackages.js';
import { planBuild } from './build/planBuild.js';
import { runBuild, type BuildServices } from './build/runBuild.js';
import { hostGoos } from './build/buildEnvironment.js';
import type { BuildOptions, Crossbow, DiagnoseOptions, LogReader, ToolchainOptions } from './crossbow.js';
import type { Diagnosis } from './diagnosis/diagnosis.js';
import { createDiagnosisEngine } from './diagnosis/engine.js';
import type { Finding } from './diagnosis/finding.js';
import type { ResolveContext } from './diagnosis/resolve/inquiry.js';
import { resolveFindings } from './diagnosis/resolve/resolveFindings.js';
import { createGoEnvironmentReader } from './go/goEnvironment.js';
import { createLibraryOrigins } from './insight/size/createLibraryOrigins.js';
import { readSizeOf } from './insight/size/readSize.js';
import { answerWhyCgo } from './insight/whyCgo/answerWhyCgo.js';
import { createXrayBook } from './insight/xray/xrayBook.js';
import { createXrays } from './insight/xray/xrays.js';
import type { CrossbowConfig } from './config/config.js';
import type { GoStatus } from './go/goTool.js';
import { readGoStatus } from './go/goStatus.js';
import { readPorts } from './go/readPorts.js';
import { rememberAnswers } from './go/rememberAnswers.js';
import { createChecker } from './lint/createChecker.js';
import type { Ports } from './ports.js';
import { createRecipeLister } from './recipe/createRecipeLister.js';
import { recipeCgo } from './recipe/recipeCgo.js';
import { createRecipeRunner } from './recipe/run/createRecipeRunner.js';
import { createSsaService } from './ssa/createSsaService.js';
import type { Catalogue } from './target/catalogue.js';
import { createCatalogue } from './target/createCatalogue.js';
import { levelEnvironment } from './target/levels.js';
import { targetId, type Target } from './target/target.js';
import { createToolchainService } from './toolchain/createToolchainService.js';
import { toolchainEnvironment } from './toolchain/toolchainEnvironment.js';

/** What the composition roots say beside the ports. */
export interface CrossbowOptions {
  /** Go command or GOROOT from the settings, asked for each time: the setting may change. */
  readonly goPath?: () => string | undefined;
  /** Folder for what is remembered between runs: probes of toolchains, what go says of itself. */
  readonly cacheFolder: string;
  /** Folder with the built-in recipes' files: they lie beside the bundle. Absent: none are known. */
  readonly recipesFolder?: string;
  /** The running Node, to do what a shell does elsewhere on hosts without one. */
  readonly node?: string;
}

/** Joins the parts of the core to the façade that editor and command line share. */
export function createCrossbow(ports: Ports, options: CrossbowOptions): Crossbow {
  const asking = { ...ports, runner: rememberAnswers(ports, options.cacheFolder) };
  const go = rememberGo(asking, options);
  const catalogue = rememberCatalogue(asking, go);
  const goEnvironment = createGoEnvironmentReader(ports);
  const toolchains = createToolchainService(ports, {
    cacheFolder: options.cacheFolder,
    async goCompiler(target) {
      const status = await go();
      if (status.kind !== 'found') return undefined;
      const answer = await goEnvironment(status, target);
      return answer.ok ? answer.variables['CC'] : undefined;
    },
  });
  const surroundings = (toolchainOptions: ToolchainOptions): ResolveContext => ({
    config: toolchainOptions.config,
    trusted: toolchainOptions.trusted,
    toolchains: (target) => toolchains.report(target, toolchainOptions),
    ...(toolchainOptions.signal ? { signal: toolchainOptions.signal } : {}),
  });
  const cgoSupported = async (target: Target): Promise<boolean> =>
    (await portOf(catalogue, target))?.cgoSupported ?? true;
  const whyCgo = answerWhyCgo(ports, go, cgoSupported);
  const services: BuildServices = {
    ports,
    host: ports.host,
    xrays: createXrayBook(ports, ports.host.join(options.cacheFolder, 'xray')),
    cgoUse: createCgoUseInspector(ports),
    cgoSupported,
    toolchains: (target, toolchainOptions) =>
      toolchains.report(target, { ...toolchainOptions, chosenOnly: true }),
    levelEnvironment,
    toolchainEnvironment,
    readArtifact,
    verifyArtifact,
    async resolve(findings, { request, options: buildOptions, plan }) {
      return resolveFindings(
        findings,
        {
          ...surroundings(buildOptions),
          config: asRequested(buildOptions.config, request),
          target: request.target,
          catalogue: await catalogue(),
          directory: plan.cwd,
          pattern: plan.pattern,
          go: plan.go,
          env: Object.fromEntries(plan.environment.added),
          tags: request.tags ?? buildOptions.config.defaults.tags ?? [],
          ...(plan.cgo.kind === 'default' ? {} : { cgoEnabled: plan.cgo.kind !== 'off' }),
        },
        ports,
      );
    },
  };

  const ssa = createSsaService(asking, services, {
    cacheFolder: options.cacheFolder,
    go,
    ...(options.node === undefined ? {} : { node: options.node }),
  });

  function readLog(target?: Target, builtHere = false, compiler?: string): LogReader {
    const engine = createDiagnosisEngine({
      builtHere,
      ...(compiler === undefined ? {} : { compiler }),
      host: { goos: hostGoos(ports.host), goarch: ports.host.goarch },
      ...(target === undefined ? {} : { target }),
    });
    return {
      feed: (text) => {
        engine.feed(text);
      },
      end: (place) => resolveAt(engine.end(), { ...place, ...(target === undefined ? {} : { target }) }),
    };
  }

  /** Looks around where findings were made. */
  async function resolveAt(
    findings: readonly Finding[],
    { config, trusted, ...place }: DiagnoseOptions,
  ): Promise<readonly Diagnosis[]> {
    const status = await go();
    return resolveFindings(
      findings,
      {
        ...surroundings({ config, trusted }),
        ...place,
        catalogue: await catalogue(),
        ...(status.kind === 'found' ? { go: status.path } : {}),
      },
      ports,
    );
  }

  async function build(request: BuildRequest, buildOptions: BuildOptions): Promise<BuildResult> {
    const status = await go();
    if (status.kind !== 'found') return notBuilt(request, buildOptions, status);
    return runBuild(services, status, request, buildOptions);
  }

  return {
    go,
    catalogue,
    async mainPackages(folders, signal, target) {
      const status = await go();
      if (status.kind === 'found') return discoverMainPackages(ports, status.path, folders, signal, target);
      return { packages: [], problems: [], hasModule: false };
    },
    toolchains: (target, toolchainOptions) => toolchains.report(target, toolchainOptions),
    ssa: (request, ssaOptions) => ssa.dump(request, ssaOptions),
    build,
    async shellCommand(request, toolchainOptions) {
      const status = await go();
      const plan = await planBuild(
        services,
        status.kind === 'found' ? status.path : 'go',
        request,
        toolchainOptions,
      );
      return plan.shellCommand;
    },
    async diagnose(log, { target, ...diagnoseOptions }) {
      // A log that is diagnosed in its module's folder is of this machine; elsewhere it may be anyone's.
      const { directory } = diagnoseOptions;
      const builtHere =
        directory !== undefined &&
        (await ports.files.stat(ports.host.join(directory, 'go.mod'))) !== undefined;
      const reader = readLog(target, builtHere);
      reader.feed(log);
      return reader.end(diagnoseOptions);
    },
    readLog: (target) => readLog(target),
    ...createRecipeLister(ports, options.recipesFolder),
    ...createChecker(ports, async () => {
      const status = await go();
      return status.kind === 'found' ? status.path : undefined;
    }),
    ...createRecipeRunner({
      ports,
      go,
      build,
      toolchains: (target, of) => services.toolchains(target, of),
      whyCgo,
      readLog,
      resolve: resolveAt,
    }),
    recipeCgo: (recipe, target, of) => recipeCgo({ ports, go, whyCgo }, recipe, target, of),
    async emulation(artifact, { device, args, ...toolchainOptions }) {
      const { path, target, facts } = artifact;
      // Only a dynamic program has a loader to look for.
      const { chosen } =
        facts.interpreter === undefined ? {} : await services.toolchains(target, toolchainOptions);
      const status = await go();
      return planEmulation(ports, {
        path,
        target,
        facts,
        ...(device?.emulatorCpu === undefined ? {} : { emulatorCpu: device.emulatorCpu }),
        ...(chosen?.toolchain.sysroot === undefined ? {} : { sysroot: chosen.toolchain.sysroot }),
        ...(args === undefined ? {} : { args }),
        ...(status.kind === 'found' ? { goPath: status.path } : {}),
      });
    },
    whyCgo,
    size: (path) => readSizeOf(ports.files, path),
    libraryOrigins: createLibraryOrigins({
      ports,
      whyCgo,
      toolchains: (target, toolchainOptions) => services.toolchains(target, toolchainOptions),
    }),
    xrays: createXrays(ports, services.xrays),
  };
}

/**
 * The configuration as the build saw it, what the request said itself in its place: a fix that takes out or replaces
 * what is to blame then names it wherever it came from, and whoever applies it can tell (`yieldToFix`).
 */
function asRequested(config: CrossbowConfig, { target, env, ldflags, tags }: BuildRequest): CrossbowConfig {
  const id = targetId(target);
  const own = config.toolchains[id];
  return {
    ...config,
    defaults: {
      ...config.defaults,
      ...(ldflags === undefined ? {} : { ldflags }),
      ...(tags === undefined ? {} : { tags }),
    },
    toolchains:
      env === undefined || Object.keys(env).length === 0
        ? config.toolchains
        : { ...config.toolchains, [id]: { ...own, env: { ...own?.env, ...env } } },
  };
}

/** Go is looked up once per PATH and setting; one that was missing or broken is looked for again, for it may be there now. */
function rememberGo(ports: Ports, options: CrossbowOptions): () => Promise<GoStatus> {
  let known: { readonly key: string; readonly status: Promise<GoStatus> } | undefined;
  return async () => {
    const configured = options.goPath?.();
    const key = `${configured ?? ''}\0${ports.host.searchPath.join('\0')}`;
    if (known?.key !== key) known = { key, status: readGoStatus(ports, configured) };
    const current = known;
    const status = await current.status;
    if (status.kind !== 'found' && known === current) known = undefined;
    return status;
  };
}

function rememberCatalogue(ports: Ports, go: () => Promise<GoStatus>): () => Promise<Catalogue> {
  let known: { readonly version: string; readonly catalogue: Promise<Catalogue> } | undefined;
  return async () => {
    const status = await go();
    if (status.kind !== 'found') return createCatalogue();
    if (known?.version !== status.version) {
      known = {
        version: status.version,
        catalogue: readPorts(ports, status.path).then((list) =>
          list.ok ? createCatalogue(list.ports, status.version) : createCatalogue(),
        ),
      };
    }
    return known.catalogue;
  };
}

async function portOf(
  catalogue: () => Promise<Catalogue>,
  target: Target,
): Promise<Catalogue['ports'][number] | undefined> {
  const { ports } = await catalogue();
  return ports.find((it) => it.goos === target.goos && it.goarch === target.goarch);
}

/** A build that could not begin for want of Go; the reason goes where its output would have gone, too. */
function notBuilt(
  request: BuildRequest,
  options: BuildOptions,
  { kind, message }: Exclude<GoStatus, { kind: 'found' }>,
): BuildResult {
  options.onEvent?.({ kind: 'output', text: `${message}\n` });
  const advice =
    kind === 'missing'
      ? 'Install Go from https://go.dev/dl or your distribution, and put its bin folder on PATH.'
      : 'Install Go anew from https://go.dev/dl, or put another go command first on PATH.';
  return {
    target: request.target,
    importPath: request.package.importPath,
    outcome: 'failed',
    artifacts: [],
    diagnoses: [
      {
        cause: 'broken-goroot',
        confidence: 'certain',
        title: message,
        target: targetId(request.target),
        package: request.package.importPath,
        evidence: [{ line: 1, text: message }],
        fixes: [
          {
            kind: 'advice',
            title: kind === 'missing' ? 'Install Go' : 'Mend the Go installation',
            proven: false,
            edit: { kind: 'none', advice },
          },
        ],
      },
    ],
    shellCommand: '',
    durationMs: 0,
  };
}
