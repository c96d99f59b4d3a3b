import type * as v from 'valibot';

type AnySchema = v.GenericSchema;

/** What a reader or a completion needs to know of a schema, with `optional` and `pipe` looked through. */
export type Shape =
  | { readonly kind: 'object'; readonly entries: Readonly<Record<string, AnySchema>> }
  | { readonly kind: 'record'; readonly value: AnySchema }
  | { readonly kind: 'array'; readonly item: AnySchema }
  | { readonly kind: 'leaf'; readonly choices: readonly string[] };

/** The schema's shape. A union is a leaf: it is checked as a whole. */
export function shapeOf(schema: AnySchema): Shape {
  const inner = unwrap(schema);
  if (has(inner, 'entries') && inner.type === 'object')
    return { kind: 'object', entries: inner.entries as Record<string, AnySchema> };
  if (has(inner, 'value') && inner.type === 'record')
    return { kind: 'record', value: inner.value as AnySchema };
  if (has(inner, 'item') && inner.type === 'array') return { kind: 'array', item: inner.item as AnySchema };
  return { kind: 'leaf', choices: choicesOf(inner) };
}

/** Title and description, from the schema itself or from what `optional` wraps. */
export function docOf(schema: AnySchema): { readonly title?: string; readonly description?: string } {
  const found: { title?: string; description?: string } = {};
  for (let at: AnySchema | undefined = schema; at !== undefined; at = wrapped(at)) {
    const actions: readonly unknown[] = has(at, 'pipe') ? (at.pipe as readonly unknown[]) : [];
    for (const action of actions) {
      if (!isRecord(action) || action['type'] !== 'metadata' || !isRecord(action['metadata'])) continue;
      const { title, description } = action['metadata'];
      if (typeof title === 'string') found.title ??= title;
      if (typeof description === 'string') found.description ??= description;
    }
  }
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
