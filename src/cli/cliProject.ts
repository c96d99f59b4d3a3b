import { selectPackages } from '../core/build/selectPackages.js';
import type { MainPackage } from '../core/build/build.js';
import { isGopathMode, listGopathPrograms } from '../core/build/gopathPrograms.js';
import { findUpward, scanWorkspace } from '../core/build/workspaceScan.js';
import { emptyConfig, type CrossbowConfig } from '../core/config/config.js';
import { findConfigFile } from '../core/config/findConfigFile.js';
import { loadConfig } from '../core/config/loadConfig.js';
import type { Discovery } from '../core/crossbow.js';
import type { Host } from '../core/ports.js';
import type { Target } from '../core/target/target.js';
import { setupError, type CliContext } from './cliContext.js';

/** The project that a command works in. */
export interface CliProject {
  readonly config: CrossbowConfig;
  /** crossbow.yaml, where there is one. */
  readonly configFile?: string;
}

/** Reads the nearest crossbow.yaml. Errors in it end the command: a build with half a configuration proves nothing. */
export async function readProject(context: CliContext): Promise<CliProject> {
  const { ports, output } = context;
  const configFile = await findConfigFile(ports, context.cwd);
  if (configFile === undefined) return { config: emptyConfig };
  const text = await ports.files.readText(configFile);
  const { config, problems } = loadConfig(text ?? '', await context.crossbow.catalogue());
  const lines = problems.map((it) => `${configFile}:${it.line}:${it.column}: ${it.severity}: ${it.message}`);
  if (problems.some((it) => it.severity === 'error')) {
    throw setupError(lines.join('\n'), { file: configFile, problems });
  }
  for (const line of lines) output.note(`${output.stderr.yellow(line)}\n`);
  return { config, configFile };
}

export interface Selection {
  readonly packages: readonly MainPackage[];
  readonly problems: Discovery['problems'];
  /** Folder that holds `dist/`. */
  readonly root: string;
}

/**
 * The main packages that the arguments name. A pattern with `...` leaves out those without files for the target, as go
 * does. An argument that names none is wrong usage, unless its module is broken.
 */
export async function selectMainPackages(
  context: CliContext,
  project: CliProject,
  patterns: readonly string[],
  target: Target,
  env: Readonly<Record<string, string>> = {},
): Promise<Selection> {
  const { crossbow, cwd, ports } = context;
  const { host } = ports;
  const go = await crossbow.go();
  if (go.kind !== 'found') throw setupError(go.message);
  const wanted = patterns.length === 0 ? ['./...'] : patterns;
  const variables = { ...host.env, ...project.config.defaults.env, ...env };
  if (isGopathMode(variables)) {
    const isTree = wanted.every((it) => it.endsWith('...'));
    const found = await listGopathPrograms(ports, go.path, {
      folder: cwd,
      patterns: wanted.map((it) => localFolder(host, it)),
      env: variables,
      ...(isTree ? { target } : {}),
      signal: context.signal,
    });
    return { ...found, root: projectRoot(context, project, found, undefined) };
  }
  const moduleFolder = await findUpward(ports, cwd, 'go.mod');
  const home = project.configFile === undefined ? (moduleFolder ?? cwd) : host.dirname(project.configFile);
  const isAtHome = moduleFolder !== undefined || project.configFile !== undefined;
  const isUnbounded =
    patterns.length === 0 && !isAtHome && (await findUpward(ports, cwd, 'go.work')) === undefined;
  if (isUnbounded) {
    const { modules } = await scanWorkspace(ports, cwd, context.signal);
    if (modules.length > mostUnasked) throw setupError(tooMany(modules.length, 'modules', cwd));
  }
  const bases = await Promise.all(wanted.map((pattern) => searchBase(context, pattern, home)));
  const discover = (...target: [Target?]): Promise<Discovery> =>
    crossbow.mainPackages([...new Set(bases)], context.signal, ...target);
  const allTrees = wanted.every((it) => it.endsWith('...'));
  const discovery = allTrees ? await discover(target) : await discover();

  if (isUnbounded && discovery.packages.length > mostUnasked)
    throw setupError(tooMany(discovery.packages.length, 'programs', cwd));
  const packages = new Map<string, MainPackage>();
  for (const pattern of wanted) {
    const path = pattern.endsWith('.go')
      ? host.dirname(host.isAbsolute(pattern) ? pattern : host.join(cwd, pattern))
      : pattern;
    const found = selectPackages(path, discovery.packages, cwd, host);
    for (const it of found) packages.set(it.directory, it);
    if (found.length > 0 || discovery.problems.length > 0) continue;
    const unmoduled = discovery.hasModule ? undefined : await programWithoutModule(context, path);
    if (unmoduled !== undefined) return { packages: [], problems: [unmoduled], root: cwd };
    throw setupError(nothingFound(pattern, discovery, cwd));
  }
  const root = projectRoot(context, project, discovery, moduleFolder);
  return { packages: [...packages.values()], problems: discovery.problems, root };
}

