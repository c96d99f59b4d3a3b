import type * as v from 'valibot';

import { configSchema } from './schema.js';
import { docOf, shapeOf } from './shape.js';

/** A key that may stand in crossbow.yaml, for completion and hover where no YAML extension does it. */
export interface ConfigKey {
  readonly key: string;
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  /** The values it takes, where they are few. */
  readonly choices: readonly string[];
  /** Whether keys of its own follow below it. */
  readonly isBlock: boolean;
}

/**
 * The keys below a path from the top of crossbow.yaml: [] for the top, ['toolchains', 'linux/arm/v7'] for a target's; an item of
 * a list is any text.
 * Empty where nothing may stand, or anything: targets, names of variables.
 */
export function configKeysAt(path: readonly string[]): readonly ConfigKey[] {
  let schema: v.GenericSchema = configSchema;
  for (const key of path) {
    const shape = shapeOf(blockOf(schema));
    const below =
      shape.kind === 'object'
        ? shape.entries[key]
        : shape.kind === 'record'
          ? shape.value
          : shape.kind === 'array'
            ? shape.item
            : undefined;
    if (below === undefined) return [];
    schema = below;
  }
  const shape = shapeOf(blockOf(schema));
  if (shape.kind !== 'object') return [];
  return Object.entries(shape.entries).map(([key, entry]) => {
    const inner = shapeOf(blockOf(entry));
    const { title = key, description = '' } = docOf(entry);
    const isBlock = inner.kind === 'object' || inner.kind === 'record';
    return { key, title, description, choices: inner.kind === 'leaf' ? inner.choices : [], isBlock };
  });
}

/** Below a key that also has a short spelling, only its block has keys. */
function blockOf(schema: v.GenericSchema): v.GenericSchema {
  const shape = shapeOf(schema);
  return shape.kind === 'either' ? shape.block : schema;
}
