import { Option, type Command } from 'commander';
import type { RecipeEvent, RecipeResult } from '../core/recipe/recipeRun.js';
import { targetId } from '../core/target/target.js';
import { formatDuration, formatSize } from '../core/text/formatText.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { resolveTargets } from './cliTargets.js';
import { diagnosisJson, diagnosisText } from './diagnosisText.js';
import { findRecipes, recipeNamed, withSources } from './projectRecipes.js';

interface RunFlags {
  readonly source?: readonly string[];
  readonly target?: readonly string[];
  readonly set?: readonly string[];
  readonly force?: boolean;
  readonly from?: string;
  readonly json?: boolean;
}

export function addRecipeRunCommand(
  recipe: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  withSources(
    recipe
      .command('run')
      .summary('run a recipe for one or more targets')
      .description('Runs the steps of a recipe; those whose inputs have not changed are skipped.')
      .argument('<name>')
      .addOption(
        new Option(
          '-t, --target <target>',
          'target or device (repeatable); default: the pinned ones',
        ).argParser(collect),
      )
      .option('--set <name=value>', "replaces a variable of the recipe's (repeatable)", collect)
      .option('--from <step>', 'does this step again, and what depends on it')
      .option('--force', 'does every step again'),
  ).action((name: string, flags: RunFlags) => run((context) => runAll(context, name, flags)));
}

async function runAll(context: CliContext, name: string, flags: RunFlags): Promise<number> {
  const { output, crossbow, signal } = context;
  const { project, recipes } = await findRecipes(context, flags);
  const { recipe } = recipeNamed(recipes, name);
  const targets = await resolveTargets(context, project.config, flags.target);
  const variables = readVariables(flags.set ?? []);
  const results: RecipeResult[] = [];
  for (const { target } of targets) {
    const result = await crossbow.runRecipe(
      {
        recipe,
        target,
        variables,
        ...(flags.force === true ? { force: true } : {}),
        ...(flags.from === undefined ? {} : { from: flags.from }),
      },
      {
        config: project.config,
        trusted: true,
        signal,
        onRecipeEvent: (event) => {
          showEvent(context, event);
        },
        async findRecipe(wanted, directory) {
          const others =
            directory === undefined ? recipes : (await findRecipes(context, { source: [directory] })).recipes;
          const inside = others.find(
            (it) =>
              it.recipe.definition.name === wanted &&
              (directory === undefined || it.recipe.directory === directory),
          );
          return (inside ?? others.find((it) => it.recipe.definition.name === wanted))?.recipe;
        },
      },
    );
    results.push(result);
    if (flags.json !== true) showResult(context, result);
    if (result.outcome === 'cancelled') return exitCodes.cancelled;
  }
  const ok = results.every((it) => it.outcome === 'ok');
  if (flags.json === true) output.json({ ok, runs: results.map(resultJson) });
  return ok ? exitCodes.done : exitCodes.failed;
}

function showEvent({ output }: CliContext, event: RecipeEvent): void {
  const { stderr } = output;
  if (event.kind === 'waiting') output.note(`${event.message}\n`);
  if (event.kind === 'command') output.note(`${stderr.dim(`[${event.step}] ${event.line}`)}\n`);
  if (event.kind === 'output') output.note(event.text);
}

function showResult({ output, ports, cwd }: CliContext, result: RecipeResult): void {
  const { stdout, stderr } = output;
  for (const problem of result.problems) output.note(`${stderr.red(problem)}\n`);
  for (const step of result.steps) {
    const mark =
      step.state === 'done'
        ? stdout.green('✓')
        : step.state === 'skipped'
          ? stdout.dim('–')
          : stdout.red('✗');
    const time = step.state === 'done' ? `, ${formatDuration(step.durationMs)}` : '';
    output.result(`${mark} ${stdout.bold(step.id)} ${stdout.dim(`${step.state}${time}`)}`);
    for (const it of step.outputs)
      output.result(`    ${ports.host.relative(cwd, it.path)} ${stdout.dim(formatSize(it.size))}`);
    if (step.message !== undefined) {
      if (step.state === 'failed') output.note(`${stderr.red(step.message)}\n`);
      else output.result(`    ${stdout.dim(step.message)}`);
    }
    for (const diagnosis of step.diagnoses) output.note(diagnosisText(diagnosis, stderr));
  }
}

function resultJson(result: RecipeResult): Readonly<Record<string, unknown>> {
  return {
    ...result,
    target: targetId(result.target),
    steps: result.steps.map(({ log: _log, diagnoses, ...step }) => ({
      ...step,
      diagnoses: diagnoses.map(diagnosisJson),
    })),
  };
}

function readVariables(assignments: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const at = assignment.indexOf('=');
      if (at <= 0) throw setupError(`--set wants NAME=VALUE, not ${assignment}`);
      return [assignment.slice(0, at), assignment.slice(at + 1)];
    }),
  );
}
