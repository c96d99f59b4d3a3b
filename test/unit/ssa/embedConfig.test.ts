import { describe, expect, it } from 'vitest';
import { embedConfig } from '../../../src/core/ssa/compile/embedConfig.js';

function patternsOf(patterns: readonly string[], files: readonly string[]): unknown {
  const config = JSON.parse(embedConfig(patterns, files, (it) => `/m/${it}`)) as {
    readonly Patterns: unknown;
    readonly Files: Readonly<Record<string, string>>;
  };
  expect(config.Files).toEqual(Object.fromEntries(files.map((it) => [it, `/m/${it}`])));
  return config.Patterns;
}

describe('what the compiler is told about //go:embed', () => {
  it('matches names by the rules of path.Match', () => {
    const files = ['a.txt', 'b.txt', 'b.md', 'x[1].txt'];
    expect(patternsOf(['*.txt', '?.md', '[a-b].txt', '[^a].txt', 'x\\[1\\].txt'], files)).toEqual({
      '*.txt': ['a.txt', 'b.txt', 'x[1].txt'],
      '?.md': ['b.md'],
      '[a-b].txt': ['a.txt', 'b.txt'],
      '[^a].txt': ['b.txt'],
      'x\\[1\\].txt': ['x[1].txt'],
    });
  });

  it('takes folders whole, but for hidden files unless they are asked for', () => {
    const files = ['web/_draft/a.txt', 'web/.cfg', 'web/css/main.css', 'web/index.html'];
    expect(patternsOf(['web', 'all:web', 'web/.cfg', 'w*'], files)).toEqual({
      web: ['web/css/main.css', 'web/index.html'],
      'all:web': files,
      'web/.cfg': ['web/.cfg'],
      'w*': ['web/css/main.css', 'web/index.html'],
    });
  });
});
