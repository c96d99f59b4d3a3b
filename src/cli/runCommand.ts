import type { Command } from 'commander';
import { execa } from 'execa';
import type { EmulationPlan } from '../core/emulation/emulation.js';
import { addBuildFlags, buildRequests, showFailure, type BuildFlags } from './buildCommand.js';
import { buildOne } from './buildOne.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { readProject, selectMainPackages } from './cliProject.js';
import { resolveTargets } from './cliTargets.js';

export function addRunCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  addBuildFlags(
    program
      .command('run')
      .summary('build one program and run it, emulated where needed')
      .description(
        'Builds one main package and runs it: on this machine where it can, else under qemu-user with the CPU of the\n' +
          "device. The program's exit code is passed on; its arguments follow --.",
      )
      .argument('<package>', 'folder, import path or file of the program')
      .argument('[args...]', 'arguments for the program, after --')
      .option('-t, --target <target>', 'target or device; default: the first pinned one, else this machine'),
  )
    .addHelpText(
      'after',
      `
Examples:
  crossbow run --target linux/arm/v7 ./cmd/hello
  crossbow run --target "pi zero" . -- --port 8080

Exit codes: the program's own; 1 the build failed, 2 wrong usage or set-up, 130 cancelled.`,
    )
    .action((pattern: string, args: string[], flags: Omit<BuildFlags, 'target'> & { target?: string }) =>
      run((context) => buildAndRun(context, pattern, args, flags)),
    );
}

async function buildAndRun(
  context: CliContext,
  pattern: string,
  args: readonly string[],
  { target: spelling, ...flags }: Omit<BuildFlags, 'target'> & { readonly target?: string },
): Promise<number> {
  const { crossbow, signal } = context;
  const project = await readProject(context);
  const [chosen] = await resolveTargets(
    context,
    project.config,
    spelling === undefined ? undefined : [spelling],
  );
  if (chosen === undefined) throw setupError('No target is named.');
  const selection = await selectMainPackages(context, project, [pattern], chosen.target);
  const problem = selection.problems[0];
  const requests = buildRequests(selection, chosen.target, flags);
  const [request] = requests;
  if (request === undefined) throw setupError(problem?.message ?? `No main package matches ${pattern}.`);
  if (requests.length > 1) {
    const names = requests.map((it) => it.package.importPath).join(', ');
    throw setupError(`${pattern} names several programs, and one is wanted: ${names}.`);
  }

  const result = await buildOne(context, project, request, { quiet: true });
  if (result.outcome === 'cancelled') return exitCodes.cancelled;
  const [artifact] = result.artifacts;
  if (result.outcome === 'failed' || artifact === undefined) {
    showFailure(context, result);
    return exitCodes.failed;
  }
  const plan = await crossbow.emulation(artifact, {
    config: project.config,
    trusted: true,
    signal,
    args,
    ...(chosen.device === undefined ? {} : { device: chosen.device }),
  });
  switch (plan.kind) {
    case 'run':
      return runProgram(context, plan);
    case 'missing': {
      const packages =
        plan.packages.length === 0 ? '' : ` Packages that bring it: ${plan.packages.join(' ')}.`;
      throw setupError(`${plan.message}${packages}`);
    }
    case 'impossible':
      throw setupError(plan.message);
  }
}

/** Runs in the foreground, with this terminal: Ctrl-C reaches the program itself, and its exit code is passed on. */
async function runProgram(
  { cwd, signal }: CliContext,
  plan: Extract<EmulationPlan, { kind: 'run' }>,
): Promise<number> {
  const child = execa(plan.program, [...plan.args], {
    cwd,
    env: { ...plan.env },
    stdio: 'inherit',
    reject: false,
  });
  // Ctrl-C in a terminal reaches the child as well; a signal sent to this process alone has to be passed on.
  const forward = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', forward, { once: true });
  const result = await child;
  signal.removeEventListener('abort', forward);
  if (result.exitCode !== undefined) return result.exitCode;
  if (result.signal !== undefined) return 128 + (signalNumbers[result.signal] ?? 1);
  throw setupError(`${plan.program} can't be run: ${result.originalMessage ?? 'it did not start'}`);
}

/** As shells report a program that a signal ended: 128 + number (signal(7), the same on all of Go's Unix hosts). */
const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};
