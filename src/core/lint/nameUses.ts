import { isGoName, type GoToken } from '../diagnosis/resolve/goTokens.js';
import type { GoFile } from './go/goFile.js';

/**
 * Where a file uses a name of its package's top level: the first place, in the order of the text. Nothing where the
 * file binds the name itself anywhere, for then what a use means depends on its block.
 */
export function firstUse(file: GoFile, name: string): GoToken | undefined {
  const { tokens } = file;
  let found: GoToken | undefined;
  for (const [at, token] of tokens.entries()) {
    if (token.text !== name) continue;
    const before = tokens[at - 1]?.text ?? '\n';
    const after = tokens[at + 1]?.text ?? '\n';
    if (bindsLocally(tokens, at, before, after)) return undefined;
    if (before === '.' || before === ')' || before === 'func') continue;
    const isInBody = file.functions.some((it) => it.start < token.start && token.start < it.end);
    if (isMember(before, after, isInBody)) continue;
    found ??= token;
  }
  return found;
}

/** Where a file uses `alias.name`. */
export function firstSelector(file: GoFile, alias: string, name: string): GoToken | undefined {
  const { tokens } = file;
  const at = tokens.findIndex(
    (token, index) =>
      token.text === alias &&
      tokens[index - 1]?.text !== '.' &&
      tokens[index + 1]?.text === '.' &&
      tokens[index + 2]?.text === name,
  );
  return at < 0 ? undefined : tokens[at + 2];
}

/** A parameter, or a variable of a function: `(regs *T`, `, regs T`, `var regs`, `regs, err :=`. */
function bindsLocally(tokens: readonly GoToken[], at: number, before: string, after: string): boolean {
  if (before === 'var' || before === 'const' || before === 'type') return true;
  if ((before === '(' || before === ',') && (isGoName(after) || after === '...')) return true;
  for (let next = at + 1; next < tokens.length; next++) {
    const { text } = tokens[next] ?? { text: '\n' };
    if (text === ':=') return !isRightOf(tokens, at);
    if (text !== ',' && !isGoName(text)) return false;
  }
  return false;
}

/** `a := b; c := d`: what stands behind a keyword is no new name. */
function isRightOf(tokens: readonly GoToken[], at: number): boolean {
  return /^(?:return|range|case|go|defer|=|:=)$/.test(tokens[at - 1]?.text ?? '');
}

/** A field, a method of an interface, or a key of a literal: the same word with another meaning. */
function isMember(before: string, after: string, isInBody: boolean): boolean {
  const isFirst = before === '\n' || before === '{' || before === ';' || before === ',';
  if (!isFirst) return false;
  if (after === ':') return true;
  // At the start of a line in a function's body a name in front of a bracket is a call or an index.
  return isGoName(after) || (!isInBody && /^[(*[]$/.test(after));
}
