import type { BuildChoices } from './build.js';

/** A `crossbow` task as tasks.json writes it, read and checked. */
export interface CrossbowTask extends BuildChoices {
  /** A folder, an import path, or a pattern such as `./...`; see {@link selectPackages}. */
  readonly package: string;
  /** Any spelling of a target or device; absent: the active target. */
  readonly target?: string;
}

export type TaskReading =
  | { readonly kind: 'ok'; readonly task: CrossbowTask }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

/** Property names a definition may have; `type` and VS Code's own are not ours to judge. */
const known = ['package', 'target', 'tags', 'ldflags', 'trimpath', 'cgo', 'env', 'output'] as const;
const recipeOnly = ['set', 'source', 'from', 'force'] as const;

/**
 * Reads a task definition. Written by hand: it runs when VS Code asks for tasks, where loading a schema
 * library would cost more than all of this. Every problem is a sentence that names the property.
 */
export function readTaskDefinition(definition: Readonly<Record<string, unknown>>): TaskReading {
  const problems: string[] = [];
  for (const key of Object.keys(definition)) {
    if (recipeOnly.some((it) => it === key)) {
      problems.push(`"${key}" has a meaning only beside "recipe".`);
    } else if (key !== 'type' && !known.some((it) => it === key)) {
      problems.push(`"${key}" is not a property of a crossbow task. Known: ${known.join(', ')}.`);
    }
  }
  const text = (key: (typeof known)[number]): string | undefined => {
    const value = definition[key];
    if (value === undefined || (typeof value === 'string' && value.trim() !== '')) {
      return value;
    }
    problems.push(`"${key}" must be text, not ${JSON.stringify(value)}.`);
    return undefined;
  };
  const packagePattern = text('package') ?? './...';
  const target = text('target');
  const output = text('output');
  const ldflags = definition['ldflags'] === '' ? undefined : text('ldflags');
  const tags = readTags(definition['tags'], problems);
  const cgo = readCgo(definition['cgo'], problems);
  const env = readEnv(definition['env'], problems);
  const trimpath = definition['trimpath'];
  if (trimpath !== undefined && typeof trimpath !== 'boolean') {
    problems.push(`"trimpath" must be true or false, not ${JSON.stringify(trimpath)}.`);
  }
  if (problems.length > 0) {
    return { kind: 'wrong', problems };
  }
  return {
    kind: 'ok',
    task: {
      package: packagePattern,
      ...(target === undefined ? {} : { target }),
      ...(tags === undefined ? {} : { tags }),
      ...(ldflags === undefined ? {} : { ldflags }),
      ...(typeof trimpath === 'boolean' ? { trimpath } : {}),
      ...(cgo === undefined ? {} : { cgo }),
      ...(env === undefined ? {} : { env }),
      ...(output === undefined ? {} : { output }),
    },
  };
}

function readTags(value: unknown, problems: string[]): readonly string[] | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === 'string') {
    return value.split(/[\s,]+/).filter((it) => it !== '');
  }
  if (Array.isArray(value) && value.every((it) => typeof it === 'string')) {
    return value;
  }
  problems.push(`"tags" must be a list of build tags, not ${JSON.stringify(value)}.`);
  return undefined;
}

function readCgo(value: unknown, problems: string[]): 'auto' | 'on' | 'off' | undefined {
  if (value === undefined || value === 'auto' || value === 'on' || value === 'off') {
    return value;
  }
  problems.push(`"cgo" must be "auto", "on" or "off", not ${JSON.stringify(value)}.`);
  return undefined;
}

function readEnv(value: unknown, problems: string[]): Readonly<Record<string, string>> | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value);
    if (entries.every((it): it is [string, string] => typeof it[1] === 'string')) {
      return Object.fromEntries(entries);
    }
  }
  problems.push(`"env" must give each variable a text, not ${JSON.stringify(value)}.`);
  return undefined;
}
