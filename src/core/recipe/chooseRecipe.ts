import { nearestName } from '../config/nearestName.js';
import { givenVariables } from './references.js';
import type { RecipeTask } from './recipeTask.js';
import type { PlacedRecipe } from './workspaceRecipes.js';

export type RecipeChoice =
  | { readonly kind: 'chosen'; readonly recipe: PlacedRecipe }
  /** `message` says why not, in one or two sentences. */
  | { readonly kind: 'none'; readonly message: string };

/** The recipe that a task names: the one of the folder that the task belongs to, else the first of the name. */
export function chooseRecipe(
  { recipe: name, set }: Pick<RecipeTask, 'recipe' | 'set'>,
  recipes: readonly PlacedRecipe[],
  folder: string | undefined,
): RecipeChoice {
  const named = recipes.filter((it) => it.recipe.definition.name === name);
  const recipe = named.find((it) => it.place.folder === folder) ?? named[0];
  if (recipe === undefined) {
    const names = [...new Set(recipes.map((it) => it.recipe.definition.name))];
    return {
      kind: 'none',
      message: `There is no recipe "${name}" here. ${hint(name, names, 'None fits this workspace.')}`,
    };
  }
  const variables = [...Object.keys(recipe.recipe.definition.variables), ...givenVariables];
  const unknown = Object.keys(set).find((it) => !variables.includes(it));
  if (unknown === undefined) return { kind: 'chosen', recipe };
  const own = Object.keys(recipe.recipe.definition.variables);
  return {
    kind: 'none',
    message: `The recipe "${name}" has no variable "${unknown}". ${hint(unknown, own, 'It has none.')}`,
  };
}

function hint(name: string, names: readonly string[], otherwise: string): string {
  const near = nearestName(name, names);
  if (near !== undefined) return `Did you mean "${near}"?`;
  return names.length === 0 ? otherwise : `There are: ${names.join(', ')}.`;
}
