import type { Command } from 'commander';
import { purposeOf, verifyFile, type Verification } from '../core/archive/verifyFile.js';
import { parseTarget } from '../core/target/parseTarget.js';
import type { Target } from '../core/target/target.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';

interface VerifyFlags {
  readonly target?: string;
  readonly json?: boolean;
}

export function addVerifyCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('verify')
    .summary('say what binaries and archives are for, and what is wrong with them')
    .description(
      'Reads binaries, root filesystems and worker tarballs (tar, tar.gz, zip; archives within archives, too) without unpacking them.',
    )
    .argument('<file...>', 'binaries or archives')
    .option('-t, --target <target>', 'what they are to be for; without it, a mixture is told')
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .addHelpText('after', '\nExit code 1: something is wrong with a file.')
    .action((files: string[], flags: VerifyFlags) => run((context) => verify(context, files, flags)));
}

async function verify(context: CliContext, files: readonly string[], flags: VerifyFlags): Promise<number> {
  const { crossbow, cwd, output, ports, signal } = context;
  let target: Target | undefined;
  if (flags.target !== undefined) {
    const parsed = parseTarget(flags.target, await crossbow.catalogue());
    if (!parsed.ok) throw setupError(parsed.message);
    target = parsed.target;
  }
  const results: (Verification & { readonly file: string; readonly for: string })[] = [];
  for (const file of files) {
    const path = ports.host.isAbsolute(file) ? file : ports.host.join(cwd, file);
    const verification = await verifyFile(ports, path, {
      signal,
      ...(target === undefined ? {} : { target }),
    }).catch((error: unknown): Verification => {
      if (signal.aborted) throw error;
      const message = error instanceof Error ? error.message : String(error);
      return { kind: 'binary', binaries: [], problems: [{ place: path, message }] };
    });
    results.push({ file: path, for: purposeOf(verification, target), ...verification });
  }
  if (flags.json === true) output.json({ files: results });
  else for (const result of results) print(context, result);
  return results.some(({ problems }) => problems.length > 0) ? exitCodes.failed : exitCodes.done;
}

function print(
  { output }: CliContext,
  result: Verification & { readonly file: string; readonly for: string },
): void {
  const { bold, dim, red } = output.stdout;
  output.result(
    `${bold(result.file)}: ${result.problems.length === 0 ? result.for : red('something is wrong')}`,
  );
  for (const { place, description, needs } of result.binaries) {
    const name = place === result.file ? '' : `${place.slice(result.file.length + 3)}: `;
    output.result(`  ${name}${description}${needs.length === 0 ? '' : dim(`; needs ${needs.join(', ')}`)}`);
  }
  for (const { place, message } of result.problems) {
    const name = place === result.file ? '' : `${place.slice(result.file.length + 3)}: `;
    output.result(`  ${red('problem')} ${name}${message}`);
  }
}
