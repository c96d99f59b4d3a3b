import type { Command } from 'commander';
import { formatShellWords } from '../core/build/shellCommand.js';
import type { Xray, XrayPackage, XrayProcess } from '../core/insight/xray/xray.js';
import { reasonText } from '../core/insight/xray/xrayTexts.js';
import type { XrayRecord } from '../core/insight/xray/xrayRecord.js';
import type { UsedCompiler } from '../core/insight/xray/usedCompilers.js';
import type { XrayReading } from '../core/insight/xray/xrays.js';
import { targetId } from '../core/target/target.js';
import { formatCount, formatDuration } from '../core/text/formatText.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { resolveTarget } from './cliTargets.js';
import { showXrayComparison } from './xrayComparison.js';
import { writeXrayHtml } from './xrayHtml.js';
import { diagnosisJson, diagnosisText } from './diagnosisText.js';

interface XrayFlags {
  readonly target?: string;
  readonly list?: boolean;
  readonly commands?: boolean;
  readonly compare?: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly html?: string;
}

/** Rows that are shown unless all are asked for. */
const shownRows = 20;

export function addXrayCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('xray')
    .summary('show where a build’s time went, and who compiled what')
    .description(
      'Shows a build from the inside: phases, the critical path, packages by time, and every command that Go ran.\n' +
        'Go’s own record of it (-debug-actiongraph) is kept for the last builds; nothing is built again.',
    )
    .argument('[build]', 'id of a build, or its beginning; default: the last one')
    .option('-t, --target <target>', 'the last build for this target or device')
    .option('-l, --list', 'list the builds that are kept')
    .option('-c, --commands', 'list every command that was run, as shell lines')
    .option('--compare <build>', 'show an earlier build beside it: what took longer, commands that differ')
    .option('-a, --all', 'list every package, not those alone that took longest')
    .option('--html <file>', 'write the view as one HTML file that any browser shows')
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .addHelpText(
      'after',
      `
Examples:
  crossbow xray                        the last build
  crossbow xray --target "pi 3b+"      the last one for a target
  crossbow xray --commands | grep gcc  who compiled what
  crossbow xray --compare 20261125T14  the last build beside an earlier one
  crossbow xray --html xray.html       for people to look at: an artifact of a CI job
  crossbow xray --json | jq '.packages[] | select(.usesC) | .importPath'`,
    )
    .action((build: string | undefined, flags: XrayFlags) =>
      run((context) => showXray(context, build, flags)),
    );
}

async function showXray(context: CliContext, build: string | undefined, flags: XrayFlags): Promise<number> {
  const { output, crossbow } = context;
  const records = await wantedRecords(context, flags.target);
  if (flags.list === true) {
    if (flags.json === true) output.json(records.map(recordJson));
    else for (const it of records) output.result(recordLine(context, it));
    return exitCodes.done;
  }
  const record = selectRecord(records, build);
  const reading = await crossbow.xrays.read(record.id);
  if (reading === undefined) throw setupError(`The build ${record.id} is not kept any more.`);
  if (flags.compare !== undefined) {
    const before = await crossbow.xrays.read(selectRecord(await crossbow.xrays.list(), flags.compare).id);
    if (before === undefined) throw setupError(`The build ${flags.compare} is not kept any more.`);
    if (flags.html !== undefined) await writeXrayHtml(context, flags.html, reading, before);
    if (flags.html === undefined || flags.json === true) showXrayComparison(context, before, reading, flags);
    return exitCodes.done;
  }
  if (flags.html !== undefined) {
    await writeXrayHtml(context, flags.html, reading);
    if (flags.json !== true) return exitCodes.done;
  }
  const compilers = await crossbow.xrays.compilers(reading, context.signal);
  if (flags.json === true) output.json({ ...readingJson(reading), compilers });
  else if (flags.commands === true) showCommands(context, reading.processes);
  else showReading(context, reading, compilers, flags.all === true);
  return exitCodes.done;
}

async function wantedRecords(
  context: CliContext,
  spelling: string | undefined,
): Promise<readonly XrayRecord[]> {
  const records = await context.crossbow.xrays.list();
  if (records.length === 0) throw setupError('No build is recorded yet: crossbow build makes one.');
  if (spelling === undefined) return records;
  const { target } = await resolveTarget(context, spelling);
  const found = records.filter((it) => targetId(it.target) === targetId(target));
  if (found.length > 0) return found;
  throw setupError(
    `No build for ${targetId(target)} is recorded: crossbow build --target ${targetId(target)}`,
  );
}

function selectRecord(records: readonly XrayRecord[], id: string | undefined): XrayRecord {
  const found = id === undefined ? records.slice(0, 1) : records.filter((it) => it.id.startsWith(id));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const what = found.length === 0 ? 'No build that is kept' : 'More than one build';
  throw setupError(`${what} begins with ${id ?? ''}. Those that are kept: crossbow xray --list`);
}

function recordLine({ output }: CliContext, record: XrayRecord): string {
  const { bold, dim, green, red } = output.stdout;
  const mark = record.outcome === 'ok' ? green('✓') : red('✗');
  const when = new Date(record.startedAt).toISOString().replace('T', ' ').slice(0, 19);
  return `${mark} ${bold(record.id)}  ${targetId(record.target).padEnd(16)} ${record.importPath} ${dim(
    `${when} UTC, ${formatDuration(record.wallMs)}`,
  )}`;
}

