import type { Command } from 'commander';
import { chainText, needTexts, throughText, withoutText } from '../core/insight/whyCgo/reasonText.js';
import type { CgoReason, SourcePlace, WhyCgo } from '../core/insight/whyCgo/whyCgo.js';
import { targetId } from '../core/target/target.js';
import { toolchainState, toolchainStateText } from '../core/toolchain/toolchainState.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { readProject, selectMainPackages } from './cliProject.js';
import { resolveTarget, resolveTargets } from './cliTargets.js';

interface WhyCgoFlags {
  readonly target?: string;
  readonly json?: boolean;
}

export function addWhyCgoCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('why-cgo')
    .summary('show which packages bring C into a program')
    .description(
      'Shows the shortest import chains from a program to every package that uses cgo for a target, what each needs of\n' +
        'the C side, and whether it would build without.',
    )
    .argument('[packages...]', 'main packages, as go build takes them; default: all')
    .option('-t, --target <target>', 'target or device; default: the pinned ones, else this machine')
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .addHelpText(
      'after',
      `
Examples:
  crossbow why-cgo
  crossbow why-cgo --target linux/arm/v7 ./cmd/server
  crossbow why-cgo --json | jq -r '.packages[] | select(.without.kind == "breaks") | .importPath'`,
    )
    .action((packages: string[], flags: WhyCgoFlags) =>
      run((context) => showWhyCgo(context, packages, flags)),
    );
}

async function showWhyCgo(
  context: CliContext,
  patterns: readonly string[],
  flags: WhyCgoFlags,
): Promise<number> {
  const { crossbow, output, signal } = context;
  const project = await readProject(context);
  const { config } = project;
  const targets =
    flags.target === undefined
      ? await resolveTargets(context, config, undefined)
      : [await resolveTarget(context, flags.target)];
  const answers: WhyCgo[] = [];
  for (const { target } of targets) {
    const { packages, problems } = await selectMainPackages(context, project, patterns, target);
    const [problem] = problems;
    if (packages.length === 0 && problem !== undefined)
      throw setupError(problem.message, { file: problem.file });
    const answer = await crossbow.whyCgo(target, packages, { config, trusted: true, signal });
    if (signal.aborted) return exitCodes.cancelled;
    answers.push(answer);
    if (flags.json !== true) await showAnswer(context, answer);
  }
  if (flags.json === true) {
    const documents = answers.map((it) => ({ ...it, target: targetId(it.target) }));
    output.json(documents.length === 1 ? documents[0] : documents);
  }
  return answers.some((it) => it.kind === 'unknown') ? exitCodes.setup : exitCodes.done;
}

async function showAnswer(context: CliContext, answer: WhyCgo): Promise<void> {
  const { output } = context;
  const { bold, dim, red, yellow } = output.stdout;
  const { target } = answer;
  if (answer.kind === 'unknown') {
    output.note(`${output.stderr.red('crossbow:')} ${answer.message}\n`);
    return;
  }
  output.result(bold(`${targetId(target)}: ${throughText(answer)}${await compilerText(context, answer)}`));
  if (answer.kind === 'unsupported') return;
  for (const reason of answer.packages) showReason(context, reason);
  if (answer.standard.length > 0) {
    output.result('');
    output.result(
      dim(`${answer.standard.map((it) => it.label).join(', ')}: standard library; built without C too`),
    );
  }
  for (const { importPath, message } of answer.problems)
    output.result(`${yellow('!')} ${importPath}${importPath === '' ? '' : ': '}${red(message.trim())}`);
}

/** A compiler is looked for only where one is needed. */
async function compilerText({ crossbow, signal, ...context }: CliContext, answer: WhyCgo): Promise<string> {
  if (answer.kind !== 'known' || answer.packages.length === 0) return '';
  const { config } = await readProject({ crossbow, signal, ...context });
  const report = await crossbow.toolchains(answer.target, { config, trusted: true, signal });
  const compiler = report.chosen === undefined ? '' : ` (${report.chosen.toolchain.cc})`;
  return `; ${toolchainStateText(toolchainState(report))}${compiler}`;
}

function showReason(context: CliContext, reason: CgoReason): void {
  const { output } = context;
  const { cyan, dim } = output.stdout;
  for (const route of reason.routes) {
    output.result('');
    output.result(cyan(chainText(route)));
    for (const [at, step] of route.steps.entries()) {
      const next = route.steps[at + 1];
      const what = next === undefined ? 'import "C"' : `imports ${next.importPath}`;
      if (step.place !== undefined) output.result(dim(`  ${shown(context, step.place)}: ${what}`));
    }
  }
  for (const line of needTexts(reason)) output.result(`  ${line}`);
  // Its files lie in one folder, which the line with import "C" names.
  const inFolder = ({ path, line }: SourcePlace): string =>
    `${context.ports.host.basename(path)}:${String(line)}`;
  for (const { text, place } of reason.needs.directives) output.result(`  ${text}  ${dim(inFolder(place))}`);
  const { without } = reason;
  const place =
    without.kind === 'stub'
      ? inFolder(without.place)
      : without.kind === 'breaks'
        ? shown(context, without.place)
        : '';
  output.result(`  ${withoutText(without)}  ${dim(place)}`.trimEnd());
  if (reason.alternative !== undefined) {
    const { packages, note, source } = reason.alternative;
    output.result(`  in pure Go: ${packages.join(' or ')}. ${note} ${dim(source)}`);
  }
}

/** `main.go:3:8`, below the folder where the command was called; absolute elsewhere. */
function shown({ cwd, ports: { host } }: CliContext, { path, line, column }: SourcePlace): string {
  const relative = host.relative(cwd, path);
  return `${relative.startsWith('..') ? path : relative}:${String(line)}:${String(column)}`;
}
