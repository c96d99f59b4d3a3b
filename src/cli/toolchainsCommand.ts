import type { Command } from 'commander';
import { targetId } from '../core/target/target.js';
import type { ToolchainReport } from '../core/toolchain/toolchain.js';
import { exitCodes, type CliContext } from './cliContext.js';
import { readProject } from './cliProject.js';
import { resolveTarget, resolveTargets } from './cliTargets.js';

interface ToolchainFlags {
  readonly target?: string;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

export function addToolchainsCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('toolchains')
    .summary("show the C compilers for a target, and each one's proof")
    .description(
      'Finds the C compilers that could serve a target and proves each: it compiles and links a C program, reads the\n' +
        'result back, and runs it where an emulator is installed. Outcomes are remembered until the compiler changes.',
    )
    .option('-t, --target <target>', 'target or device; default: the pinned ones, else this machine')
    .option('--fresh', 'prove again, whatever is remembered')
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .addHelpText(
      'after',
      `
Examples:
  crossbow toolchains --target linux/arm/v7
  crossbow toolchains --target "pi zero" --json`,
    )
    .action((flags: ToolchainFlags) => run((context) => showToolchains(context, flags)));
}

async function showToolchains(context: CliContext, flags: ToolchainFlags): Promise<number> {
  const { crossbow, output, signal } = context;
  const { config } = await readProject(context);
  const targets =
    flags.target === undefined
      ? await resolveTargets(context, config, undefined)
      : [await resolveTarget(context, flags.target)];
  const reports = await Promise.all(
    targets.map(({ target }) =>
      crossbow.toolchains(target, { config, trusted: true, signal, fresh: flags.fresh === true }),
    ),
  );
  if (signal.aborted) return exitCodes.cancelled;
  if (flags.json === true) {
    const documents = reports.map(reportJson);
    // One target, asked for by name, is one report; several are a list.
    output.json(documents.length === 1 ? documents[0] : documents);
    return exitCodes.done;
  }
  for (const report of reports) showReport(context, report);
  return exitCodes.done;
}

function reportJson(report: ToolchainReport): Readonly<Record<string, unknown>> {
  return {
    target: targetId(report.target),
    chosen: report.chosen?.toolchain.cc ?? null,
    candidates: report.candidates.map(({ toolchain, verdict, reason }) => ({
      cc: toolchain.cc,
      kind: toolchain.kind,
      verdict,
      reason,
    })),
    packages: report.packages,
  };
}

function showReport({ output }: CliContext, report: ToolchainReport): void {
  const { stdout } = output;
  output.result(stdout.bold(targetId(report.target)));
  for (const { toolchain, verdict, reason } of report.candidates) {
    const paint = { proven: stdout.green, rejected: stdout.red, unproven: stdout.yellow }[verdict];
    const mark = { proven: '✓', rejected: '✗', unproven: '?' }[verdict];
    const chosen = toolchain.cc === report.chosen?.toolchain.cc ? ' (chosen)' : '';
    output.result(`  ${paint(mark)} ${toolchain.cc}${chosen} ${stdout.dim(toolchain.kind)}`);
    output.result(`    ${paint(verdict)}: ${reason}`);
  }
  if (report.candidates.length === 0) output.result('  no C compiler for it here');
  if (report.chosen === undefined && report.packages.length > 0) {
    output.result(`  packages that bring one: ${report.packages.join(' ')}`);
  }
}
