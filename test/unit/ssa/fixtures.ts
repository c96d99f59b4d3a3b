import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = join(import.meta.dirname, '../../fixtures/ssa');

/** Names of the compiler's recorded text dumps: function and machine, of Go 1.26 where the name says nothing else. */
export const recordedTexts = names('.txt.gz');

/** What the compiler printed with `GOSSAFUNC=f+`. */
export function recordedText(name: string): string {
  return gunzipSync(readFileSync(join(folder, `${name}.txt.gz`))).toString();
}

function names(ending: string): readonly string[] {
  return readdirSync(folder)
    .filter((it) => it.endsWith(ending))
    .map((it) => it.slice(0, -ending.length));
}
