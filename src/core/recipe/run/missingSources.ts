import { findUpward } from '../../build/workspaceScan.js';
import type { Ports } from '../../ports.js';

type SourcePorts = Pick<Ports, 'files' | 'host'>;

/**
 * Why a checkout is not whole, by go's words, and what brings the rest: files that `//go:embed` takes in and that
 * another build makes, a module that go.mod replaces by a folder which is not here. Undefined where it is something
 * else.
 */
export async function missingSources(
  ports: SourcePorts,
  log: string,
  directory: string,
): Promise<string | undefined> {
  return (await missingEmbed(ports, log, directory)) ?? (await missingReplacement(ports, log, directory));
}

/**
 * cmd/go/internal/load/pkg.go, resolveEmbed: "web/embed.go:5:12: pattern public/*: no matching files found", or "cannot
 * embed directory public: contains no embeddable files".
 */
async function missingEmbed(ports: SourcePorts, log: string, directory: string): Promise<string | undefined> {
  const { files, host } = ports;
  const [, file, line, pattern, empty] =
    /(?:^|\s)(\S+?\.go):(\d+)(?::\d+)?: pattern (\S+): (?:no matching files found|cannot embed directory (\S+): contains no embeddable files)/m.exec(
      log,
    ) ?? [];
  if (file === undefined || pattern === undefined) return undefined;
  const path = host.isAbsolute(file) ? file : host.join(directory, file);
  const wanted = (empty ?? pattern).replace(/^(?:"|all:)|"$/g, '');
  const place = `${shown(ports, directory, path)}:${line ?? ''}`;
  const problem = `There are no files ${wanted} for the //go:embed in ${place}.`;
  const script = await buildScript(ports, host.dirname(path), directory);
  if (script !== undefined)
    return `${problem} They are made by another build: ${script} is likely to make them. Run it first, or as a \`run\` step of the recipe.`;
  const generates = await hasGenerate(files, path);
  return generates
    ? `${problem} That file has a //go:generate: run it first, as \`generate\` of the step does.`
    : `${problem} They are made by another build, or are not checked out.`;
}

/** The nearest package.json with a script `build`, at or above a folder and not above the module. */
async function buildScript(ports: SourcePorts, start: string, top: string): Promise<string | undefined> {
  const { files, host } = ports;
  const folder = await findUpward(ports, start, 'package.json');
  if (folder === undefined || host.relative(top, folder).startsWith('..')) return undefined;
  const text = (await files.readText(host.join(folder, 'package.json')).catch(() => undefined)) ?? '';
  if (!/"build"\s*:/.test(text)) return undefined;
  const isYarn = (await files.stat(host.join(folder, 'yarn.lock')).catch(() => undefined)) !== undefined;
  const where = shown(ports, top, folder);
  const command = isYarn ? 'yarn install && yarn build' : 'npm install && npm run build';
  return `\`${command}\`${where === '.' ? '' : ` in ${where}`}`;
}

async function hasGenerate(files: Ports['files'], path: string): Promise<boolean> {
  const text = await files.readText(path).catch(() => undefined);
  return /^\/\/go:generate\s/m.test(text ?? '');
}

/**
 * cmd/go/internal/modload: "main.go:3:8: example.com/garden@v0.0.0: replacement directory ../garden does not exist", or where
 * the graph is needed first "example.com/garden@v0.0.0 (replaced by ../garden): reading ../garden/go.mod: open …".
 */
const replacement =
  /([^\s:@]+)(?:@\S+)?(?:: replacement directory (\S+) does not exist| \(replaced by (\S+?)\): reading \S+: open .*: no such file)/;

async function missingReplacement(
  ports: SourcePorts,
  log: string,
  directory: string,
): Promise<string | undefined> {
  const { host } = ports;
  const [, module = '', named, replaced] = replacement.exec(log) ?? [];
  const folder = named ?? replaced;
  if (folder === undefined) return undefined;
  const base = (await findUpward(ports, directory, 'go.mod')) ?? directory;
  const path = host.isAbsolute(folder) ? folder : host.join(base, folder);
  const problem = `go.mod takes ${module} from ${folder}, and ${path} is not there.`;
  const submodule = await submoduleAt(ports, path, directory);
  if (submodule !== undefined)
    return `${problem} It is a submodule: \`git submodule update --init ${submodule.path}\` in ${submodule.repository} brings it.`;
  return `${problem} Check it out there, or take the released module: \`go mod edit -dropreplace=${module}\`.`;
}

/** The submodule that is to lie at a path, by the .gitmodules above a folder. */
async function submoduleAt(
  ports: SourcePorts,
  path: string,
  below: string,
): Promise<{ readonly repository: string; readonly path: string } | undefined> {
  const { files, host } = ports;
  const repository = await findUpward(ports, below, '.gitmodules');
  if (repository === undefined) return undefined;
  const text = (await files.readText(host.join(repository, '.gitmodules')).catch(() => undefined)) ?? '';
  const wanted = host.relative(repository, path).replaceAll('\\', '/');
  const paths = [...text.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map(([, it = '']) => it);
  return paths.includes(wanted) ? { repository, path: wanted } : undefined;
}

function shown({ host }: SourcePorts, from: string, path: string): string {
  const relative = host.relative(from, path).replaceAll('\\', '/');
  return relative === '' ? '.' : relative.startsWith('..') ? path : relative;
}
