import type { Command } from 'commander';
import { nearestName } from '../core/config/nearestName.js';
import { causeIds } from '../core/diagnosis/causes.js';
import { checkIds } from '../core/lint/lint.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';

/** Everything that has a page: reasons of failures, then what is checked before any build. */
const pageIds: readonly string[] = [...causeIds, ...checkIds];

interface ExplainFlags {
  readonly json?: boolean;
}

export function addExplainCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('explain')
    .summary('tell more about a cause or a check')
    .description(
      'Prints the page of a cause, as diagnoses name it, or of a check: what happened, why, how to check and to fix.',
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
${causeIds.map((it) => `  ${it}`).join('\n')}

Checks:
${checkIds.map((it) => `  ${it}`).join('\n')}`,
    )
    .action((cause: string, flags: ExplainFlags) => run((context) => explain(context, cause, flags)));
}

async function explain(
  { ports, output, causesFolder }: CliContext,
  typed: string,
  flags: ExplainFlags,
): Promise<number> {
  const wanted = typed.trim().toLowerCase();
  const cause = pageIds.find((it) => it === wanted);
  if (cause === undefined) {
    const near = nearCauses(wanted);
    const question = near.length === 0 ? 'crossbow explain --help lists all.' : `Is it ${near.join(', ')}?`;
    throw setupError(`There is no cause ${typed}. ${question}`, { cause: typed, nearest: near });
  }
  const isCheck = checkIds.some((it) => it === cause);
  const folder = isCheck ? ports.host.join(causesFolder, '..', 'checks') : causesFolder;
  const path = ports.host.join(folder, `${cause}.md`);
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
  const misspelt = nearestName(typed, pageIds);
  const related = pageIds
    .filter((it) => it !== misspelt && shared(it) > 0)
    .sort((a, b) => shared(b) - shared(a));
  return [...(misspelt === undefined ? [] : [misspelt]), ...related].slice(0, 5);
}
