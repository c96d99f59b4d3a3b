/** Lines shown around a change. */
const contextLines = 3;

/** A line of a comparison: in both texts, only in the old, only in the new. */
type Line = readonly [mark: ' ' | '-' | '+', text: string];

/**
 * What changed between two small texts, as `diff -u` prints it: without a file header, `@@` before each group of changes.
 * Empty where nothing changed. Quadratic in the lines that differ; meant for files such as crossbow.yaml.
 */
export function lineDiff(before: string, after: string): readonly string[] {
  const lines = compare(toLines(before), toLines(after));
  const shown = new Set<number>();
  for (const [index, [mark]] of lines.entries()) {
    if (mark === ' ') continue;
    for (let near = index - contextLines; near <= index + contextLines; near++) shown.add(near);
  }
  const output: string[] = [];
  let [oldLine, newLine] = [1, 1];
  for (const [index, [mark, text]] of lines.entries()) {
    if (shown.has(index)) {
      if (!shown.has(index - 1) || index === 0) output.push(`@@ -${oldLine} +${newLine} @@`);
      output.push(mark + text);
    }
    if (mark !== '+') oldLine++;
    if (mark !== '-') newLine++;
  }
  return output;
}

function toLines(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The longest common subsequence by dynamic programming, after what both begin and end with is taken off. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const same = (lines: readonly string[]): readonly Line[] => lines.map((it): Line => [' ', it]);
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  return [
    ...same(before.slice(0, head)),
    ...compareMiddle(a, b),
    ...same(before.slice(before.length - tail)),
  ];
}

function compareMiddle(a: readonly string[], b: readonly string[]): readonly Line[] {
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = common[i];
      if (row !== undefined)
        row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old, fresh] = [a[i], b[j]];
    if (old !== undefined && old === fresh) {
      lines.push([' ', old]);
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(['-', old]);
      i++;
    } else {
      lines.push(['+', fresh ?? '']);
      j++;
    }
  }
  return lines;
}
