import { splitNames } from './brackets.js';
import type { ValueState } from './model.js';
import { parsePosition } from './valueLine.js';

/** Exactly the tags that the compiler puts into a line. Names of variables are not escaped: `c[<-chan int]` is no tag. */
const tags =
  /<span class="(?:[vb]\d+ ssa-(?:value|block|long-value)|l[\d?]+ line-number|no-line-number)">|<\/span>|<\/?[bs]>/g;
const escapes: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#34;': '"',
  '&#39;': "'",
  '&#8592;': '←',
  '&#8594;': '→',
};

/** What a piece of a page says (html.EscapeString taken back). */
export function plainText(html: string): string {
  return unescape(html.replace(tags, ''));
}

function unescape(html: string): string {
  return html.includes('&')
    ? html.replace(/&(?:amp|lt|gt|#34|#39|#8592|#8594);/g, (it) => escapes[it] ?? it)
    : html;
}

/** Line and statement mark of `<span class="l6 line-number">(<b>+6</b>)</span>`; undefined for anything else. */
export function markOf(html: string): Pick<ValueState, 'line' | 'stmt'> | undefined {
  const found = /^<span class="[^"]*">\((?:<([bs])>)?\+?(\d+|\?)(?:<\/[bs]>)?\)<\/span>$/.exec(html);
  return found === null ? undefined : parsePosition(sign(found[1]), found[2] ?? '?');
}

/** Bold: a statement begins; struck out: none does. */
function sign(tag: string | undefined): string {
  return tag === 'b' ? '+' : tag === 's' ? '-' : '';
}

const valueHead =
  /^<span class="v\d+ ssa-long-value"><span class="v\d+ ssa-value">(v\d+)<\/span> <span class="[^"]*">\((?:<([bs])>)?\+?(\d+|\?)(?:<\/[bs]>)?\)<\/span> = /;

/**
 * A function from a value's markup to the line of the text dump. Values repeat from pass to pass, so what was read once
 * is looked up. In a page the names come in any order, in the text sorted.
 */
export function createValueReader(): (html: string) => string {
  const known = new Map<string, string>();
  return (html) => {
    let text = known.get(html);
    // The key is a copy: a slice would keep all that was read alive.
    if (text === undefined) known.set(` ${html}`.slice(1), (text = readValue(html)));
    return text;
  };
}

function readValue(html: string): string {
  const head = valueHead.exec(html);
  if (head === null) return plainText(html);
  const [all, id = '', tag, digits = ''] = head;
  const rest = html.slice(all.length, html.endsWith('</span>') ? -7 : undefined);
  return `(${sign(tag)}${digits}) ${id} = ${sortNames(plainText(rest))}`;
}

function sortNames(text: string): string {
  const at = namesStart(text);
  if (at < 0) return text;
  return `${text.slice(0, at)}(${[...splitNames(text.slice(at + 1, -1))].sort().join(', ')})`;
}

/** Where the bracket opens that the text ends with; -1 if it ends with none. */
function namesStart(text: string): number {
  if (!text.endsWith(')')) return -1;
  let depth = 0;
  for (let at = text.length - 1; at > 0; at--) {
    const char = text[at];
    if (char === ')') depth++;
    else if (char === '(' && --depth === 0) return text[at - 1] === ' ' ? at : -1;
  }
  return -1;
}
