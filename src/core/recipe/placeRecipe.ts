import type { Host } from '../ports.js';
import type { Recipe, RecipeDefinition } from './recipe.js';

/** A recipe of a crossbow.yaml, with the folders that its paths start from. */
export function placeRecipe(
  host: Pick<Host, 'join' | 'dirname' | 'isAbsolute'>,
  definition: RecipeDefinition,
  file: string,
): Recipe {
  const root = host.dirname(file);
  const { directory = '.', line } = definition;
  return {
    definition,
    origin: { kind: 'config', file, ...(line === undefined ? {} : { line }) },
    directory: host.isAbsolute(directory) ? host.join(directory) : host.join(root, directory),
    root,
  };
}
