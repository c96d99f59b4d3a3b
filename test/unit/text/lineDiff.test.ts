import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../../src/core/text/lineDiff.js';

describe('what changed between two texts', () => {
  it('nothing', () => {
    expect(lineDiff('a\nb\n', 'a\nb\n')).toEqual([]);
    expect(lineDiff('a\r\n', 'a\n')).toEqual([]);
  });

  it('a new file', () => {
    expect(lineDiff('', 'a\nb\n')).toEqual(['@@ -1 +1 @@', '+a', '+b']);
  });

  it('a changed line, with what is around it', () => {
    const before = ['1', '2', '3', '4', 'old', '6', '7', '8', '9', ''].join('\n');
    expect(lineDiff(before, before.replace('old', 'new'))).toEqual([
      '@@ -2 +2 @@',
      ' 2',
      ' 3',
      ' 4',
      '-old',
      '+new',
      ' 6',
      ' 7',
      ' 8',
    ]);
  });

  it('two changes far apart are two groups, with lines of each text', () => {
    const lines = Array.from({ length: 20 }, (_, index) => String(index));
    const after = ['new', ...lines].filter((it) => it !== '15');
    const diff = lineDiff(lines.join('\n'), after.join('\n'));
    expect(diff.filter((it) => it.startsWith('@@'))).toEqual(['@@ -1 +1 @@', '@@ -13 +14 @@']);
    expect(diff.filter((it) => /^[-+]/.test(it))).toEqual(['+new', '-15']);
  });
});
