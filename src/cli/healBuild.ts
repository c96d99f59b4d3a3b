import type { BuildRequest, BuildResult } from '../core/build/build.js';
import { yieldToFix, yieldToTarget } from '../core/build/yieldToFix.js';
import { applyConfigChanges } from '../core/config/editConfig.js';
import { chooseFix, fixKey, type ChosenFix } from '../core/diagnosis/chooseFix.js';
import { changesOf, type Fix, type FixEdit } from '../core/diagnosis/diagnosis.js';
import { unattendedCommand } from '../core/diagnosis/unattendedCommand.js';
import type { Catalogue } from '../core/target/catalogue.js';
import { parseTarget } from '../core/target/parseTarget.js';
import { lineDiff } from '../core/text/lineDiff.js';
import { applyLineEdits } from '../core/text/lineEdits.js';
import { buildOne } from './buildOne.js';
import type { CliContext } from './cliContext.js';
import { readProject, type CliProject } from './cliProject.js';
import { runFixCommand } from './runFixCommand.js';

/** A fix that `--fix` came to, and what became of it. */
export interface FixRecord {
  readonly cause: string;
  readonly title: string;
  readonly proven: boolean;
  readonly edit: FixEdit;
  /** Whether it is in effect at the end. */
  readonly applied: boolean;
  /** What there is to say: why it is not in effect, which flags of the command line it replaces. */
  readonly note?: string;
}

export interface Healing {
  readonly result: BuildResult;
  readonly project: CliProject;
  readonly fixes: readonly FixRecord[];
}

export interface HealOptions {
  /** Shows the best fix and applies none. */
  readonly dryRun: boolean;
  /** Runs the commands that fixes consist of, such as the installation of packages. */
  readonly yes: boolean;
}

const onlyShown = 'Only shown, as --dry-run asks.';

/** A chain of fixes this long turns in a circle, whatever the diagnoses say. */
const mostFixes = 12;

/**
 * Builds, applies the best fix, and builds again, until the build is green or no fix is left that was not tried. A fix
 * that changed nothing about the failure is taken back before the next.
 */
export async function healBuild(
  context: CliContext,
  start: CliProject,
  first: BuildRequest,
  options: HealOptions,
): Promise<Healing> {
  const { ports } = context;
  const fixes: FixRecord[] = [];
  const tried = new Set<string>();
  const configFile = start.configFile ?? ports.host.join(first.root, 'crossbow.yaml');
  let [project, request] = [start, first];
  let result = await buildOne(context, project, request);
  while (result.outcome === 'failed' && fixes.length < mostFixes) {
    const chosen = chooseFix(result.diagnoses, { tried, commands: options.yes });
    if (chosen === undefined) break;
    tried.add(fixKey(chosen.fix));
    const before = await ports.files.readText(configFile);
    const source = await editedSources(context, chosen.fix.edit);
    const attempt = await apply(context, chosen, { configFile, before, source }, options);
    if (attempt.kind !== 'applied') {
      fixes.push(record(chosen, false, attempt.note));
      if (options.dryRun) break;
      continue;
    }
    const yielded = yieldTo(chosen.fix.edit, request, await context.crossbow.catalogue());
    const nextProject = await readProject(context);
    // What a command has installed may be looked for where nothing was a moment ago.
    const fresh = chosen.fix.edit.kind === 'command';
    const next = await buildOne(context, nextProject, yielded.request, { fresh });
    if (isSameFailure(result, next)) {
      await restore(context, configFile, before);
      for (const file of source) await restore(context, file.path, file.before);
      const note = fresh
        ? 'The command ended well, but the failure is the same.'
        : 'It changed nothing about the failure, and was taken back.';
      fixes.push(record(chosen, false, note));
      continue;
    }
    const { edit } = chosen.fix;
    const notes = [
      edit.kind === 'target' ? targetNote(edit.target) : undefined,
      leftOutNote(yielded.leftOut),
    ].filter((it) => it !== undefined);
    const note = notes.length === 0 ? undefined : notes.join(' ');
    fixes.push(record(chosen, true, note));
    [project, request, result] = [nextProject, yielded.request, next];
  }
  return { result, project, fixes };
}

/** A file that a fix rewrites. */
interface Rewritten {
  readonly path: string;
  /** Undefined: it is not there yet. */
  readonly before: string | undefined;
  readonly after: string;
}

interface Touched {
  readonly configFile: string;
  readonly before: string | undefined;
  readonly source: readonly Rewritten[];
}

/** The sources that a fix rewrites, as they will be; none where one is not any more what it was. */
async function editedSources({ ports }: CliContext, edit: FixEdit): Promise<readonly Rewritten[]> {
  if (edit.kind !== 'source') return [];
  const files: Rewritten[] = [];
  for (const path of new Set(edit.edits.map((it) => it.file))) {
    const before = (await ports.files.readText(path)) ?? '';
    const after = applyLineEdits(
      before,
      edit.edits.filter((it) => it.file === path),
    );
    if (after === undefined) return [];
    files.push({ path, before, after });
  }
  return files;
}

