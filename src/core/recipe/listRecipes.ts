import type { CrossbowConfig } from '../config/config.js';
import { discoverRecipes, type FoundRecipe, type RecipeSearch } from './discovery/discoverRecipes.js';
import type { ProgramPorts } from './discovery/resolveProgram.js';
import { placeRecipe } from './placeRecipe.js';
import type { Recipe } from './recipe.js';

/** Where recipes are looked for, and what crossbow.yaml says. */
export interface RecipeQuestion extends Omit<RecipeSearch, 'builtInFolder'> {
  readonly config: CrossbowConfig;
  /** crossbow.yaml, where there is one. */
  readonly configFile?: string;
}

/** A recipe that can be run; `written` is there for one that is not in crossbow.yaml yet. */
export interface ListedRecipe {
  readonly recipe: Recipe;
  readonly written?: FoundRecipe['written'];
}

/** All recipes: those of crossbow.yaml in its order, then those that were found, but for names that it takes. */
export async function listRecipes(
  ports: ProgramPorts,
  { config, configFile, ...search }: RecipeQuestion,
  builtInFolder: string | undefined,
): Promise<readonly ListedRecipe[]> {
  const own = configFile === undefined ? [] : config.recipes;
  const listed = own.map((it) => ({ recipe: placeRecipe(ports.host, it, configFile ?? '') }));
  if (builtInFolder === undefined) return listed;
  const found = await discoverRecipes(ports, { ...search, builtInFolder });
  const taken = new Set(own.map((it) => it.name));
  return [...listed, ...found.filter((it) => !taken.has(it.recipe.definition.name))];
}
