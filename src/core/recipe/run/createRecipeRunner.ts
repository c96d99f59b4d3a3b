import type { Crossbow, LogReader } from '../../crossbow.js';
import type { Target } from '../../target/target.js';
import { resolveProgram } from '../discovery/resolveProgram.js';
import { readVersion } from '../discovery/versionSource.js';
import type { RecipeServices } from './recipeServices.js';
import { runRecipe } from './runRecipe.js';

/** What the façade is made of, as far as recipes need it. */
interface Parts extends Pick<RecipeServices, 'ports' | 'go' | 'build' | 'toolchains' | 'whyCgo'> {
  readonly readLog: (target?: Target, builtHere?: boolean, compiler?: string) => LogReader;
}

/** The façade's `runRecipe`. */
export function createRecipeRunner({ readLog, ...parts }: Parts): Crossbow['runRecipe'] {
  const { ports } = parts;
  return (request, options) =>
    runRecipe(
      {
        ...parts,
        diagnose(log, { target, compiler, ...about }) {
          const reader = readLog(target, true, compiler);
          reader.feed(log);
          return reader.end(about);
        },
        readVersion: (directory, signal) => readVersion(ports, directory, signal),
        resolveProgram: (step, directory, target) => resolveProgram(ports, step, directory, target),
        findRecipe: options.findRecipe,
      },
      request,
      options,
    );
}
