const opening = new Set(['[', '{', '(']);
const closing = new Set([']', '}', ')']);

/** End of the quoted text that starts at `at`, just behind the closing quote; the end of the line if there is none. */
function skipQuoted(text: string, at: number): number {
  const quote = text[at];
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) return i + 1;
  }
  return text.length;
}

/**
 * Where the first of `wanted` stands outside brackets and quotes, from `at` on; -1 if nowhere. Go types, symbols of
 * strings and struct tags hold every character, but always inside one of these (strconv.Quote, cmd/compile/internal/types).
 */
export function findOutside(text: string, wanted: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const char = text.charAt(i);
    if (depth === 0 && char === wanted) return i;
    if (char === '"' || char === '`') i = skipQuoted(text, i) - 1;
    else if (opening.has(char)) depth++;
    else if (closing.has(char)) depth--;
    if (depth < 0) return -1;
  }
  return -1;
}

/** Index just behind the bracket that closes the one at `at`; -1 if it is not closed. */
export function closeOf(text: string, at: number): number {
  const end = findOutside(text, text[at] === '[' ? ']' : text[at] === '{' ? '}' : ')', at + 1);
  return end < 0 ? -1 : end + 1;
}

/** Parts between commas that stand outside brackets and quotes. */
export function splitNames(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (;;) {
    const comma = findOutside(text, ',', start);
    if (comma < 0) break;
    parts.push(text.slice(start, comma));
    start = comma + (text[comma + 1] === ' ' ? 2 : 1);
  }
  parts.push(text.slice(start));
  return parts;
}
