import type { Command } from 'commander';
import type { CheckOptions } from '../core/lint/createChecker.js';
import type { CheckProblem } from '../core/lint/lint.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { readProject } from './cliProject.js';
import { resolveTargets } from './cliTargets.js';

interface CheckFlags {
  readonly target?: readonly string[];
  readonly fix?: boolean;
  readonly json?: boolean;
}

export function addCheckCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('check')
    .summary('look for what bites on the way to a target, before anything is built')
    .description(
      'Looks through Go files, Dockerfiles, pipelines and settings below a folder for what will not work on a target: ' +
        'seccomp filters, packages without a file for it, images without a platform, stages that need emulation.',
    )
    .argument('[folder]', 'where to look; nothing: here')
    .option(
      '-t, --target <target>',
      'a target or device, may be repeated; without it the pinned ones of crossbow.yaml, else this machine',
      (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
    )
    .option('--fix', 'make the first fix of each problem that has one, then look again')
    .option('--json', 'print one JSON document {problems} on standard output and nothing else there')
    .addHelpText(
      'after',
      `
Examples:
  crossbow check --target linux/arm/v7
  crossbow check --target linux/arm64 --target linux/s390x --json
  crossbow explain seccomp-architecture           what a check is about

Exit codes: 0 nothing but notes, 1 there are problems, 2 wrong usage or set-up.`,
    )
    .action((folder: string | undefined, flags: CheckFlags) =>
      run((context) => check(context, folder, flags)),
    );
}

async function check(context: CliContext, folder: string | undefined, flags: CheckFlags): Promise<number> {
  const { crossbow, cwd, output, ports, signal } = context;
  const { config } = await readProject(context);
  const resolved = await resolveTargets(context, config, flags.target);
  const { host } = ports;
  const place = folder === undefined ? cwd : host.isAbsolute(folder) ? folder : host.join(cwd, folder);
  if ((await ports.files.stat(place))?.kind !== 'directory') throw setupError(`There is no folder ${place}.`);
  const options: CheckOptions = {
    folders: [place],
    targets: resolved.map((it) => it.target),
    ...(config.defaults.tags === undefined ? {} : { tags: config.defaults.tags }),
    trusted: true,
    signal,
  };
  let problems = await crossbow.check(options);
  if (flags.fix === true && !signal.aborted) {
    for (const file of new Set(problems.filter((it) => it.fixes.length > 0).map((it) => it.file))) {
      const mended = await crossbow.mend(file, options);
      if (mended === undefined) continue;
      await ports.files.writeText(file, mended);
      output.note(`${output.stderr.green('mended')} ${host.relative(cwd, file)}\n`);
    }
    problems = await crossbow.check(options);
  }
  if (signal.aborted) return exitCodes.cancelled;
  const sorted = [...problems].sort((a, b) =>
    a.file === b.file ? a.range.line - b.range.line : a.file < b.file ? -1 : 1,
  );
  if (flags.json === true) output.json({ problems: sorted });
  else for (const problem of sorted) output.result(problemText(context, problem));
  if (flags.json !== true && sorted.length === 0) output.note('Nothing was found.\n');
  return sorted.some((it) => it.severity === 'warning') ? exitCodes.failed : exitCodes.done;
}

/** In the form that editors and CI make links of: `file:line:column: severity: message`. */
function problemText({ cwd, output, ports }: CliContext, problem: CheckProblem): string {
  const { stdout } = output;
  const { line, column } = problem.range;
  const severity = problem.severity === 'warning' ? stdout.yellow('warning') : stdout.cyan('note');
  const place = `${ports.host.relative(cwd, problem.file)}:${line}:${column}`;
  const fixes = problem.fixes.map((it) => `\n  fix: ${it.title}`);
  return `${place}: ${severity}: ${problem.message} (${problem.targets.join(', ')}) [${problem.check}]${fixes.join('')}`;
}
