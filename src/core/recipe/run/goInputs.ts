import { parseJsonObjects } from '../../build/jsonStream.js';
import type { MainPackage } from '../../build/build.js';
import { programName } from '../../build/discoverMainPackages.js';
import { findUpward } from '../../build/workspaceScan.js';
import type { CancelSignal, Ports } from '../../ports.js';

/** What a go step is made of. */
export interface GoInputs {
  readonly mains: readonly MainPackage[];
  /** Every file of the workspace that takes part, and what chooses the modules. */
  readonly files: readonly string[];
  /** Folders of packages: a new file there may take part, too. */
  readonly folders: readonly string[];
}

export type GoListing =
  | { readonly kind: 'ok'; readonly inputs: GoInputs }
  | { readonly kind: 'failed'; readonly log: string }
  | { readonly kind: 'cancelled' };

/** Lists of files in `go list -json` (cmd/go/internal/load.PackagePublic); those left out now may take part with cgo off. */
const fileFields = [
  'GoFiles',
  'CgoFiles',
  'CFiles',
  'CXXFiles',
  'MFiles',
  'HFiles',
  'FFiles',
  'SFiles',
  'SwigFiles',
  'SwigCXXFiles',
  'SysoFiles',
  'IgnoredGoFiles',
  'IgnoredOtherFiles',
  'EmbedFiles',
] as const;

const fields = ['ImportPath', 'Name', 'Dir', 'Standard', 'DepOnly', 'Module', ...fileFields].join(',');

const outsideWorkspaceWords = /modules listed in go\.work/;

interface GoListOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  readonly signal?: CancelSignal;
}

/** Asks go, with cgo on, what the packages are made of. Files of the module cache never change and are left out. */
export async function listGoInputs(
  ports: Pick<Ports, 'runner' | 'files' | 'host'>,
  go: string,
  directory: string,
  packages: readonly string[],
  { env, flags, signal }: GoListOptions,
): Promise<GoListing> {
  const { host } = ports;
  const patterns = await Promise.all(packages.map((it) => asPattern(ports, directory, it)));
  const list = (more: Readonly<Record<string, string>>) =>
    ports.runner.run(go, ['list', '-e', '-deps', `-json=${fields}`, ...flags, '--', ...patterns], {
      cwd: directory,
      env: { ...env, CGO_ENABLED: '1', LC_ALL: 'C', ...more },
      ...(signal === undefined ? {} : { signal }),
    });
  let result = await list({});
  const outsideWorkspace = outsideWorkspaceWords.test(result.stderr + result.stdout);
  if (outsideWorkspace) result = await list({ GOWORK: 'off' });
  if (result.outcome.kind === 'cancelled') return { kind: 'cancelled' };
  if (result.outcome.kind !== 'exited' || result.outcome.code !== 0) {
    const log = result.outcome.kind === 'not-started' ? result.outcome.message : result.stderr;
    return { kind: 'failed', log };
  }
  const moduleFolder = (await findUpward(ports, directory, 'go.mod')) ?? directory;
  const mains: MainPackage[] = [];
  const paths = new Set<string>();
  const folders = new Set<string>();
  const modules = new Set([moduleFolder]);
  for (const it of parseJsonObjects(result.stdout)) {
    const folder = it['Dir'];
    const importPath = it['ImportPath'];
    if (typeof folder !== 'string' || typeof importPath !== 'string' || it['Standard'] === true) continue;
    const module = readModule(it['Module']);
    if (it['Name'] === 'main' && it['DepOnly'] !== true)
      mains.push({
        importPath,
        directory: folder,
        moduleDirectory:
          module?.isMain === true && module.directory !== undefined ? module.directory : moduleFolder,
        name: programName(importPath),
        ...(outsideWorkspace ? { outsideWorkspace } : {}),
      });
    if (module?.isCached === true) continue;
    if (module?.directory !== undefined) modules.add(module.directory);
    folders.add(folder);
    for (const field of fileFields) {
      const names = it[field];
      if (Array.isArray(names))
        for (const name of names) if (typeof name === 'string') paths.add(host.join(folder, name));
    }
  }
  for (const folder of modules)
    for (const name of ['go.mod', 'go.sum', host.join('vendor', 'modules.txt')])
      paths.add(host.join(folder, name));
  const work = await findUpward(ports, directory, 'go.work');
  if (work !== undefined) for (const name of ['go.work', 'go.work.sum']) paths.add(host.join(work, name));
  return { kind: 'ok', inputs: { mains, files: [...paths].sort(), folders: [...folders].sort() } };
}

/** A folder gets the `./` without which go takes it for an import path. */
async function asPattern(
  { files, host }: Pick<Ports, 'files' | 'host'>,
  directory: string,
  text: string,
): Promise<string> {
  if (text.startsWith('.') || host.isAbsolute(text)) return text;
  const folder = text.replace(/[/\\]?\.\.\.$/, '');
  if (folder === '') return text;
  const stat = await files.stat(host.join(directory, folder)).catch(() => undefined);
  return stat?.kind === 'directory' ? `./${text}` : text;
}

function readModule(
  value: unknown,
): { readonly directory?: string; readonly isMain: boolean; readonly isCached: boolean } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const module = value as Readonly<Record<string, unknown>>;
  const replace = module['Replace'] as Readonly<Record<string, unknown>> | undefined;
  const version = replace === undefined ? module['Version'] : replace['Version'];
  const isMain = module['Main'] === true;
  const directory = module['Dir'];
  return {
    ...(typeof directory === 'string' ? { directory } : {}),
    isMain,
    // Vendored packages have a version, but no folder of the module cache.
    isCached: !isMain && typeof version === 'string' && typeof directory === 'string',
  };
}
