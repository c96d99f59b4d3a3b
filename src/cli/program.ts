import { Command, CommanderError } from 'commander';
import { addBuildCommand } from './buildCommand.js';
import { exitCodes, setupErrorDetails, type CliContext } from './cliContext.js';
import { addCheckCommand } from './checkCommand.js';
import { addDiagnoseCommand } from './diagnoseCommand.js';
import { addExplainCommand } from './explainCommand.js';
import { addRecipeCommand } from './recipeCommand.js';
import { addRunCommand } from './runCommand.js';
import { addSizeCommand } from './sizeCommand.js';
import { addSsaCommand } from './ssaCommand.js';
import { addTargetsCommand } from './targetsCommand.js';
import { addToolchainsCommand } from './toolchainsCommand.js';
import { addVerifyCommand } from './verifyCommand.js';
import { addWhyCgoCommand } from './whyCgoCommand.js';
import { addXrayCommand } from './xrayCommand.js';

/** Runs the command line and returns its exit code. Never throws. */
export async function runCli(args: readonly string[], version: string, context: CliContext): Promise<number> {
  let exitCode: number = exitCodes.done;
  const run = async (work: (context: CliContext) => Promise<number>): Promise<void> => {
    exitCode = await work(context);
  };
  const program = new Command('crossbow')
    .description(
      'Cross-compiles Go programs, with their C parts, for any machine: proven C toolchains, verified binaries.',
    )
    .version(version, '-V, --version', 'print the version')
    .showHelpAfterError('(crossbow --help shows how)')
    .addHelpText(
      'after',
      `
Examples:
  crossbow targets                                  what can be built for
  crossbow toolchains --target linux/arm/v7         which C compilers serve a target, and why not
  crossbow build --target "pi 3b+" ./...            dist/linux/arm/v7/<program>
  crossbow run --target linux/arm64 ./cmd/x -- -v   build and run under emulation
  crossbow check --target linux/arm64               what bites on the way, before building
  go build ./... 2>&1 | crossbow diagnose           why a build failed
  crossbow why-cgo --target linux/arm/v7            which packages bring C in, and what they need
  crossbow xray                                     where the last build's time went, and who compiled what
  crossbow size dist/linux/arm/v7/x                 which packages its bytes belong to
  crossbow recipe list                              recipes that fit the sources: Concourse's programs and others
  crossbow verify rootfs.tgz -t linux/arm/v7        what binaries and archives are for, and what is wrong
  crossbow explain missing-loader                   what a cause means, how to check and to fix it
  crossbow ssa ./web.handler --target linux/arm64   what the compiler makes of a function, pass by pass

crossbow.yaml in the project pins targets and sets toolchains; everything works without it.
Exit codes: 0 done, 1 the build failed, 2 wrong usage or set-up.`,
    );
  // Subcommands inherit both from the command they are added to.
  program.exitOverride().configureOutput({
    writeOut: (text) => context.output.result(text.replace(/\n$/, '')),
    writeErr: (text) => context.output.note(text),
  });
  addTargetsCommand(program, run);
  addToolchainsCommand(program, run);
  addBuildCommand(program, run);
  addRunCommand(program, run);
  addWhyCgoCommand(program, run);
  addSizeCommand(program, run);
  addXrayCommand(program, run);
  addCheckCommand(program, run);
  addDiagnoseCommand(program, run);
  addExplainCommand(program, run);
  addRecipeCommand(program, run);
  addVerifyCommand(program, run);
  addSsaCommand(program, run);

  const json = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length).includes('--json');
  try {
    if (args.length === 0) {
      program.outputHelp();
      return exitCodes.setup;
    }
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return fail(context, error, json);
  }
}

function fail({ output, signal }: CliContext, error: unknown, json: boolean): number {
  if (signal.aborted) return exitCodes.cancelled;
  if (error instanceof CommanderError) {
    // Help and version end as an error with code 0; commander has already said what is wrong with the rest.
    if (error.exitCode === 0) return exitCodes.done;
    if (json) output.json({ error: { message: error.message.replace(/^error: /, '') } });
    return exitCodes.setup;
  }
  const details = setupErrorDetails(error);
  const message = error instanceof Error ? error.message : String(error);
  if (json) output.json({ error: { message, ...details } });
  const stack = details === undefined && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  output.note(`${output.stderr.red('crossbow:')} ${message}${stack}\n`);
  return exitCodes.setup;
}
