import { addRecipe } from '../../config/addRecipe.js';
import type { ConfigEdit } from '../../config/editConfig.js';
import { targetId, type Target } from '../../target/target.js';
import type { COptions, CStep, GoOptions, GoStep } from '../recipe.js';
import type { FoundRecipe } from './discoverRecipes.js';
import { resolveProgram, type ProgramPorts } from './resolveProgram.js';

/**
 * Copies a recipe that was found into the text of crossbow.yaml, with its programs as they are found now for a target:
 * what is then read there is what is built. An optional program that is not there is left out.
 */
export async function customizeRecipe(
  ports: ProgramPorts,
  text: string,
  { recipe, written }: FoundRecipe,
  target: Target,
): Promise<ConfigEdit> {
  const { definition, directory } = recipe;
  const raw = Array.isArray(written['steps']) ? (written['steps'] as readonly unknown[]) : [];
  const steps: unknown[] = [];
  for (const [index, step] of definition.steps.entries()) {
    if (step.kind !== 'program') {
      steps.push(raw[index]);
      continue;
    }
    const resolved = await resolveProgram(ports, step, directory, target);
    if (resolved !== undefined) steps.push(writeStep(resolved));
    else if (!step.optional) {
      const where = step.paths.join(', ');
      return {
        kind: 'refused',
        message: `There is no program for ${targetId(target)} at ${where} in ${directory}.`,
      };
    }
  }
  return addRecipe(text, definition.name, { ...written, steps });
}

function writeStep(step: GoStep | CStep): Readonly<Record<string, unknown>> {
  const { name, needs } = step;
  const base = { name, ...(needs.length === 0 ? {} : { needs }) };
  const { output, static: isStatic } = step;
  const common = {
    ...(output === undefined ? {} : { output }),
    ...(isStatic === undefined ? {} : { static: isStatic }),
  };
  if (step.kind === 'go')
    return { ...base, go: { packages: oneOrAll(step.packages), ...common, ...writeGo(step) } };
  return { ...base, c: { sources: oneOrAll(step.sources), ...common, ...writeC(step) } };
}

function writeGo({ libraries, ...options }: GoOptions): Record<string, unknown> {
  const { tags, ldflags, cgo, trimpath, mod, env, generate } = options;
  const written = Object.entries(libraries ?? {}).map(([name, { tags: own, use }]) => [
    name,
    { tags: own, use },
  ]);
  return {
    ...withoutAbsent({ tags, ldflags, cgo, trimpath, mod, env, generate }),
    ...(libraries === undefined ? {} : { libraries: Object.fromEntries(written) as unknown }),
  };
}

function writeC({ includes, cflags, ldflags, pkgConfig }: COptions): Record<string, unknown> {
  return withoutAbsent({ includes, cflags, ldflags, 'pkg-config': pkgConfig });
}

function withoutAbsent(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function oneOrAll(texts: readonly string[]): string | readonly string[] {
  const [only] = texts;
  return texts.length === 1 && only !== undefined ? only : texts;
}
