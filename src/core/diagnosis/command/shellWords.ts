/** A command between `;`, `&&`, `||`, `|` and line ends, as words without their quotes. */
export type Statement = readonly string[];

/** Nobody types more; what is pasted beyond it is not looked at. */
const longest = 8_000;

/**
 * Takes a command line apart the way POSIX shells, PowerShell and cmd agree on: quotes hold words together, `;`, `&`,
 * `|`, parentheses and line ends divide commands. A backslash escapes only a space, a quote or a separator, since on
 * Windows it divides folders; at a line's end it (like PowerShell's backtick and cmd's caret) joins the next line.
 */
export function shellStatements(line: string): readonly Statement[] {
  const text = line.slice(0, longest).replace(/[\\`^]\r?\n/g, ' ');
  const statements: string[][] = [[]];
  let word = '';
  let open = false;
  let quote = '';
  const endWord = (): void => {
    if (open || word !== '') statements.at(-1)?.push(word);
    word = '';
    open = false;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && (next === '"' || next === '$')) word += text.charAt(++at);
      else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      open = true;
    } else if (char === '\\' && /[\s'"\\;&|()]/.test(next)) {
      word += next;
      at++;
    } else if (char === '#' && word === '' && !open) {
      while (at + 1 < text.length && text.charAt(at + 1) !== '\n') at++;
    } else if (/[;&|\n\r]/.test(char) && !isRedirection(char, word, next)) {
      endWord();
      statements.push([]);
    } else if (/[\s()]/.test(char)) {
      endWord();
    } else {
      word += char;
    }
  }
  endWord();
  return statements.filter((it) => it.length > 0);
}

/** `2>&1` and `&>file` are no ends of a command. */
function isRedirection(char: string, word: string, next: string): boolean {
  return char === '&' && (word.endsWith('>') || next === '>');
}
