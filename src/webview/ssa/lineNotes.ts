import { placeKey } from '../../core/ssa/view/places.js';
import type { SsaDocument } from '../../protocol/ssa.js';

/** What the compiler decided about lines of the source, by `placeKey`. */
export function lineNotes({ dump, boundsChecks }: SsaDocument): ReadonlyMap<string, readonly string[]> {
  const notes = new Map<string, string[]>();
  for (const { file, line, kind } of boundsChecks) {
    const index = dump.files.indexOf(file);
    if (index < 0) continue;
    const key = placeKey({ file: index, line });
    const text = kind === 'index' ? 'bounds check' : 'slice bounds check';
    const known = notes.get(key);
    if (known === undefined) notes.set(key, [text]);
    else if (!known.includes(text)) known.push(text);
  }
  return notes;
}
