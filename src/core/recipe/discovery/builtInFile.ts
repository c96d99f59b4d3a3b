import * as v from 'valibot';
import { parse } from 'yaml';

/**
 * `match:` of a built-in recipe's file: which sources it is for. The rest of the file is one recipe, in the language of
 * crossbow.yaml.
 */
export interface BuiltInMatch {
  /** Module paths that it is for, wherever their programs lie by now. */
  readonly modules: readonly string[];
  /**
   * Folders that hold programs, each one of several alternatives. A module that has them all fits, whatever it is
   * called: a fork may have changed its path.
   */
  readonly programs: readonly (readonly string[])[];
  /** Folders that a module has besides. */
  readonly folders: readonly string[];
  /** Copies of these modules under vendor/ fit too, where there is no checkout of their own. */
  readonly vendored: boolean;
  /** It is one of several kinds: the variable `type` is made of the module's name. */
  readonly hasType: boolean;
  /** Variables by `type`, where they are not the recipe's own. */
  readonly variablesOfType: Readonly<Record<string, Variables>>;
  /** Built-in recipes that it is put together from: fits where all of them do. */
  readonly recipes: readonly string[];
}

export type Variables = Readonly<Record<string, string>>;

/** A built-in recipe. */
export interface BuiltIn {
  /** Its name, and its file's. */
  readonly id: string;
  readonly match: BuiltInMatch;
  /** The recipe as crossbow.yaml would hold it. */
  readonly recipe: Readonly<Record<string, unknown>>;
}

const texts = v.union([v.array(v.string()), v.string()]);
const variables = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]));

const schema = v.looseObject({
  match: v.strictObject({
    module: v.optional(texts, []),
    programs: v.optional(v.array(texts), []),
    folders: v.optional(texts, []),
    vendored: v.optional(v.boolean(), false),
    type: v.optional(v.boolean(), false),
    'variables-of-type': v.optional(v.record(v.string(), variables), {}),
    recipes: v.optional(texts, []),
  }),
});

/** Reads a built-in recipe's file. Throws where it is not one: the files are ours, and tests read all of them. */
export function readBuiltIn(id: string, text: string): BuiltIn {
  const { match, ...recipe } = v.parse(schema, parse(text));
  return {
    id,
    match: {
      modules: listOf(match.module),
      programs: match.programs.map(listOf),
      folders: listOf(match.folders),
      vendored: match.vendored,
      hasType: match.type,
      variablesOfType: Object.fromEntries(
        Object.entries(match['variables-of-type']).map(([type, values]) => [
          type,
          Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
        ]),
      ),
      recipes: listOf(match.recipes),
    },
    recipe,
  };
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
