/** A `crossbow` task that runs a recipe, as tasks.json writes it, read and checked. */
export interface RecipeTask {
  readonly recipe: string;
  /** Any spelling of a target or device; absent: the active target. */
  readonly target?: string;
  /** Replace the recipe's own variables. */
  readonly set: Readonly<Record<string, string>>;
  /** Folders with sources beside the workspace's. */
  readonly source: readonly string[];
  /** A step that is done again, with what depends on it. */
  readonly from?: string;
  /** Does every step again. */
  readonly force: boolean;
}

export type RecipeTaskReading =
  | { readonly kind: 'ok'; readonly task: RecipeTask }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const known = ['recipe', 'target', 'set', 'source', 'from', 'force'] as const;

/** Whether a definition is of a recipe, rather than of a program. */
export function isRecipeTask(definition: Readonly<Record<string, unknown>>): boolean {
  return definition['recipe'] !== undefined;
}

/** Reads the definition of a recipe's task. Every problem is a sentence that names the property. */
export function readRecipeTask(definition: Readonly<Record<string, unknown>>): RecipeTaskReading {
  const problems: string[] = [];
  for (const key of Object.keys(definition)) {
    if (key !== 'type' && !known.some((it) => it === key)) {
      problems.push(`"${key}" is not a property of a task with "recipe". Known: ${known.join(', ')}.`);
    }
  }
  const text = (key: 'recipe' | 'target' | 'from'): string | undefined => {
    const value = definition[key];
    if (value === undefined || (typeof value === 'string' && value.trim() !== '')) {
      return value;
    }
    problems.push(`"${key}" must be text, not ${JSON.stringify(value)}.`);
    return undefined;
  };
  const recipe = text('recipe') ?? '';
  const target = text('target');
  const from = text('from');
  const set = readVariables(definition['set'], problems);
  const source = readFolders(definition['source'], problems);
  const force = definition['force'] ?? false;
  if (typeof force !== 'boolean') {
    problems.push(`"force" must be true or false, not ${JSON.stringify(force)}.`);
  }
  if (problems.length > 0) {
    return { kind: 'wrong', problems };
  }
  return {
    kind: 'ok',
    task: {
      recipe,
      set,
      source,
      force: force === true,
      ...(target === undefined ? {} : { target }),
      ...(from === undefined ? {} : { from }),
    },
  };
}

function readVariables(value: unknown, problems: string[]): Readonly<Record<string, string>> {
  if (value === undefined) {
    return {};
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value);
    if (entries.every((it): it is [string, string] => typeof it[1] === 'string')) {
      return Object.fromEntries(entries);
    }
  }
  problems.push(`"set" must give each variable of the recipe a text, not ${JSON.stringify(value)}.`);
  return {};
}

function readFolders(value: unknown, problems: string[]): readonly string[] {
  if (value === undefined) {
    return [];
  }
  if (typeof value === 'string' && value !== '') {
    return [value];
  }
  if (Array.isArray(value) && value.every((it) => typeof it === 'string' && it !== '')) {
    return value as readonly string[];
  }
  problems.push(`"source" must be a folder or a list of folders, not ${JSON.stringify(value)}.`);
  return [];
}
