import type { Recipe } from './recipe.js';
import type { RecipeServices } from './run/recipeServices.js';

/**
 * How a `recipe` step finds the recipe it names: among those that are known, of the same place first, or in another
 * folder, whose recipes `listIn` tells.
 */
export function recipeFinder(
  known: readonly Recipe[],
  listIn: (directory: string) => Promise<readonly Recipe[]>,
): RecipeServices['findRecipe'] {
  return async (name, directory, from) => {
    const named = (directory === undefined ? known : await listIn(directory)).filter(
      (it) => it.definition.name === name,
    );
    const near =
      directory === undefined
        ? named.find((it) => it.root === from.root)
        : named.find((it) => it.directory === directory);
    return near ?? named[0];
  };
}
