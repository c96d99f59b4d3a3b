/** What one word of a search looks at. `any`: op, type, aux, register, names. */
export type SearchField =
  'any' | 'op' | 'type' | 'aux' | 'register' | 'variable' | 'line' | 'value' | 'block';

export type SearchTerm =
  | { readonly field: 'line'; readonly from: number; readonly to: number }
  | { readonly field: 'value' | 'block'; readonly id: number }
  | { readonly field: Exclude<SearchField, 'line' | 'value' | 'block'>; readonly text: string };

const fields: Readonly<Record<string, Exclude<SearchField, 'value' | 'block'>>> = {
  op: 'op',
  type: 'type',
  aux: 'aux',
  reg: 'register',
  register: 'register',
  var: 'variable',
  variable: 'variable',
  line: 'line',
};

/**
 * The words of a search, all of which have to fit: `v12`, `b3`, `op:Add64`, `type:int`, `reg:AX`, `var:x`, `line:40` or
 * `line:40-45`, and any other word for a part of what is printed. A blank within a word stands in quotes.
 */
export function parseQuery(text: string): readonly SearchTerm[] {
  const words = text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? [];
  return words.flatMap((word): readonly SearchTerm[] => {
    const [, name = '', rest = ''] = /^([a-z]+):(.*)$/i.exec(word) ?? [];
    const field = fields[name.toLowerCase()];
    const plain = (it: string): string => it.replaceAll('"', '').toLowerCase();
    if (field === undefined) return [wordTerm(plain(word))];
    // A field that is still being typed excludes nothing.
    if (rest === '') return [];
    if (field !== 'line') return [{ field, text: plain(rest) }];
    const lines = /^(\d+)(?:-(\d+))?$/.exec(rest);
    if (lines === null) return [{ field: 'any', text: plain(word) }];
    const from = Number(lines[1]);
    return [{ field, from, to: Number(lines[2] ?? from) }];
  });
}

function wordTerm(word: string): SearchTerm {
  const found = /^([vb])(\d+)$/.exec(word);
  if (found === null) return { field: 'any', text: word };
  return { field: found[1] === 'v' ? 'value' : 'block', id: Number(found[2]) };
}