/** `cmd/x` and `main.go` as go wants them: the folder, with `./` before it. */
function localFolder(host: Host, pattern: string): string {
  if (!pattern.endsWith('.go')) return pattern;
  const folder = host.dirname(pattern);
  return host.isAbsolute(folder) || folder.startsWith('.') ? folder : `./${folder}`;
}

/** A Go program in a folder that no go.mod is above of: a build that fails, not wrong usage. */
async function programWithoutModule(
  { cwd, ports: { host, files } }: CliContext,
  pattern: string,
): Promise<Discovery['problems'][number] | undefined> {
  const path = pattern.replace(/[/\\]?\.\.\.$/, '') || '.';
  const folder = host.isAbsolute(path) ? path : host.join(cwd, path);
  const names = await files.list(folder).catch((): readonly string[] => []);
  if (!names.some((it) => it.endsWith('.go') && !it.endsWith('_test.go'))) return undefined;
  return {
    file: host.join(folder, 'go.mod'),
    message:
      'go.mod was not found in this folder or above it. Make one with `go mod init`, or set GO111MODULE=off for a program below GOPATH.',
  };
}

/** Below a folder that is no project's, more programs than this are built only where a pattern asks for them. */
const mostUnasked = 20;

function tooMany(count: number, what: string, cwd: string): string {
  return (
    `${cwd} is in no Go module, and ${count} ${what} lie below it. ` +
    'Go to the project and build there, name what to build (crossbow build ./cmd/x), or say ./... to build them all.'
  );
}

/** Where to look for what a pattern names: its folder, or the whole project for an import path or a program's name. */
async function searchBase({ cwd, ports }: CliContext, pattern: string, home: string): Promise<string> {
  const { host, files } = ports;
  const path = pattern.replace(/[/\\]?\.\.\.$/, '');
  const absolute = host.isAbsolute(path) ? host.join(path) : host.join(cwd, path === '' ? '.' : path);
  const stat = await files.stat(absolute);
  if (stat?.kind === 'file') return host.dirname(absolute);
  return stat?.kind === 'directory' ? absolute : home;
}

function projectRoot(
  { cwd, ports }: CliContext,
  project: CliProject,
  discovery: Discovery,
  moduleFolder: string | undefined,
): string {
  const { host } = ports;
  if (project.configFile !== undefined) return host.dirname(project.configFile);
  if (discovery.packages.some((it) => isInside(host, cwd, it.moduleDirectory))) return cwd;
  return moduleFolder ?? cwd;
}

function isInside(host: Host, folder: string, path: string): boolean {
  const relative = host.relative(folder, path);
  return !relative.startsWith('..') && !host.isAbsolute(relative);
}

function nothingFound(pattern: string, discovery: Discovery, cwd: string): string {
  if (!discovery.hasModule) return `There is no Go module here: no go.mod in ${cwd}, above it or below it.`;
  const names = discovery.packages.slice(0, 8).map((it) => it.importPath);
  const known = names.length === 0 ? 'There is none below it.' : `There are: ${names.join(', ')}.`;
  return `No main package matches ${pattern}. ${known}`;
}
