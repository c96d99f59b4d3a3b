import type { Crossbow } from '../crossbow.js';
import type { ProgramPorts } from './discovery/resolveProgram.js';
import { listRecipes } from './listRecipes.js';
import { workspaceRecipes } from './workspaceRecipes.js';

/** The façade's calls that say which recipes there are. */
export function createRecipeLister(
  ports: ProgramPorts,
  builtInFolder: string | undefined,
): Pick<Crossbow, 'recipes' | 'workspaceRecipes'> {
  return {
    recipes: (question) => listRecipes(ports, question, builtInFolder),
    workspaceRecipes: (places, more) => workspaceRecipes(ports, places, builtInFolder, more),
  };
}
