import { describe, expect, it } from 'vitest';
import { createSsaTextParser, type SsaText } from '../../../src/core/ssa/parseSsaText.js';
import { printDump, printPass } from '../../../src/core/ssa/printDump.js';
import { recordedText, recordedTexts } from './fixtures.js';
import { cutAtRandom, random } from './random.js';

function parse(...pieces: readonly string[]): SsaText & { readonly rest: readonly string[] } {
  const rest: string[] = [];
  const parser = createSsaTextParser((line) => void rest.push(line));
  for (const piece of pieces) parser.feed(piece);
  return { ...parser.end(), rest };
}

describe('the text dump of the compiler', () => {
  it('is there to be read', () => {
    expect(recordedTexts).toContain('ring-put-amd64');
  });

  it.each(recordedTexts)('%s comes back to the letter', (name) => {
    const text = recordedText(name);
    const { dumps, rest } = parse(text);
    expect(dumps).toHaveLength(1);
    expect(rest).toEqual([]);
    const dumped = text.slice(0, text.indexOf('dumped SSA '));
    // With -trimpath the compiler can't read its sources, says so before `compiling`, and ends no line.
    expect(printDump(dumps[0]!)).toBe(dumped.replace(/^cannot read sources .*(?=compiling)/m, ''));
    expect(dumps[0]!.values.filter((it) => it.raw !== undefined)).toEqual([]);
  });

  it.each(recordedTexts)('%s gives the same model wherever it is cut', (name) => {
    const text = recordedText(name);
    const whole = parse(text);
    const next = random(name.length);
    for (let round = 0; round < 5; round++) expect(parse(...cutAtRandom(text, next))).toEqual(whole);
  });

  it('ends early without a word, and what was read stays', () => {
    const text = recordedText('ring-put-amd64');
    const whole = parse(text).dumps[0]!;
    const next = random(1);
    for (let round = 0; round < 40; round++) {
      const { dumps } = parse(text.slice(0, Math.floor(next() * text.length)));
      const read = dumps[0];
      if (read === undefined) continue;
      const complete = Math.max(0, read.passes.length - 1);
      expect(read.passes.slice(0, complete)).toEqual(whole.passes.slice(0, complete));
      for (let pass = 0; pass < complete; pass++) expect(printPass(read, pass)).toBe(printPass(whole, pass));
    }
  });

  it('survives JSON', () => {
    const dump = parse(recordedText('tag-amd64')).dumps[0]!;
    expect(JSON.parse(JSON.stringify(dump))).toEqual(dump);
  });

  it('takes names, types and strings apart that hold what it looks for', () => {
    const { values, strings } = parse(recordedText('tag-amd64')).dumps[0]!;
    const texts = values.map(({ type, aux }) => `${strings[type]}|${aux === undefined ? '' : strings[aux]}`);
    expect(texts).toContain('struct { A int "json:\\"a>b, c\\"" }| {s}');
    expect(texts).toContain('*uint8| {go:string."}> ] \\n<script>"}');
  });

  it('knows pass, block, value and instruction by what they are', () => {
    const { passes, blocks, values, states, code, strings, func } = parse(recordedText('sum-arm')).dumps[0]!;
    expect(func).toEqual({ name: 'Sum', type: 'func([]float64) float64', abi: 0 });
    expect(passes.slice(0, 3).map(({ name, changed }) => [name, changed])).toEqual([
      ['start', true],
      ['number lines', expect.any(Boolean)],
      ['early phielim and copyelim', true],
    ]);
    const last = states[passes.at(-1)!.state]!.blocks.map((it) => blocks[it]!);
    expect(last.map((it) => strings[it.kind])).toContain('GT');
    const add = values.find((it) => strings[it.op] === 'ADDD' && it.reg !== undefined)!;
    expect(strings[add.reg!]).toBe('F0');
    expect(add).toMatchObject({ id: 25, line: 15, args: expect.any(Array) });
    expect(code.filter((it) => it.value === 25).map((it) => strings[it.text])).toEqual(['ADDD\tF1, F0, F0']);
    expect(code.find((it) => it.block === 2)).toMatchObject({ pc: 17, line: 14 });
  });

  it('leaves unchanged passes on the state before them', () => {
    const { passes, states } = parse(recordedText('ring-put-amd64')).dumps[0]!;
    const idle = passes.filter((it) => !it.changed);
    expect(idle.length).toBeGreaterThan(10);
    expect(states.length).toBe(passes.length - idle.length);
    expect(states.map((it) => JSON.stringify(it))).toHaveLength(
      new Set(states.map((it) => JSON.stringify(it))).size,
    );
  });

  it('keeps what is no dump, and finds two functions of one run', () => {
    const a = recordedText('ring-put-amd64');
    const b = recordedText('sum-arm');
    const { dumps, rest, pages } = parse(`fix.go:3:5: undefined: x\n${a}${b}# done\n`);
    expect(dumps.map((it) => it.func.name)).toEqual(['(*Ring).Put', 'Sum']);
    expect(rest).toEqual(['fix.go:3:5: undefined: x', '# done']);
    expect(pages).toEqual(['/out/example.com/fix.(*Ring).Put,1.html', '/out/example.com/fix.Sum,0.html']);
  });
});
