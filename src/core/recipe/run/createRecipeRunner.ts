import type { Crossbow, LogReader } from '../../crossbow.js';
import type { Target } from '../../target/target.js';
import { resolveProgram } from '../discovery/resolveProgram.js';
import { readVersion, type SourceVersion } from '../discovery/versionSource.js';
import { recallRecipe } from './recallRecipe.js';
import type { RecipeServices } from './recipeServices.js';
import { runRecipe } from './runRecipe.js';

/** What the façade is made of, as far as recipes need it. */
interface Parts extends Pick<RecipeServices, 'ports' | 'go' | 'build' | 'toolchains' | 'whyCgo' | 'resolve'> {
  readonly readLog: (target?: Target, builtHere?: boolean, compiler?: string) => LogReader;
}

/** The façade's calls about running recipes. */
export function createRecipeRunner({
  readLog,
  ...parts
}: Parts): Pick<Crossbow, 'runRecipe' | 'recallRecipe'> {
  const { ports } = parts;
  const services = (findRecipe: RecipeServices['findRecipe']): RecipeServices => {
    /** By folder: several recipes of a run may be of the same sources. */
    const versions = new Map<string, Promise<SourceVersion>>();
    return {
      ...parts,
      diagnose(log, { target, compiler, ...about }) {
        const reader = readLog(target, true, compiler);
        reader.feed(log);
        return reader.end(about);
      },
      readVersion(directory, signal) {
        const version = versions.get(directory) ?? readVersion(ports, directory, signal);
        versions.set(directory, version);
        return version;
      },
      resolveProgram: (step, directory, target) => resolveProgram(ports, step, directory, target),
      findRecipe,
    };
  };
  return {
    runRecipe: (request, options) => runRecipe(services(options.findRecipe), request, options),
    recallRecipe: (request, options) => recallRecipe(services(options.findRecipe), request, options),
  };
}
