import { entry } from '../entry.js';
import type { Frame, SsaDump } from '../model.js';
import type { SsaModel } from './createSsaModel.js';
import type { Selection } from './selection.js';

/** The line that a selection stands on; undefined for a block, or a value that the compiler gave no line. */
export function placeOfSelection(model: SsaModel, selection: Selection): Frame | undefined {
  if (selection.kind === 'place') return selection.place;
  if (selection.kind !== 'value') return undefined;
  const state = model.stateOf(selection.pass, selection.id);
  return state === undefined ? undefined : model.places().of(entry(model.dump.values, state));
}

/** The same in another dump of the function, as its line: ids of two compiles have nothing to do with each other. */
export function translateSelection(model: SsaModel, selection: Selection, other: SsaDump): Selection {
  const place = placeOfSelection(model, selection);
  const path = place === undefined ? undefined : model.dump.files[place.file];
  const file = path === undefined ? -1 : other.files.indexOf(path);
  return place === undefined || file < 0
    ? { kind: 'none' }
    : { kind: 'place', place: { file, line: place.line } };
}
