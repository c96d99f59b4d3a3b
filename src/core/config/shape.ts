import type * as v from 'valibot';

type AnySchema = v.GenericSchema;

/** What a reader or a completion needs to know of a schema, with `optional` and `pipe` looked through. */
export type Shape =
  | { readonly kind: 'object'; readonly entries: Readonly<Record<string, AnySchema>> }
  | { readonly kind: 'record'; readonly value: AnySchema }
  | { readonly kind: 'array'; readonly item: AnySchema }
  /** A short spelling, or a block in full. */
  | { readonly kind: 'either'; readonly short: AnySchema; readonly block: AnySchema }
  | { readonly kind: 'leaf'; readonly choices: readonly string[]; readonly asWritten: boolean };

/** The schema's shape. A union without a block is a leaf: it is checked as a whole. */
export function shapeOf(schema: AnySchema): Shape {
  const inner = unwrap(schema);
  if (has(inner, 'entries') && inner.type === 'object')
    return { kind: 'object', entries: inner.entries as Record<string, AnySchema> };
  if (has(inner, 'value') && inner.type === 'record')
    return { kind: 'record', value: inner.value as AnySchema };
  if (has(inner, 'item') && inner.type === 'array') return { kind: 'array', item: inner.item as AnySchema };
  if (inner.type === 'union' && has(inner, 'options')) {
    const options = inner.options as readonly AnySchema[];
    const block = options.find((option) => shapeOf(option).kind === 'object');
    const short = options.find((option) => option !== block);
    if (block !== undefined && short !== undefined) return { kind: 'either', short, block };
  }
  return { kind: 'leaf', choices: choicesOf(inner), asWritten: metadataOf(schema)['asWritten'] === true };
}

/** Title and description, from the schema itself or from what `optional` wraps. */
export function docOf(schema: AnySchema): { readonly title?: string; readonly description?: string } {
  const { title, description } = metadataOf(schema);
  return {
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  };
}

/** All that is said about a schema; the outermost word holds where something is said twice. */
function metadataOf(schema: AnySchema): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const inner: AnySchema[] = [];
  for (const action of has(schema, 'pipe') ? (schema.pipe as readonly unknown[]) : []) {
    if (!isRecord(action)) continue;
    // A pipe's first item is the schema that it is built on, which may have words of its own.
    if (action['kind'] === 'schema') inner.push(action as unknown as AnySchema);
    if (action['type'] !== 'metadata' || !isRecord(action['metadata'])) continue;
    for (const [key, value] of Object.entries(action['metadata'])) found[key] ??= value;
  }
  const next = wrapped(schema);
  if (next !== undefined) inner.push(next);
  for (const it of inner) for (const [key, value] of Object.entries(metadataOf(it))) found[key] ??= value;
  return found;
}

function choicesOf(schema: AnySchema): readonly string[] {
  if (schema.type === 'picklist' && has(schema, 'options'))
    return (schema.options as readonly unknown[]).map(String);
  if (schema.type === 'boolean') return ['true', 'false'];
  if (schema.type !== 'union' || !has(schema, 'options')) return [];
  const named = (schema.options as readonly AnySchema[]).filter((option) => option.type === 'picklist');
  return named.flatMap(choicesOf);
}

function unwrap(schema: AnySchema): AnySchema {
  let at = schema;
  for (let next = wrapped(at); next !== undefined; next = wrapped(at)) at = next;
  return at;
}

function wrapped(schema: AnySchema): AnySchema | undefined {
  return schema.type === 'exact_optional' && has(schema, 'wrapped')
    ? (schema.wrapped as AnySchema)
    : undefined;
}

function has<K extends string>(
  value: object,
  key: K,
): value is object & Record<K, unknown> & { type: string } {
  return key in value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
