import { entry } from './entry.js';
import type { PlacedValue } from './entities.js';
import type { SsaDump, ValueState } from './model.js';
import { blocksOf } from './passDiff.js';
import type { SearchTerm } from './searchQuery.js';

/** What a search found in all passes at once. */
export interface SearchHits {
  /** By index into `SsaDump.values`: 1 where it fits, blocks aside. */
  readonly values: Uint8Array;
  /** Ids of the blocks that were asked for; all where none was. */
  readonly blocks: ReadonlySet<number> | undefined;
}

/**
 * Looks at every state of a value once, not at every pass, and at every text once: a search costs milliseconds however
 * large the function.
 */
export function search(dump: SsaDump, terms: readonly SearchTerm[]): SearchHits {
  const tests = terms.filter((it) => it.field !== 'block').map((it) => testFor(dump.strings, it));
  const values = Uint8Array.from(dump.values, (value) => (tests.every((test) => test(value)) ? 1 : 0));
  const ids = terms.flatMap((it) => (it.field === 'block' ? [it.id] : []));
  return { values, blocks: ids.length === 0 ? undefined : new Set(ids) };
}

/** Hits of one pass in printed order. */
export function hitsInPass(
  dump: SsaDump,
  pass: number,
  { values, blocks }: SearchHits,
): readonly PlacedValue[] {
  return blocksOf(dump, pass).flatMap((block) =>
    blocks?.has(block.id) === false
      ? []
      : block.values.flatMap((value) => (values[value] === 1 ? [{ value, block: block.id }] : [])),
  );
}

/** How many hits each pass has. */
export function countHits(dump: SsaDump, hits: SearchHits): readonly number[] {
  const byBlock = dump.blocks.map(({ id, values }) =>
    hits.blocks?.has(id) === false ? 0 : values.reduce((sum, it) => sum + (hits.values[it] ?? 0), 0),
  );
  const byState = dump.states.map(({ blocks }) => blocks.reduce((sum, it) => sum + entry(byBlock, it), 0));
  return dump.passes.map((it) => entry(byState, it.state));
}

/** Indices of the instructions that fit: their text, their value or block, their line. Fields that only values have fit none. */
export function searchCode(dump: SsaDump, terms: readonly SearchTerm[]): readonly number[] {
  const texts = terms.map((it) =>
    'text' in it && (it.field === 'any' || it.field === 'op' || it.field === 'register')
      ? textsWith(dump.strings, it.text)
      : undefined,
  );
  return dump.code.flatMap(({ text, value, block, line = -1 }, index) => {
    const fits = terms.every((term, at) => {
      if (term.field === 'line') return term.from <= line && line <= term.to;
      if (term.field === 'value') return value === term.id;
      if (term.field === 'block') return block === term.id;
      return texts[at]?.[text] === 1;
    });
    return fits ? [index] : [];
  });
}

function testFor(strings: readonly string[], term: SearchTerm): (value: ValueState) => boolean {
  if ('id' in term) return term.field === 'block' ? () => true : ({ id }) => id === term.id;
  if (term.field === 'line') return ({ line = -1 }) => term.from <= line && line <= term.to;
  const found = term.field === 'variable' ? variables(strings, term.text) : textsWith(strings, term.text);
  const has = (index: number | undefined): boolean => index !== undefined && found[index] === 1;
  switch (term.field) {
    case 'op':
      return ({ op }) => has(op);
    case 'type':
      return ({ type }) => has(type);
    case 'aux':
      return ({ aux }) => has(aux);
    case 'register':
      return ({ reg, tmp }) => has(reg) || has(tmp);
    case 'variable':
      return ({ names }) => names?.some(has) === true;
    case 'any':
      return ({ op, type, aux, reg, tmp, names, raw }) =>
        has(op) || has(type) || has(aux) || has(reg) || has(tmp) || has(raw) || names?.some(has) === true;
  }
}

/** By index of a text: 1 where it has the words in it, upper and lower case alike. */
function textsWith(strings: readonly string[], words: string): Uint8Array {
  return Uint8Array.from(strings, (it) => (it.toLowerCase().includes(words) ? 1 : 0));
}

/** Names of a variable and its parts: `a[[]int]`, `a.ptr[*int]`, `a.b.c[int]` for `a`. */
function variables(strings: readonly string[], name: string): Uint8Array {
  return Uint8Array.from(strings, (it) => {
    const text = it.toLowerCase();
    return text.startsWith(name) && /^(?:$|[.[])/.test(text.slice(name.length)) ? 1 : 0;
  });
}
