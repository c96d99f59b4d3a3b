/**
 * Splits a run of JSON objects, as `go list -json` prints them (each over several lines, closed by a `}` in the first
 * column), and parses each. Text between them is left out; a piece that is no JSON is skipped.
 */
export function parseJsonObjects(text: string): readonly Readonly<Record<string, unknown>>[] {
  const objects: Record<string, unknown>[] = [];
  let start = text.startsWith('{') ? 0 : text.indexOf('\n{') + 1;
  while (start >= 0 && start < text.length && text[start] === '{') {
    const close = text.indexOf('\n}', start);
    const end = close < 0 ? text.length : close + 2;
    const value = parseObject(text.slice(start, end));
    if (value !== undefined) objects.push(value);
    const next = text.indexOf('\n{', end - 1);
    if (next < 0) break;
    start = next + 1;
  }
  return objects;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
