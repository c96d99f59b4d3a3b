import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createTerminalText, fixInLine } from '../../../src/core/build/terminalText.js';
import { artifactTooltip, targetTooltip } from '../../../src/core/target/targetTooltip.js';
import { targetTree } from '../../../src/core/target/targetTree.js';
import { artifact, choice, emptyState, result } from './sample.js';

const { target } = choice('linux/arm/v7');

describe('the terminal of a build', () => {
  it('shows the command first and what go wrote unchanged, line by line, however it was cut', () => {
    const text = createTerminalText();
    const shown = [
      text.event({ kind: 'command', line: 'GOOS=linux go build ./cmd' }),
      text.event({ kind: 'output', text: '# example.com/ro' }),
      text.event({ kind: 'output', text: 'ws\ngcc: error: unrecognized' }),
      text.event({ kind: 'output', text: " command-line option '-marm'\n./main.go:3:8: could not" }),
      text.result(result(target, 'failed', 'The C compiler is for another machine')),
    ].join('');
    expect(stripVTControlCharacters(shown).split('\r\n')).toEqual([
      '$ GOOS=linux go build ./cmd',
      '# example.com/rows',
      "gcc: error: unrecognized command-line option '-marm'",
      './main.go:3:8: could not',
      'The build for linux/arm/v7 failed after 2.3 s',
      '● The C compiler is for another machine',
      '',
    ]);
  });

  it('names fixes in lines that are known again, and no other line is taken for one', () => {
    const failed = result(target, 'failed', 'The C compiler is for another machine');
    const fix = {
      kind: 'advice',
      title: 'Get → a compiler',
      proven: false,
      edit: { kind: 'none', advice: '' },
    } as const;
    const diagnoses = failed.diagnoses.map((it) => ({ ...it, fixes: [fix] }));
    const lines = stripVTControlCharacters(createTerminalText().result({ ...failed, diagnoses })).split(
      '\r\n',
    );
    expect(lines.map(fixInLine).filter((it) => it !== undefined)).toEqual([{ start: 4, title: fix.title }]);
    expect(fixInLine('echo "  → Get → a compiler"')).toBeUndefined();
  });

  it('colours errors red', () => {
    expect(createTerminalText().event({ kind: 'output', text: 'a.c:1:2: error: no\n' })).toContain(
      '\u001b[31merror:',
    );
  });

  it('names the artifact with its size', () => {
    const shown = createTerminalText().event({
      kind: 'artifact',
      artifact: artifact(target, '/w/dist/rows'),
    });
    expect(stripVTControlCharacters(shown)).toBe('✓ /w/dist/rows 4.1 MB\r\n');
  });
});

describe('tooltips', () => {
  const [pinned] = targetTree({ ...emptyState, pinned: [choice('linux/arm/v7')] });
  const node = pinned?.children.find((it) => it.kind === 'target');

  it('gives each candidate its verdict and reason', () => {
    const candidate = {
      toolchain: { kind: 'gnu', cc: 'arm-linux-gnueabihf-gcc', env: {} },
      verdict: 'proven',
      reason: 'ran under qemu-arm',
    } as const;
    const report = { target, chosen: candidate, candidates: [candidate], packages: [] };
    const text = node === undefined ? '' : targetTooltip(node, { kind: 'known', report });
    expect(text).toContain('$(pass) `arm-linux-gnueabihf-gcc` — ran under qemu\\-arm');
  });

  it("lets no tool's words become links, images or icons", () => {
    const evil = '![x](http://e/x.png) <img src=x> [a](command:b) $(alert)';
    const candidate = {
      toolchain: { kind: 'gnu', cc: '`x`', env: {} },
      verdict: 'rejected',
      reason: evil,
    } as const;
    const report = { target, candidates: [candidate], packages: [] };
    const text = node === undefined ? '' : targetTooltip(node, { kind: 'known', report });
    expect(text).toContain('\\!\\[x\\]\\(http');
    expect(text).not.toMatch(/[^\\]\$\(alert\)|[^\\]<img|[^\\]\[a\]/);
    expect(text).toContain('`` `x` ``');
  });

  it('tells what was read from an artifact', () => {
    const text = artifactTooltip(artifact(target));
    expect(text).toContain('| Machine | arm, hard\\-float |');
    expect(text).toContain('| glibc | 2.34 or newer |');
  });
});
