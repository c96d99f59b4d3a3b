import type { BuiltIn, Variables } from './builtInFile.js';

/** A built-in recipe for the sources that were found: a plain value in the language of crossbow.yaml. */
export interface RecipeInstance {
  readonly id: string;
  readonly name: string;
  /** Absolute: where the sources are. */
  readonly directory: string;
  readonly variables: Variables;
  /** As crossbow.yaml would hold it, without `directory`. */
  readonly recipe: Readonly<Record<string, unknown>>;
}

/** A recipe of the sources' own, under its name; `variables` of the sources win over the file's. */
export function instantiate(
  { id, recipe }: BuiltIn,
  name: string,
  sources: { readonly directory: string; readonly variables: Variables },
): RecipeInstance {
  const variables = {
    ...sources.variables,
    ...textRecord(recipe['variables']),
    ...ofSources(recipe, sources),
  };
  const { title } = recipe;
  return {
    id,
    name,
    directory: sources.directory,
    variables,
    recipe: {
      ...recipe,
      ...(typeof title === 'string' ? { title: fill(title, variables) } : {}),
      ...(Object.keys(variables).length === 0 ? {} : { variables }),
    },
  };
}

function ofSources(
  recipe: Readonly<Record<string, unknown>>,
  sources: { readonly variables: Variables },
): Variables {
  const own = textRecord(recipe['variables']);
  return Object.fromEntries(Object.entries(sources.variables).filter(([name]) => Object.hasOwn(own, name)));
}

function fill(text: string, variables: Variables): string {
  return text.replace(/\$\{(\w+)\}/g, (reference, name: string) => variables[name] ?? reference);
}

/**
 * The steps of a recipe that is put together from others. A step that runs a recipe of which there are several becomes
 * one step for each, and so do entries that refer to it; `${step.variable}` is a variable of that recipe.
 */
export function composeSteps(
  recipe: Readonly<Record<string, unknown>>,
  instances: ReadonlyMap<string, readonly RecipeInstance[]>,
): Readonly<Record<string, unknown>> {
  const steps = Array.isArray(recipe['steps']) ? recipe['steps'].filter(isBlock) : [];
  /** By the name of the step that was written: what it became. */
  const made = new Map<string, readonly { readonly step: string; readonly of: RecipeInstance }[]>();
  for (const { name, recipe: other } of steps) {
    if (!isBlock(other) || typeof name !== 'string' || typeof other['name'] !== 'string') continue;
    const found = instances.get(other['name']) ?? [];
    made.set(
      name,
      found.map((of, index) => ({ step: index === 0 ? name : `${name}-${tagOf(of)}`, of })),
    );
  }
  return {
    ...recipe,
    steps: steps.flatMap((step) => {
      const { name, recipe: other } = step;
      const several = typeof name === 'string' && isBlock(other) ? made.get(name) : undefined;
      if (several !== undefined && isBlock(other))
        return several.map((it) => ({ ...step, name: it.step, recipe: { ...other, name: it.of.name } }));
      return [mapEntries(step, (entry) => expand(entry, made))];
    }),
  };
}

type Made = ReadonlyMap<string, readonly { readonly step: string; readonly of: RecipeInstance }[]>;

/** An entry once for each recipe behind the step that it refers to. */
function expand(
  [path, value]: readonly [string, unknown],
  made: Made,
): readonly (readonly [string, unknown])[] {
  const text = JSON.stringify(value);
  for (const [step, several] of made) {
    if (!text.includes(`\${steps.${step}/`)) continue;
    return several.map(({ step: own, of }) => [
      path.replace(/\$\{(\w+)\.(\w+)\}/g, (reference, name: string, variable: string) =>
        name === step ? (of.variables[variable] ?? reference) : reference,
      ),
      JSON.parse(text.replaceAll(`\${steps.${step}/`, `\${steps.${own}/`)),
    ]);
  }
  return [[path, value]];
}

/** What tells an instance from others of its recipe, in the characters of a step's name. */
export function tagOf({ variables, directory }: Pick<RecipeInstance, 'variables' | 'directory'>): string {
  const text = variables['type'] ?? directory.split(/[\\/]/).at(-1) ?? '';
  return text.toLowerCase().replace(/[^a-z0-9._-]+/g, '-') || 'other';
}

function mapEntries(
  step: Readonly<Record<string, unknown>>,
  change: (entry: readonly [string, unknown]) => readonly (readonly [string, unknown])[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(step).map(([key, block]) =>
      isBlock(block) && isBlock(block['entries'])
        ? [key, { ...block, entries: Object.fromEntries(Object.entries(block['entries']).flatMap(change)) }]
        : [key, block],
    ),
  );
}

function textRecord(value: unknown): Record<string, string> {
  return isBlock(value)
    ? Object.fromEntries(Object.entries(value).map(([key, it]) => [key, String(it)]))
    : {};
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
