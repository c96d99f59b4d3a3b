import { findUpward } from '../../build/workspaceScan.js';
import type { CancelSignal, Ports } from '../../ports.js';

/** What a folder's sources say about their version. */
export interface SourceVersion {
  /** Without a leading `v`, as programs that compare versions parse it: `7.11.0`, `1.3.0-12-gabc1234-dirty`. */
  readonly version: string;
  /** The commit's full hash; empty without git. */
  readonly commit: string;
  /** When that commit was made, in seconds since 1970. */
  readonly epochSeconds?: number;
}

type VersionPorts = Pick<Ports, 'runner' | 'files' | 'host'>;

/** Git answers in milliseconds; with a cold disk and `--dirty` on a large tree, in seconds. */
const gitTimeoutMs = 20_000;

/** What holds where nothing says a version: a valid semantic version that is older than every release. */
const unknownVersion = '0.0.0-dev';

/**
 * Reads the version of the sources in a folder. A vendored copy's is that of vendor/modules.txt, for git would tell
 * the version of what it is vendored in. Else the nearest tag of git, then a VERSION file, then what an unpacked
 * release is called, and without all of them `0.0.0-dev`. To be called in trusted workspaces only: a repository's own configuration may name programs that git
 * starts.
 */
export async function readVersion(
  ports: VersionPorts,
  directory: string,
  signal?: CancelSignal,
): Promise<SourceVersion> {
  const [vendored, file, log] = await Promise.all([
    vendoredVersion(ports, directory),
    versionFile(ports, directory),
    // To start git only to hear that there is no repository takes longer than to look for one.
    (await isInRepository(ports, directory))
      ? git(ports, directory, ['log', '-1', '--format=%H %ct'], signal)
      : undefined,
  ]);
  const [commit = '', seconds] = log?.split(' ') ?? [];
  const epoch = /^\d+$/.test(seconds ?? '') ? { epochSeconds: Number(seconds) } : {};
  const tag =
    vendored !== undefined || commit === ''
      ? undefined
      : await git(ports, directory, ['describe', '--tags', '--dirty', '--match', '*[0-9].[0-9]*'], signal);
  const version = vendored ?? described(tag) ?? file ?? versionInName(ports, directory) ?? unknownVersion;
  return { version: version.replace(/^v(?=\d)/, ''), commit, ...epoch };
}

/** `.git` is a folder, and a file in submodules and further work trees; GIT_DIR names it where it is elsewhere. */
async function isInRepository({ files, host }: VersionPorts, directory: string): Promise<boolean> {
  if (host.env['GIT_DIR'] !== undefined) return true;
  for (let folder = directory; ; folder = host.dirname(folder)) {
    if ((await files.stat(host.join(folder, '.git')).catch(() => undefined)) !== undefined) return true;
    if (host.dirname(folder) === folder) return false;
  }
}

/** A tag that says a version, whatever stands before it: `v1.2`, `release-1.2`, `fly/v1.2`. Others name something else. */
function described(tag: string | undefined): string | undefined {
  return tag === undefined ? undefined : /(?:^|[/_-])(v?\d+(?:\.\d+)+\S*)$/.exec(tag)?.[1];
}

/** A release unpacked as hosts and the module cache name it: `concourse-7.11.0`, `runc@v1.3.0`. */
function versionInName({ host }: VersionPorts, directory: string): string | undefined {
  return /[@-](v?\d+(?:\.\d+)+(?:[-+][\w.+-]+)?)$/.exec(host.basename(directory))?.[1];
}

async function git(
  { runner, host }: VersionPorts,
  directory: string,
  args: readonly string[],
  signal: CancelSignal | undefined,
): Promise<string | undefined> {
  const result = await runner.run('git', ['-c', 'core.fsmonitor=false', ...args], {
    cwd: directory,
    env: { ...host.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    timeoutMs: gitTimeoutMs,
    ...(signal ? { signal } : {}),
  });
  if (result.outcome.kind !== 'exited' || result.outcome.code !== 0) return undefined;
  const text = result.stdout.trim();
  return text === '' ? undefined : text;
}

async function versionFile({ files, host }: VersionPorts, directory: string): Promise<string | undefined> {
  for (const name of ['VERSION', 'VERSION.txt', 'version', 'version.txt']) {
    const path = host.join(directory, name);
    if ((await files.stat(path).catch(() => undefined))?.kind !== 'file') continue;
    const text = await files.readText(path).catch(() => undefined);
    const version = /^\s*(v?\d+(?:\.\d+)+\S*)\s*$/.exec(text ?? '')?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** `# github.com/opencontainers/runc v1.3.0` or, replaced, `# a v1 => b v2` (cmd/go/internal/modcmd/vendor.go). */
async function vendoredVersion(ports: VersionPorts, directory: string): Promise<string | undefined> {
  const { files, host } = ports;
  const inside = /^(.*)[\\/]vendor[\\/](.+)$/.exec(directory);
  const [, outer, below] = inside ?? [];
  if (outer === undefined || below === undefined) return undefined;
  const text = await files.readText(host.join(outer, 'vendor', 'modules.txt')).catch(() => undefined);
  const path = below.replaceAll('\\', '/');
  for (const [, module = '', version = ''] of (text ?? '').matchAll(/^# (\S+) .*?(v\d\S*)\s*$/gm))
    if (path === module || path.startsWith(`${module}/`)) return version;
  return undefined;
}

/** The path of the module that a folder belongs to, as its go.mod has it; `undefined` outside of modules. */
export async function modulePathOf(
  ports: Pick<Ports, 'files' | 'host'>,
  directory: string,
): Promise<string | undefined> {
  const folder = await findUpward(ports, directory, 'go.mod');
  if (folder === undefined) return undefined;
  const text = await ports.files.readText(ports.host.join(folder, 'go.mod')).catch(() => undefined);
  return /^\s*module\s+"?([^\s"]+)/m.exec(text ?? '')?.[1];
}
