import type { Command } from 'commander';
import { nearestName } from '../core/config/nearestName.js';
import { causeIds } from '../core/diagnosis/causes.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';

interface ExplainFlags {
  readonly json?: boolean;
}

export function addExplainCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('explain')
    .summary('tell more about a cause')
    .description(
      'Prints the page of a cause, as diagnoses name it: what happened, why, how to check and to fix.',
    )
    .argument('<cause>', 'the id of the cause, such as wrong-c-compiler')
    .option('--json', 'print one JSON document {cause, markdown} on standard output and nothing else there')
    .addHelpText(
      'after',
      `
Examples:
  crossbow explain wrong-c-compiler
  crossbow explain missing-loader --json

Causes:
${causeIds.map((it) => `  ${it}`).join('\n')}`,
    )
    .action((cause: string, flags: ExplainFlags) => run((context) => explain(context, cause, flags)));
}

async function explain(
  { ports, output, causesFolder }: CliContext,
  typed: string,
  flags: ExplainFlags,
): Promise<number> {
  const wanted = typed.trim().toLowerCase();
  const cause = causeIds.find((it) => it === wanted);
  if (cause === undefined) {
    const near = nearCauses(wanted);
    const question = near.length === 0 ? 'crossbow explain --help lists all.' : `Is it ${near.join(', ')}?`;
    throw setupError(`There is no cause ${typed}. ${question}`, { cause: typed, nearest: near });
  }
  const path = ports.host.join(causesFolder, `${cause}.md`);
  const markdown = await ports.files.readText(path);
  if (markdown === undefined) throw setupError(`The page of ${cause} is not there: ${path}`);
  if (flags.json === true) output.json({ cause, markdown });
  else output.result(markdown.trimEnd());
  return exitCodes.done;
}

/** At most five: first the one that was misspelt, then those that share most words with what was typed. */
function nearCauses(typed: string): readonly string[] {
  const words = typed.split(/[^a-z0-9+]+/).filter((it) => it.length > 1);
  const shared = (id: string): number => words.filter((it) => id.split('-').includes(it)).length;
  const misspelt = nearestName(typed, causeIds);
  const related = causeIds
    .filter((it) => it !== misspelt && shared(it) > 0)
    .sort((a, b) => shared(b) - shared(a));
  return [...(misspelt === undefined ? [] : [misspelt]), ...related].slice(0, 5);
}
