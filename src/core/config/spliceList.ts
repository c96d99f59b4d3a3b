import { isScalar, type YAMLSeq } from 'yaml';

/**
 * Makes a list with an item per line (`- linux/arm/v7 # the gateway`) hold other texts: lines of those that stay are
 * not touched, so they keep their comments; those that go are cut, those that come follow behind the last. Undefined
 * where that is not all that has to be done: a list in brackets, items in another order, none left.
 */
export function spliceList(
  text: string,
  list: YAMLSeq,
  wanted: readonly string[],
  written: (item: string) => string,
): string | undefined {
  const items = list.items.map((item) =>
    isScalar(item) && typeof item.value === 'string' && item.range
      ? { value: item.value, ...lineOf(text, item.range[0]) }
      : undefined,
  );
  const known = items.filter((it) => it !== undefined);
  const kept = known.filter((it) => wanted.includes(it.value));
  const last = kept.at(-1);
  const isPlain = list.flow !== true && known.length === items.length;
  const added = wanted.slice(kept.length);
  const inOrder = kept.every((it, index) => it.value === wanted[index]);
  if (!isPlain || !inOrder || last === undefined || known.some((it) => it.lead === undefined))
    return undefined;

  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = added.map((item) => `${newline}${last.lead ?? ''}${written(item)}`).join('');
  let result = text.slice(0, last.end) + lines + text.slice(last.end);
  for (const it of known.filter((item) => !kept.includes(item)).reverse()) {
    const moved = it.start > last.end ? lines.length : 0;
    // With the end of the line before, which is there: a list's items follow its key.
    const before = result.slice(0, it.start + moved).replace(/\r?\n$/, '');
    result = before + result.slice(it.end + moved);
  }
  return result;
}

/** The line around an item, without its end; `lead` is what stands before the item, where that is a dash alone. */
function lineOf(
  text: string,
  at: number,
): { readonly start: number; readonly end: number; readonly lead: string | undefined } {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
  const lead = text.slice(start, at);
  return { start, end, lead: /^\s*-\s+$/.test(lead) ? lead : undefined };
}
