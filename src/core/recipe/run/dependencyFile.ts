/**
 * The files that a compilation read, from what `-MD` wrote: a make rule, lines continued with a backslash, spaces as
 * `\ `, dollars as `$$` (GCC manual, "Options Controlling the Preprocessor").
 */
export function parseDependencies(text: string): readonly string[] {
  const joined = text.replace(/\\\r?\n/g, ' ');
  // The rule's colon is followed by a space; that of `C:\x.h` is not.
  const colon = joined.search(/:\s/);
  if (colon < 0) return [];
  const rule = joined.slice(colon + 1).split('\n', 1)[0] ?? '';
  return (rule.match(/(?:\\[ #]|\$\$|\S)+/g) ?? []).map((it) =>
    it.replace(/\\([ #])/g, '$1').replaceAll('$$', '$'),
  );
}