function recordJson({
  target,
  diagnoses,
  said: _said,
  ...record
}: XrayRecord): Readonly<Record<string, unknown>> {
  return { ...record, target: targetId(target), diagnoses: diagnoses.map(diagnosisJson) };
}

/** `diagnoses` stand once, with the build. */
function readingJson({ record, xray, processes }: XrayReading): Readonly<Record<string, unknown>> {
  const { failures, ...rest } = xray;
  return {
    build: recordJson(record),
    ...rest,
    failures: failures.map(({ package: path, actions, said }) => ({ package: path ?? null, actions, said })),
    processes,
  };
}

function showCommands({ output, ports }: CliContext, process: XrayProcess, depth = 0): void {
  for (const child of process.children) {
    const time = child.time === undefined ? '' : `  # ${formatDuration(child.time.real)}`;
    const line = formatShellWords(child.words, ports.host.platform);
    const pid = child.seen === undefined ? '' : output.stdout.dim(`[${String(child.seen.pid)}] `);
    output.result(`${'  '.repeat(depth)}${pid}${line}${output.stdout.dim(time)}`);
    showCommands({ output, ports } as CliContext, child, depth + 1);
  }
}

function showReading(
  context: CliContext,
  { record, xray, processes }: XrayReading,
  compilers: readonly UsedCompiler[],
  all: boolean,
): void {
  const { output } = context;
  const { dim, bold, red } = output.stdout;
  const { wall, critical, total, lanes, lanesAre, phases, packages } = xray;
  output.result(recordLine(context, record));
  for (const gap of xray.gaps) output.result(red(gap));
  const cpu = total.user + total.system;
  output.result(
    `${formatDuration(wall)} in all: ${phases.map((it) => `${it.name} ${formatDuration(it.end - it.start)}`).join(', ')}`,
  );
  output.result(
    `critical path ${formatDuration(critical.time)}; actions ${formatDuration(total.time)} together, ${lanesAre === 'workers' ? `by ${formatCount(lanes, 'worker')} of go’s` : `up to ${String(lanes)} at once`}; CPU ${formatDuration(cpu)}`,
  );
  output.result(commandSummary(processes));
  for (const it of compilers) {
    const what = `${it.words.join(' ')} × ${String(it.calls)}: ${it.path ?? 'not there any more'}`;
    const { machine, objection } = it;
    output.result(
      objection === undefined
        ? dim(`${what}${machine === undefined ? '' : `, for ${machine}`}`)
        : red(`${what} ${objection}`),
    );
  }
  for (const failure of xray.failures) {
    const at = xray.actions.filter((it) => failure.actions.includes(it.id)).map((it) => it.label);
    if (at.length > 0) output.result(red(`failed at ${at.join(' or ')}`));
    for (const it of failure.diagnoses) output.result(diagnosisText(it, output.stdout).trimEnd());
    if (failure.diagnoses.length === 0) for (const it of failure.said) output.result(`  ${dim('│')} ${it}`);
  }
  output.result('');
  output.result(bold('Critical path'));
  const onPath = critical.actions.flatMap((id) => xray.actions.find((it) => it.id === id) ?? []);
  for (const it of onPath.filter((it) => timeOf(it) >= 1)) output.result(`${ms(timeOf(it))}  ${it.label}`);
  output.result('');
  output.result(bold('Packages'));
  const worked = packages.filter((it) => it.state !== 'cached');
  const rows = all ? packages : worked.slice(0, shownRows);
  for (const row of rows) output.result(packageLine(row, dim));
  const left = packages.length - rows.length;
  if (left > 0)
    output.result(
      dim(`${formatCount(left, 'package')} more, ${countCached(xray)} of all cached (--all lists them)`),
    );
}

function timeOf({ start, end }: { readonly start?: number; readonly end?: number }): number {
  return (end ?? 0) - (start ?? 0);
}

function ms(time: number): string {
  return `${String(Math.round(time)).padStart(8)} ms`;
}

function countCached({ packages }: Xray): string {
  return String(packages.filter((it) => it.state === 'cached').length);
}

function packageLine(row: XrayPackage, dim: (text: string) => string): string {
  const why = row.state === 'built' ? reasonText(row.reason) : row.state;
  const commands = row.commands === 0 ? '' : `, ${formatCount(row.commands, 'command')}`;
  return `${ms(row.time)}  ${row.importPath}${row.usesC ? ' (C)' : ''}  ${dim(`${why}${commands}`)}`;
}

/** How often each program was run. */
function commandSummary(root: XrayProcess): string {
  const counts = new Map<string, number>();
  const visit = (process: XrayProcess): void => {
    for (const child of process.children) {
      const name = (child.words[0] ?? '').split(/[\\/]/).at(-1) ?? '';
      counts.set(name, (counts.get(name) ?? 0) + 1);
      visit(child);
    }
  };
  visit(root);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} × ${String(count)}`);
  return parts.length === 0 ? 'no command was run' : `commands: ${parts.join(', ')}`;
}
