/**
 * Takes a command apart that the go command joined for its action graph (cmd/go/internal/work, joinUnambiguously): words
 * between single spaces; a word that could be misread is a Go string literal in double quotes.
 */
export function splitGoWords(line: string): readonly string[] {
  return [...line.matchAll(wordForm)].map(([word]) => plain(word));
}

/** The program of such a command. */
export function firstGoWord(line: string): string {
  for (const [word] of line.matchAll(wordForm)) return plain(word);
  return '';
}

const wordForm = /"(?:[^"\\]|\\.)*"|[^ ]+/g;

function plain(word: string): string {
  return word.startsWith('"') ? unquote(word) : word;
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A Go string literal's text (Go specification, "String literals"), as strconv.Quote writes them. */
function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
      (_, byte?: string, short?: string, long?: string, letter?: string) => {
        const digits = byte ?? short ?? long;
        return digits === undefined
          ? (escapes[letter ?? ''] ?? letter ?? '')
          : String.fromCodePoint(parseInt(digits, 16));
      },
    );
}
