import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { SsaDump } from '../../../src/core/ssa/model.js';
import { createSsaTextParser } from '../../../src/core/ssa/parseSsaText.js';

const folder = join(import.meta.dirname, '../../fixtures/ssa');

/** Names of the compiler's recorded text dumps: function and machine, of Go 1.26 where the name says nothing else. */
export const recordedTexts = names('.txt.gz');

/** What the compiler printed with `GOSSAFUNC=f+`. */
export function recordedText(name: string): string {
  return gunzipSync(readFileSync(join(folder, `${name}.txt.gz`))).toString();
}

/** The same functions as pages. */
export const recordedPages = names('.html.gz');

/** What the compiler wrote into ssa.html in the same run. */
export function recordedPage(name: string): string {
  return gunzipSync(readFileSync(join(folder, `${name}.html.gz`))).toString();
}

/** The model of a recorded dump. */
export function recordedDump(name: string): SsaDump {
  return parsed(recordedText(name));
}

/** A function with these lines after each of its passes, which are called `p1`, `p2`, …; the first is `start`. */
export function dumpOf(...states: readonly (readonly string[])[]): SsaDump {
  const passes = states.map((lines, pass) => {
    const head = pass === 0 ? '' : `  pass p${pass} begin\n  pass p${pass} end [1 ns]\n`;
    return `${head}f func()\n${lines.join('\n')}\n`;
  });
  return parsed(`generating SSA for f\ncompiling f\n${passes.join('')}`);
}

function parsed(text: string): SsaDump {
  const parser = createSsaTextParser();
  parser.feed(text);
  const [dump] = parser.end().dumps;
  if (dump === undefined) throw new Error('There is no dump in this text.');
  return dump;
}

function names(ending: string): readonly string[] {
  return readdirSync(folder)
    .filter((it) => it.endsWith(ending))
    .map((it) => it.slice(0, -ending.length));
}
