import type { Command } from 'commander';
import { stringify } from 'yaml';
import { customizeRecipe } from '../core/recipe/discovery/customizeRecipe.js';
import type { ListedRecipe } from '../core/recipe/listRecipes.js';
import { targetId } from '../core/target/target.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import type { CliProject } from './cliProject.js';
import { resolveTarget, resolveTargets } from './cliTargets.js';
import { findRecipes, recipeNamed, withSources } from './projectRecipes.js';
import { addRecipeRunCommand } from './recipeRunCommand.js';

type Run = (work: (context: CliContext) => Promise<number>) => Promise<void>;

interface RecipeFlags {
  readonly source?: readonly string[];
  readonly target?: string;
  readonly json?: boolean;
}

export function addRecipeCommand(program: Command, run: Run): void {
  const command = program
    .command('recipe')
    .summary('named lists of steps: what fits the sources, what it does')
    .description(
      'Recipes turn sources into artifacts for a target, step by step. They are written in crossbow.yaml, or come\n' +
        'with Crossbow and fit by what is found: concourse, gdn, runc, resource, worker.',
    )
    .addHelpText(
      'after',
      `
Examples:
  crossbow recipe list                              what fits the sources below this folder
  crossbow recipe show gdn                          its steps
  crossbow recipe list --source ../guardian         with sources beside this folder
  crossbow recipe customize gdn                     copy it to crossbow.yaml, to be changed there`,
    );
  addRecipeRunCommand(command, run);
  withSources(command.command('list').summary('list the recipes')).action((flags: RecipeFlags) =>
    run((context) => list(context, flags)),
  );
  withSources(
    command
      .command('show')
      .summary('show a recipe as crossbow.yaml would hold it, and which of its programs need C')
      .argument('<name>')
      .option('-t, --target <target>', 'target that its programs are looked at for; default: linux/arm64'),
  ).action((name: string, flags: RecipeFlags) => run((context) => show(context, name, flags)));
  withSources(
    command
      .command('customize')
      .summary('copy a recipe to crossbow.yaml')
      .description(
        'Copies a recipe to crossbow.yaml, with its programs as they are found, to be changed there.',
      )
      .argument('<name>')
      .option('-t, --target <target>', 'target that its programs are looked up for; default: linux/arm64'),
  ).action((name: string, flags: RecipeFlags) => run((context) => customize(context, name, flags)));
}

async function list(context: CliContext, flags: RecipeFlags): Promise<number> {
  const { output, ports, cwd } = context;
  const { recipes } = await findRecipes(context, flags);
  if (flags.json === true) {
    output.json({ recipes: recipes.map((it) => recipeJson(it)) });
    return exitCodes.done;
  }
  if (recipes.length === 0) output.note('No recipe fits the sources below this folder.\n');
  const width = Math.max(...recipes.map((it) => it.recipe.definition.name.length));
  for (const { recipe } of recipes) {
    const { name, title = '' } = recipe.definition;
    const place = ports.host.relative(cwd, recipe.directory);
    const where = recipe.origin.kind === 'config' ? 'crossbow.yaml' : place === '' ? '.' : place;
    output.result(
      `${output.stdout.bold(name.padEnd(width))}  ${title} ${output.stdout.dim(`(${where})`)}`.trimEnd(),
    );
  }
  return exitCodes.done;
}

async function show(context: CliContext, name: string, flags: RecipeFlags): Promise<number> {
  const { crossbow, output, ports, signal } = context;
  const { recipes, project } = await findRecipes(context, flags);
  const listed = recipeNamed(recipes, name);
  const { target } = await targetFor(context, project, flags);
  const { config } = project;
  const cgo = await crossbow.recipeCgo(listed.recipe, target, { config, trusted: true, signal });
  if (flags.json === true)
    output.json({ ...recipeJson(listed), cgo: { target: targetId(target), programs: cgo } });
  else if (listed.written !== undefined)
    output.result(stringify({ recipes: { [name]: listed.written } }, { lineWidth: 0 }).trimEnd());
  else {
    const text = (await ports.files.readText(project.configFile ?? '')) ?? '';
    const line = listed.recipe.definition.line ?? 1;
    const [first = '', ...rest] = text.split('\n').slice(line - 1);
    const indent = /^\s*/.exec(first)?.[0].length ?? 0;
    const end = rest.findIndex((it) => it.trim() !== '' && (/^\s*/.exec(it)?.[0].length ?? 0) <= indent);
    output.result([first, ...(end < 0 ? rest : rest.slice(0, end))].join('\n').trimEnd());
  }
  // As comments: what is printed can be copied as a whole.
  if (flags.json !== true && cgo.length > 0)
    output.result(
      output.stdout.dim([`\n# cgo for ${targetId(target)}:`, ...cgo.map((it) => `# ${it.text}`)].join('\n')),
    );
  return exitCodes.done;
}

function recipeJson({ recipe }: ListedRecipe): Readonly<Record<string, unknown>> {
  const { definition, origin, directory, root } = recipe;
  return { ...definition, origin, directory, root };
}

async function customize(context: CliContext, name: string, flags: RecipeFlags): Promise<number> {
  const { output, ports } = context;
  const { recipes, project } = await findRecipes(context, flags);
  const { recipe, written } = recipeNamed(recipes, name);
  if (written === undefined) throw setupError(`${name} is in crossbow.yaml already.`);
  const { target } = await targetFor(context, project, flags);
  const file = project.configFile ?? ports.host.join(recipe.root, 'crossbow.yaml');
  const edit = await customizeRecipe(
    ports,
    (await ports.files.readText(file)) ?? '',
    { recipe, written },
    target,
  );
  if (edit.kind === 'refused') throw setupError(edit.message, { file });
  await ports.files.writeText(file, edit.text);
  if (flags.json === true) output.json({ recipe: name, file });
  else output.result(`${output.stdout.green('✓')} ${name} is in ${output.stdout.bold(file)}`);
  return exitCodes.done;
}

/** The one that was asked for; else the first pinned one of Linux, for which the built-in recipes are, or one that stands for all. */
async function targetFor(
  context: CliContext,
  { config }: CliProject,
  { target }: RecipeFlags,
): Promise<Awaited<ReturnType<typeof resolveTarget>>> {
  if (target !== undefined) return resolveTarget(context, target);
  const pinned = config.pinned.length === 0 ? [] : await resolveTargets(context, config, config.pinned);
  return pinned.find((it) => it.target.goos === 'linux') ?? resolveTarget(context, 'linux/arm64');
}
