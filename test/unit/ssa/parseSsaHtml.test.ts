import { describe, expect, it } from 'vitest';
import type { SsaDump } from '../../../src/core/ssa/model.js';
import { createSsaHtmlParser } from '../../../src/core/ssa/parseSsaHtml.js';
import { printPass } from '../../../src/core/ssa/printDump.js';
import { recordedDump, recordedPage, recordedPages, recordedText } from './fixtures.js';
import { cutAtRandom, random } from './random.js';

function read(...pieces: readonly string[]): SsaDump | undefined {
  const parser = createSsaHtmlParser();
  for (const piece of pieces) parser.feed(piece);
  return parser.end();
}

/** Without the line of the function's type, which a page doesn't tell. */
const passText = (dump: SsaDump, pass: number): string => printPass(dump, pass).replace(/^.*\n/, '');

describe('a saved ssa.html', () => {
  it.each(recordedPages)('of %s is the model of the text dump', (name) => {
    const page = read(recordedPage(name))!;
    const text = recordedDump(name);
    expect(page.func).toMatchObject({
      name: text.func.name,
      ...(text.func.abi === undefined ? {} : { abi: text.func.abi }),
    });
    const [first, ...passes] = page.passes;
    expect(first!.name).toBe('before insert phis');
    expect(passes.map((it) => it.name)).toEqual(text.passes.map((it) => it.name));
    passes.forEach((it, pass) => {
      expect(passText(page, pass + 1), it.name).toBe(passText(text, pass));
    });
    expect(page.values.filter((it) => it.raw !== undefined)).toEqual([]);
    const strings = (dump: SsaDump) =>
      dump.ast.map(([depth, node, at]) => [depth, dump.strings[node], dump.strings[at]]);
    const nodes = strings(text).filter(([, node]) => node !== '' && !String(node).startsWith('cannot read'));
    expect(strings(page)).toEqual(nodes);
    const code = (dump: SsaDump) =>
      dump.code.map(({ pc, value, block, line, file, text: it }) => [
        pc,
        value,
        block,
        line,
        dump.files[file],
        dump.strings[it],
      ]);
    expect(code(page)).toEqual(code(text));
  });

  it('tells more than the text: lines of blocks, statements, what is live, and sources', () => {
    const { blocks, code, sources, files, strings } = read(recordedPage('ring-put-amd64'))!;
    expect(blocks.find((it) => strings[it.kind] === 'If')).toMatchObject({ line: 9 });
    expect(code.some((it) => it.stmt === 1) && code.some((it) => it.stmt === -1)).toBe(true);
    expect(code.flatMap((it) => it.live ?? [])).toContainEqual(expect.stringMatching(/^live at /));
    expect(sources).toEqual([
      {
        file: files.indexOf('/src/fix/fix.go'),
        start: 8,
        lines: [
          'func (r *Ring) Put(x int) {',
          '\tr.items[r.next] = x',
          '\tr.next = (r.next + 1) % len(r.items)',
          '}',
        ],
      },
    ]);
  });

  it.each(recordedPages)('of %s gives the same model wherever it is cut', (name) => {
    const text = recordedPage(name);
    const whole = read(text);
    const next = random(name.length);
    for (let round = 0; round < 4; round++) expect(read(...cutAtRandom(text, next))).toEqual(whole);
  });

  it('ends early without a word, and what was read stays', () => {
    const text = recordedPage('sum-arm');
    const whole = read(text)!;
    const next = random(7);
    for (let round = 0; round < 40; round++) {
      const dump = read(text.slice(0, Math.floor(next() * text.length)));
      if (dump === undefined) continue;
      const complete = Math.max(0, dump.passes.length - 1);
      for (let pass = 0; pass < complete; pass++) expect(passText(dump, pass)).toBe(passText(whole, pass));
      expect(dump.code).toEqual(whole.code.slice(0, dump.code.length));
    }
  });

  it('takes markup in names and strings for text', () => {
    const { values, strings, sources } = read(recordedPage('tag-amd64'))!;
    const aux = values.map((it) => (it.aux === undefined ? '' : strings[it.aux]));
    expect(aux).toContain(' {go:string."}> ] \\n<script>"}');
    expect(sources[0]!.lines.join('\n')).toContain('return "}> ] \\n<script>"');
    // Types of variables are not escaped in the page.
    const names = values.flatMap((it) => it.names ?? []).map((it) => strings[it]);
    expect(names).toContain('c[<-chan func(int, error)]');
    const injected = recordedPage('sum-arm').replaceAll('x[float64]', '</li><script>alert(1)</script>[int]');
    expect(() => read(injected)).not.toThrow();
  });

  it('is nothing where the page is another', () => {
    expect(read('<html><body><h1>Hello</h1><ul><li>one</li></ul></body></html>')).toBeUndefined();
    expect(read(recordedText('sum-arm'))).toBeUndefined();
    expect(read('')).toBeUndefined();
  });
});
