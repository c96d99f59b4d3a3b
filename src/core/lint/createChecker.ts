import { scanWorkspace, type WorkspaceScan } from '../build/workspaceScan.js';
import type { CancelSignal, Ports } from '../ports.js';
import { targetId, type Target } from '../target/target.js';
import { readInterpreters } from './binfmt.js';
import { btrfsLint } from './btrfs.js';
import { dockerfileLint } from './dockerfile.js';
import { lintDependencies } from './foreignDependencies.js';
import { readGoFile, type GoFile } from './go/goFile.js';
import type { CheckProblem, FileLint, LintFinding, LintScene, SourceText } from './lint.js';
import { lintPackageFiles } from './packageFiles.js';
import { applyEdits, toProblems } from './problems.js';
import { graphKey, indexPackages, rootModules } from './readPackages.js';
import { registryImageLint } from './registryImage.js';
import { lintSeccomp, mentionsSeccomp } from './seccomp.js';
import { createTextCache, type TextView } from './textCache.js';

const fileLints: readonly FileLint[] = [registryImageLint, dockerfileLint, btrfsLint];

/** More files of these names than this are generated. */
const mostNamed = 5_000;

export interface CheckOptions {
  /** Absolute folders, everything below them is looked at but vendored code, test data and `dist`. */
  readonly folders: readonly string[];
  readonly targets: readonly Target[];
  readonly tags?: readonly string[];
  /** Texts that an editor has not saved, by absolute path. */
  readonly unsaved?: ReadonlyMap<string, string>;
  /** Files to look at although they lie elsewhere, such as vendored ones that are open. Absolute. */
  readonly also?: readonly string[];
  /** In an untrusted workspace go is not asked, so packages of other modules are not looked into. */
  readonly trusted: boolean;
  readonly signal?: CancelSignal;
}

export interface Checker {
  /** What would bite on the way to the targets. Empty where it was cancelled. */
  check(options: CheckOptions): Promise<readonly CheckProblem[]>;
  /** A file's text with the first fix of each of its problems made, one after the other; undefined without any. */
  mend(path: string, options: CheckOptions): Promise<string | undefined>;
}

/** `go`: the go command's path, undefined where there is none. */
export function createChecker(
  ports: Pick<Ports, 'files' | 'host' | 'runner'>,
  go: () => Promise<string | undefined>,
): Checker {
  const cache = createTextCache(ports.files);
  const graphs = new Map<string, Promise<readonly LintFinding[]>>();

  async function check(options: CheckOptions): Promise<readonly CheckProblem[]> {
    const { targets, signal } = options;
    if (targets.length === 0) return [];
    const scene = await sceneOf(ports, options);
    const wanted = (name: string): boolean => fileLints.some((it) => it.reads(name));
    const scans: WorkspaceScan[] = [];
    for (const folder of options.folders) scans.push(await scanWorkspace(ports, folder, signal, wanted));
    const view = cache.view(options.unsaved ?? new Map());
    const also = options.also ?? [];
    const named = new Set([...scans.flatMap((it) => it.named).slice(0, mostNamed), ...also]);
    const goFolders = new Map(scans.flatMap((it) => [...it.goFolders]));
    await addOpen(ports, goFolders, also);
    const modules = [...new Set(scans.flatMap((it) => it.modules))];
    const findings: LintFinding[] = [
      ...(await lintNamed([...named], view, scene, signal)),
      ...(await lintFolders(ports, goFolders, view, scene, signal)),
    ];
    const read = async (path: string): Promise<GoFile | undefined> => {
      const source = await view.source(path);
      return source === undefined ? undefined : readGoFile(source);
    };
    const roots = await rootModules(ports, options.folders, modules);
    const packages = await indexPackages(ports, roots, goFolders, view, signal);
    if (signal?.aborted) return [];
    findings.push(...(await lintPackageFiles(packages, scene, read)));
    const command = options.trusted ? await go() : undefined;
    for (const module of command === undefined ? [] : roots) {
      if (signal?.aborted) return [];
      // Imports decide what go answers; a change of anything else need not ask it again.
      const key = await graphKey(ports, module, packages, scene);
      const question = { module, go: command ?? '', scene, read };
      const known =
        graphs.get(key) ?? lintDependencies(ports, signal === undefined ? question : { ...question, signal });
      graphs.set(key, known);
      const found = await known;
      if (signal?.aborted) graphs.delete(key);
      findings.push(...found);
    }
    while (graphs.size > 20) graphs.delete(graphs.keys().next().value ?? '');
    return signal?.aborted ? [] : toProblems(findings);
  }

  /** The problems that a file's own text has; fast, for it is asked again after each fix. */
  async function checkAlone(
    path: string,
    text: string,
    options: CheckOptions,
  ): Promise<readonly CheckProblem[]> {
    const { host, files } = ports;
    const scene = await sceneOf(ports, options);
    const view = cache.view(new Map([...(options.unsaved ?? []), [path, text]]));
    const folder = host.dirname(path);
    const findings = path.endsWith('.go')
      ? await lintFolders(
          ports,
          new Map([[folder, (await files.list(folder)).filter(isSource)]]),
          view,
          scene,
          undefined,
        )
      : await lintNamed([path], view, scene, undefined);
    return toProblems(findings).filter((it) => it.file === path);
  }

  return {
    check,
    async mend(path, options) {
      const before = options.unsaved?.get(path) ?? (await ports.files.readText(path));
      if (before === undefined) return undefined;
      let text = before;
      // Each round makes one fix, and a fix that mends nothing ends it.
      const seen = new Set([text]);
      for (;;) {
        const problems = await checkAlone(path, text, options);
        const fix = problems
          .map((it) => it.fixes[0])
          .find((it) => it?.edits.every((edit) => edit.file === path));
        if (fix === undefined) break;
        text = applyEdits(text, fix.edits);
        if (seen.has(text)) break;
        seen.add(text);
      }
      return text === before ? undefined : text;
    },
  };
}

