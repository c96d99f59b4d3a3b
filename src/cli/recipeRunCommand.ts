import { Option, type Command } from 'commander';
import { recipeFinder } from '../core/recipe/recipeFinder.js';
import type { RecipeEvent, RecipeResult } from '../core/recipe/recipeRun.js';
import { targetId, type Target } from '../core/target/target.js';
import { formatDuration, formatSize } from '../core/text/formatText.js';
import { checkFixFlags, showFixes, type FixFlags, type FixRecord } from './applyFix.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { resolveTargets } from './cliTargets.js';
import { diagnosisJson, diagnosisText } from './diagnosisText.js';
import { healRecipe, stepDiagnoses } from './healRecipe.js';
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
      .option('--force', 'does every step again')
      .option('--fix', 'when a step fails, apply the best fix and run the recipe again, until it is green')
      .option('--dry-run', 'with --fix: show the edit that would be made, and make none')
      .option(
        '--yes',
        'with --fix: also run the commands that fixes consist of, such as installing packages',
      ),
  ).action((name: string, flags: RunFlags & FixFlags) => run((context) => runAll(context, name, flags)));
}

async function runAll(context: CliContext, name: string, flags: RunFlags & FixFlags): Promise<number> {
  checkFixFlags(flags);
  const { output } = context;
  const found = await findRecipes(context, flags);
  const { project } = found;
  const { recipe } = recipeNamed(found.recipes, name);
  const targets = await resolveTargets(context, project.config, flags.target);
  const configFile = project.configFile ?? context.ports.host.join(recipe.root, 'crossbow.yaml');
  const results: RecipeResult[] = [];
  const fixes: FixRecord[] = [];
  let known: Found | undefined = found;
  for (const { target } of targets) {
    const run = async (how: { readonly fresh: boolean }): Promise<RecipeResult> => {
      const now = known ?? (await findRecipes(context, flags));
      // A fix may have changed what crossbow.yaml says, and which recipes there are.
      if (flags.fix === true) known = undefined;
      return runOne(context, now, name, target, flags, how);
    };
    const healing =
      flags.fix === true
        ? await healRecipe(context, configFile, run, {
            dryRun: flags.dryRun === true,
            yes: flags.yes === true,
          })
        : { result: await run({ fresh: false }), fixes: [] };
    const { result } = healing;
    results.push(result);
    fixes.push(...healing.fixes);
    if (flags.json !== true) showResult(context, result);
    if (flags.fix === true)
      showFixes(context, healing.fixes, result.outcome === 'failed', stepDiagnoses(result));
    if (result.outcome === 'cancelled') return exitCodes.cancelled;
  }
  const ok = results.every((it) => it.outcome === 'ok');
  if (flags.json === true)
    output.json({ ok, runs: results.map(resultJson), ...(flags.fix === true ? { fixes } : {}) });
  return ok ? exitCodes.done : exitCodes.failed;
}

type Found = Awaited<ReturnType<typeof findRecipes>>;

async function runOne(
  context: CliContext,
  { project, recipes }: Found,
  name: string,
  target: Target,
  flags: RunFlags,
  { fresh }: { readonly fresh: boolean },
): Promise<RecipeResult> {
  const { crossbow, signal } = context;
  return crossbow.runRecipe(
    {
      recipe: recipeNamed(recipes, name).recipe,
      target,
      variables: readVariables(flags.set ?? []),
      ...(flags.force === true ? { force: true } : {}),
      ...(flags.from === undefined ? {} : { from: flags.from }),
    },
    {
      config: project.config,
      trusted: true,
      signal,
      fresh,
      onRecipeEvent: (event) => {
        showEvent(context, event);
      },
      findRecipe: recipeFinder(
        recipes.map((it) => it.recipe),
        async (directory) =>
          (await findRecipes(context, { source: [directory] })).recipes.map((it) => it.recipe),
      ),
    },
  );
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
