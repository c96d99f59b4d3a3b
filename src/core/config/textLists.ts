/** What may be written as one text or as a list of them. */
type TextList = string | readonly string[] | undefined;

/** The list; a single text is a list of one. */
export function listOf(value: TextList): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** A list of flags, which a single text writes with spaces in between. */
export function wordsOf(value: TextList): readonly string[] {
  return typeof value === 'string' ? value.split(/\s+/).filter((it) => it !== '') : listOf(value);
}

/** A list of build tags, which a single text writes with spaces or commas in between. */
export function tagsOf(value: TextList): readonly string[] {
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((it) => it !== '') : listOf(value);
}