async function sceneOf(
  ports: Pick<Ports, 'files' | 'host'>,
  { targets, tags }: CheckOptions,
): Promise<LintScene> {
  const interpreter = await readInterpreters(ports);
  return { targets, tags: tags ?? [], hostGoarch: ports.host.goarch, interpreter };
}

function isSource(name: string): boolean {
  return name.endsWith('.go') && !name.endsWith('_test.go') && !/^[._]/.test(name);
}

async function lintNamed(
  paths: readonly string[],
  view: TextView,
  scene: LintScene,
  signal: CancelSignal | undefined,
): Promise<readonly LintFinding[]> {
  const findings: LintFinding[] = [];
  for (const path of paths) {
    if (signal?.aborted) return [];
    const lints = fileLints.filter((it) => it.reads(nameOf(path)));
    if (lints.length === 0) continue;
    const key = `${scene.targets.map(targetId).join(' ')} ${scene.targets.map((it) => JSON.stringify(scene.interpreter(it))).join(' ')}`;
    const found = await view.remembered(path, `file ${key}`, (it) =>
      lints.flatMap((lint) => lint.run(it, scene)),
    );
    findings.push(...(found ?? []));
  }
  return findings;
}

async function lintFolders(
  { host }: Pick<Ports, 'host'>,
  goFolders: ReadonlyMap<string, readonly string[]>,
  view: TextView,
  scene: LintScene,
  signal: CancelSignal | undefined,
): Promise<readonly LintFinding[]> {
  const findings: LintFinding[] = [];
  for (const [folder, names] of goFolders) {
    if (signal?.aborted) return [];
    const paths = names.map((it) => host.join(folder, it));
    let isConcerned = false;
    for (const path of paths)
      isConcerned ||= (await view.remembered(path, 'seccomp', (it) => mentionsSeccomp(it.text))) === true;
    if (!isConcerned) continue;
    const sources: SourceText[] = [];
    for (const path of paths) {
      const source = await view.source(path);
      if (source !== undefined) sources.push(source);
    }
    findings.push(...lintSeccomp(sources.map(readGoFile), scene));
  }
  return findings;
}

/** Folders of Go files that are open and lie outside of what is walked. */
async function addOpen(
  { files, host }: Pick<Ports, 'files' | 'host'>,
  goFolders: Map<string, readonly string[]>,
  also: readonly string[],
): Promise<void> {
  for (const path of also) {
    const folder = host.dirname(path);
    if (!isSource(host.basename(path)) || goFolders.has(folder)) continue;
    goFolders.set(folder, (await files.list(folder)).filter(isSource));
  }
}

function nameOf(path: string): string {
  return path.replace(/^.*[\\/]/, '');
}