function showDiff(context: CliContext, { path, before, after }: Rewritten): void {
  const { output } = context;
  const diff = lineDiff(before ?? '', after);
  if (diff.length === 0) return;
  output.note(`${output.stderr.bold(`${before === undefined ? 'new file ' : ''}${path}`)}\n`);
  for (const line of diff) output.note(`${paint(context, line)}\n`);
}

type Attempt = { readonly kind: 'applied' } | { readonly kind: 'not-applied'; readonly note: string };

async function apply(
  context: CliContext,
  { diagnosis, fix }: ChosenFix,
  { configFile, before, source }: Touched,
  { dryRun }: HealOptions,
): Promise<Attempt> {
  const { output, ports } = context;
  const { stderr } = output;
  const edited = applyConfigChanges(before ?? '', changesOf(fix.edit));
  if (edited.kind === 'refused') return { kind: 'not-applied', note: edited.message };
  output.note(`${stderr.green('→')} ${fix.title} ${stderr.dim(`[${diagnosis.cause}]`)}\n`);
  if (fix.edit.kind === 'command') output.note(`${stderr.dim('$')} ${commandOf(fix.edit)}\n`);
  showDiff(context, { path: configFile, before, after: edited.text });
  for (const file of source) showDiff(context, file);
  if (fix.edit.kind === 'source' && source.length === 0)
    return { kind: 'not-applied', note: 'The source was changed meanwhile.' };
  if (dryRun) return { kind: 'not-applied', note: onlyShown };
  if (fix.edit.kind === 'command') {
    const problem = await runFixCommand(context, commandOf(fix.edit));
    if (problem !== undefined) return { kind: 'not-applied', note: problem };
  }
  if (edited.text !== (before ?? '')) await ports.files.writeText(configFile, edited.text);
  for (const { path, after } of source) await ports.files.writeText(path, after);
  return { kind: 'applied' };
}

function paint({ output: { stderr } }: CliContext, line: string): string {
  if (line.startsWith('+')) return stderr.green(line);
  if (line.startsWith('-')) return stderr.red(line);
  return stderr.dim(line);
}

/** As it is run: nobody is there to answer the package manager, and root needs no sudo. */
function commandOf(edit: Extract<FixEdit, { kind: 'command' }>): string {
  return unattendedCommand(edit.command, process.getuid?.() === 0);
}

async function restore(
  { ports: { files } }: CliContext,
  file: string,
  text: string | undefined,
): Promise<void> {
  if (text === undefined) await files.remove(file);
  else await files.writeText(file, text);
}

/** The same build without what would win over the fix, and for the target that it names. */
function yieldTo(
  edit: FixEdit,
  request: BuildRequest,
  catalogue: Catalogue,
): { readonly request: BuildRequest; readonly leftOut: readonly string[] } {
  const { choices, leftOut } = yieldToFix(request, request.target, changesOf(edit));
  const parsed = edit.kind === 'target' ? parseTarget(edit.target, catalogue) : undefined;
  if (parsed?.ok !== true) return { request: choices, leftOut };
  const named = yieldToTarget(choices, parsed.target);
  return {
    request: { ...named.choices, target: parsed.target },
    leftOut: [...new Set([...leftOut, ...named.leftOut])],
  };
}

function targetNote(target: string): string {
  return `Use --target ${target} from now on.`;
}

/** A target that does not exist stops a build before it begins: the nearest is the fix. */
export function nearestTargetFix(target: string, dryRun: boolean): FixRecord {
  return {
    cause: 'unsupported-target',
    title: `Build for ${target}`,
    proven: false,
    edit: { kind: 'target', target },
    applied: !dryRun,
    note: dryRun ? onlyShown : targetNote(target),
  };
}

/** The same root cause, said of the same thing: what was done did not reach it. */
function isSameFailure(before: BuildResult, after: BuildResult): boolean {
  const face = ({ diagnoses: [root] }: BuildResult): string =>
    JSON.stringify([root?.cause, root?.title, root?.package]);
  return after.outcome === 'failed' && face(before) === face(after);
}

function record({ diagnosis, fix }: ChosenFix, applied: boolean, note: string | undefined): FixRecord {
  const { title, proven, edit }: Fix = fix;
  return { cause: diagnosis.cause, title, proven, edit, applied, ...(note === undefined ? {} : { note }) };
}

function leftOutNote(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const flags = names.map((it) => (/^[a-z]/.test(it) ? `--${it}` : `--env ${it}=…`)).join(', ');
  return `Leave out ${flags} from now on: it would win over crossbow.yaml.`;
}
