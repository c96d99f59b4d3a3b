import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { githubAnnotations } from '../core/diagnosis/report/githubAnnotations.js';
import { sarifLog } from '../core/diagnosis/report/sarif.js';
import { parseTarget } from '../core/target/parseTarget.js';
import type { Target } from '../core/target/target.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { readProject } from './cliProject.js';
import { diagnosisJson, diagnosisText } from './diagnosisText.js';

interface DiagnoseFlags {
  readonly target?: string;
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly github?: boolean;
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
    .option('--sarif', 'print a SARIF 2.1.0 document, for code scanning and editors')
    .option('--github', 'print annotations for GitHub Actions')
    .addHelpText(
      'after',
      `
Examples:
  go build ./... 2>&1 | crossbow diagnose --target linux/arm/v7
  crossbow diagnose ci.log --json
  crossbow diagnose ci.log --github                    as a step of a workflow that failed`,
    )
    .action((file: string | undefined, flags: DiagnoseFlags) =>
      run((context) => diagnose(context, file, flags, program.version() ?? '')),
    );
}

async function diagnose(
  context: CliContext,
  file: string | undefined,
  flags: DiagnoseFlags,
  version: string,
): Promise<number> {
  const { crossbow, cwd, output, ports } = context;
  const formats = [flags.json, flags.sarif, flags.github].filter((it) => it === true);
  if (formats.length > 1) throw setupError('--json, --sarif and --github exclude each other.');
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
  const source = {
    root: cwd,
    host: ports.host,
    ...(file === undefined || file === '-' ? {} : { log: absolute(context, file) }),
  };
  if (flags.sarif === true) {
    output.json(sarifLog(diagnoses, source, version));
    return exitCodes.done;
  }
  if (flags.github === true) {
    for (const line of githubAnnotations(diagnoses, source)) output.result(line);
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

function absolute({ ports, cwd }: CliContext, file: string): string {
  return ports.host.isAbsolute(file) ? file : ports.host.join(cwd, file);
}

async function readLog(context: CliContext, file: string | undefined): Promise<string> {
  if (file === undefined || file === '-') return text(process.stdin);
  const path = absolute(context, file);
  const log = await context.ports.files.readText(path);
  if (log === undefined) throw setupError(`There is no file ${path}.`);
  return log;
}
