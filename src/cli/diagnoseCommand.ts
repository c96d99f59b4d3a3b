import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { parseTarget } from '../core/target/parseTarget.js';
import type { Target } from '../core/target/target.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { readProject } from './cliProject.js';
import { diagnosisJson, diagnosisText } from './diagnosisText.js';

interface DiagnoseFlags {
  readonly target?: string;
  readonly json?: boolean;
}

export function addDiagnoseCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('diagnose')
    .summary('say why a build failed, from its log')
    .description(
      'Reads the log of any Go build (a file, or standard input) and names the causes, the root cause first.',
    )
    .argument('[file]', 'the log; - or nothing: standard input')
    .option('-t, --target <target>', 'what was built for, where the log does not show it')
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .addHelpText(
      'after',
      `
Examples:
  go build ./... 2>&1 | crossbow diagnose --target linux/arm/v7
  crossbow diagnose ci.log --json`,
    )
    .action((file: string | undefined, flags: DiagnoseFlags) =>
      run((context) => diagnose(context, file, flags)),
    );
}

async function diagnose(
  context: CliContext,
  file: string | undefined,
  flags: DiagnoseFlags,
): Promise<number> {
  const { crossbow, cwd, output } = context;
  const { config } = await readProject(context);
  const target = flags.target === undefined ? undefined : await targetOf(context, flags.target);
  const log = await readLog(context, file);
  const diagnoses = await crossbow.diagnose(log, {
    config,
    trusted: true,
    directory: cwd,
    ...(target === undefined ? {} : { target }),
  });
  if (flags.json === true) {
    output.json({ diagnoses: diagnoses.map(diagnosisJson) });
    return exitCodes.done;
  }
  if (diagnoses.length === 0) output.note('No known cause was found in this log.\n');
  for (const diagnosis of diagnoses) output.result(diagnosisText(diagnosis, output.stdout).trimEnd());
  return exitCodes.done;
}

/** A log may be of a build for a target that Go does not have, which is then its cause: no reason to refuse the log. */
async function targetOf({ crossbow, output }: CliContext, spelling: string): Promise<Target | undefined> {
  const parsed = parseTarget(spelling, await crossbow.catalogue());
  if (parsed.ok) return parsed.target;
  output.note(`--target ${spelling}: ${parsed.message}\n`);
  return undefined;
}

async function readLog({ ports, cwd }: CliContext, file: string | undefined): Promise<string> {
  if (file === undefined || file === '-') return text(process.stdin);
  const path = ports.host.isAbsolute(file) ? file : ports.host.join(cwd, file);
  const log = await ports.files.readText(path);
  if (log === undefined) throw setupError(`There is no file ${path}.`);
  return log;
}
