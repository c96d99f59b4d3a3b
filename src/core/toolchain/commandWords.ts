/** A command's words, or why Go would not take it. */
export type CommandWords =
  { readonly ok: true; readonly words: readonly string[] } | { readonly ok: false; readonly message: string };

/**
 * Splits CC or CGO_CFLAGS as Go does (cmd/internal/quoted.Split): words between white space; a word that begins with a
 * quote goes to the next such quote, without escapes.
 */
export function splitCommand(text: string): CommandWords {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const quote = rest[0];
    if (quote === '"' || quote === "'") {
      const end = rest.indexOf(quote, 1);
      if (end < 0) return { ok: false, message: `unterminated ${quote} in: ${text}` };
      words.push(rest.slice(1, end));
      rest = rest.slice(end + 1).trimStart();
    } else {
      const word = /^\S+/.exec(rest)?.[0] ?? rest;
      words.push(word);
      rest = rest.slice(word.length).trimStart();
    }
  }
  return { ok: true, words };
}

/** Joins words so that {@link splitCommand} gives them back; a word that holds both kinds of quotes can't be written. */
export function joinCommand(words: readonly string[]): string {
  return words
    .map((word) => {
      if (word !== '' && !/[\s"']/.test(word)) return word;
      return word.includes("'") ? `"${word}"` : `'${word}'`;
    })
    .join(' ');
}
