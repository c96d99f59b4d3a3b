import { applyConfigChanges } from '../core/config/editConfig.js';
import type { ChosenFix } from '../core/diagnosis/chooseFix.js';
import { changesOf, type Diagnosis, type Fix, type FixEdit } from '../core/diagnosis/diagnosis.js';
import { unattendedCommand } from '../core/diagnosis/unattendedCommand.js';
import { lineDiff } from '../core/text/lineDiff.js';
import { applyLineEdits } from '../core/text/lineEdits.js';
import { setupError, type CliContext } from './cliContext.js';
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

export interface HealOptions {
  /** Shows the best fix and applies none. */
  readonly dryRun: boolean;
  /** Runs the commands that fixes consist of, such as the installation of packages. */
  readonly yes: boolean;
}

export const onlyShown = 'Only shown, as --dry-run asks.';

/** Flags of a command that can mend what it does. */
export interface FixFlags {
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** Refuses flags that mean nothing without `--fix`. */
export function checkFixFlags({ fix, dryRun, yes }: FixFlags): void {
  if (fix !== true && (dryRun === true || yes === true))
    throw setupError(`${dryRun === true ? '--dry-run' : '--yes'} belongs to --fix.`);
}

/** A chain of fixes this long turns in a circle, whatever the diagnoses say. */
export const mostFixes = 12;

/** A file that a fix rewrites. */
interface Rewritten {
  readonly path: string;
  /** Undefined: it is not there yet. */
  readonly before: string | undefined;
  readonly after: string;
}

/** The sources that a fix rewrites and adds, as they will be; none where one is not any more what it was. */
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
  for (const { file, text } of edit.creates ?? []) {
    if ((await ports.files.readText(file)) !== undefined) return [];
    files.push({ path: file, before: undefined, after: text });
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

type Attempt =
  /** `undo` puts the files back as they were; what a command has done stays. */
  | { readonly kind: 'applied'; undo(): Promise<void> }
  | { readonly kind: 'not-applied'; readonly note: string };

/** Shows a fix and applies it: edits crossbow.yaml and the sources, runs its command. */
export async function applyFix(
  context: CliContext,
  { diagnosis, fix }: ChosenFix,
  configFile: string,
  { dryRun }: HealOptions,
): Promise<Attempt> {
  const { output, ports } = context;
  const before = await ports.files.readText(configFile);
  const source = await editedSources(context, fix.edit);
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
  return {
    kind: 'applied',
    async undo() {
      await restore(context, configFile, before);
      for (const file of source) await restore(context, file.path, file.before);
    },
  };
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

export function fixRecord(
  { diagnosis, fix }: ChosenFix,
  applied: boolean,
  note: string | undefined,
): FixRecord {
  const { title, proven, edit }: Fix = fix;
  return { cause: diagnosis.cause, title, proven, edit, applied, ...(note === undefined ? {} : { note }) };
}

/** What `--fix` did, and what is left for a person where it failed all the same. */
export function showFixes(
  { output }: CliContext,
  fixes: readonly FixRecord[],
  failed: boolean,
  diagnoses: readonly Diagnosis[],
): void {
  const { stderr } = output;
  if (fixes.length === 0 && !failed) return;
  for (const { title, cause, applied, note } of fixes) {
    const mark = applied ? stderr.green('✓ applied') : stderr.yellow('– not applied');
    output.note(`${mark}: ${title} ${stderr.dim(`[${cause}]`)}${note === undefined ? '' : ` ${note}`}\n`);
  }
  if (!failed) return;
  const waiting = diagnoses.flatMap((it) => it.fixes).find((it) => it.edit.kind === 'command');
  if (fixes.every((it) => !it.applied)) output.note('No fix was applied.\n');
  if (waiting?.edit.kind === 'command') output.note(`With --yes this is run: ${waiting.edit.command}\n`);
}
