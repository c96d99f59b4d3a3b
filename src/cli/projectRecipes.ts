import type { Command } from 'commander';
import { nearestName } from '../core/config/nearestName.js';
import type { ListedRecipe } from '../core/recipe/listRecipes.js';
import { setupError, type CliContext } from './cliContext.js';
import { readProject, type CliProject } from './cliProject.js';

/** The options that say where sources are. */
export function withSources(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return command
    .option('-s, --source <folder>', 'another folder with sources, beside this one (repeatable)', collect)
    .option('--json', 'print one JSON document on standard output and nothing else there');
}

/** The project, and the recipes that fit it and the folders that are named. */
export async function findRecipes(
  context: CliContext,
  { source = [] }: { readonly source?: readonly string[] },
): Promise<{ readonly project: CliProject; readonly recipes: readonly ListedRecipe[] }> {
  const { crossbow, cwd, ports, signal } = context;
  const { host, files } = ports;
  const project = await readProject(context);
  const { config, configFile } = project;
  const root = configFile === undefined ? cwd : host.dirname(configFile);
  const others = source.map((it) => (host.isAbsolute(it) ? host.join(it) : host.join(cwd, it)));
  for (const folder of others)
    if ((await files.stat(folder))?.kind !== 'directory')
      throw setupError(`--source ${folder}: there is no such folder.`);
  const recipes = await crossbow.recipes({
    folders: [...new Set([root, ...others])],
    root,
    config,
    ...(configFile === undefined ? {} : { configFile }),
    signal,
  });
  return { project, recipes };
}

/** The recipe of a name; an unknown one is wrong usage, told with the nearest. */
export function recipeNamed(recipes: readonly ListedRecipe[], name: string): ListedRecipe {
  const found = recipes.find((it) => it.recipe.definition.name === name);
  if (found !== undefined) return found;
  const names = recipes.map((it) => it.recipe.definition.name);
  const near = nearestName(name, names);
  const hint =
    near !== undefined
      ? `Did you mean ${near}?`
      : names.length > 0
        ? `There are: ${names.join(', ')}`
        : 'None fits the sources below this folder; --source names another one.';
  throw setupError(`There is no recipe ${name}. ${hint}`, { name, names });
}
