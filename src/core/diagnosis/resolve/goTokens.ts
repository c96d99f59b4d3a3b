/** A lexical element of Go with its place in the text. */
export interface GoToken {
  readonly text: string;
  readonly start: number;
}

/** Larger than any file a person wrote. */
const longestFile = 8 * 1024 * 1024;

/** Go's lexical elements (Go specification, "Lexical elements"); newlines are kept, for they end statements. */
const lexeme =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*|:=|[=!<>]=|&&|\|\||<<|>>|\.\.\.|[\n(){}[\],.;=*&:+\-/%|^!<>~]/gu;

/** The elements of a text, comments left out. Broken code yields what was readable; it never throws. */
export function tokenizeGo(source: string): readonly GoToken[] {
  const tokens: GoToken[] = [];
  for (const match of source.slice(0, longestFile).matchAll(lexeme)) {
    const [word] = match;
    if (word.startsWith('//')) continue;
    if (word.startsWith('/*')) {
      // A general comment with newlines acts like a newline.
      if (word.includes('\n')) tokens.push({ text: '\n', start: match.index });
      continue;
    }
    tokens.push({ text: word, start: match.index });
  }
  return tokens;
}

/** Whether an element is an identifier or keyword. */
export function isGoName(text: string): boolean {
  return /^[\p{L}_]/u.test(text);
}

/** Whether an element is a string, raw or interpreted. */
export function isGoString(text: string): boolean {
  return text.length >= 2 && (text.startsWith('"') || text.startsWith('`'));
}
