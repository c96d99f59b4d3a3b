import { utf8 } from '../../artifact/byteView.js';
import type { Window } from '../../artifact/window.js';
import type { BinaryLayout } from './binaryLayout.js';

/** UPX writes it behind the headers of whatever it packs (its `l_info`; in PE files, into the header's gap). */
const mark = 'UPX!';
const searched = 4096;

/** Whether a file without symbols is one that UPX packed: its code is compressed, and its tables with it. */
export async function isUpxPacked(file: Window, { sections, symbols }: BinaryLayout): Promise<boolean> {
  if (symbols.length > 0) return false;
  if (sections.some((it) => /^UPX\d$/.test(it.name))) return true;
  // What it makes for Linux has no sections.
  if (sections.length > 0) return false;
  const { bytes } = await file.read(0, searched);
  return utf8(bytes).includes(mark);
}
