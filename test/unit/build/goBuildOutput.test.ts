import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  createJsonOutputParser,
  createPlainOutputParser,
  type GoOutput,
} from '../../../src/core/build/goBuildOutput.js';

const stream = [
  '{"ImportPath":"example.com/m/lib","Action":"build-output","Output":"example.com/m/lib\\n"}\n',
  '{"ImportPath":"example.com/m/lib","Action":"build-output","Output":"# example.com/m/lib\\n"}\n',
  '{"ImportPath":"example.com/m/lib","Action":"build-output","Output":"lib/ä.go:2:14: undefined: x\\n"}\n',
  'warning: not an event\n',
  '{"ImportPath":"example.com/m/lib","Action":"build-fail"}\n',
  '{"half": \n',
].join('');

const expected: readonly GoOutput[] = [
  { kind: 'package', importPath: 'example.com/m/lib' },
  { kind: 'text', text: '# example.com/m/lib\n', importPath: 'example.com/m/lib' },
  { kind: 'text', text: 'lib/ä.go:2:14: undefined: x\n', importPath: 'example.com/m/lib' },
  { kind: 'text', text: 'warning: not an event\n' },
  { kind: 'failed', importPath: 'example.com/m/lib' },
  { kind: 'text', text: '{"half": \n' },
];

function read(create: typeof createJsonOutputParser, pieces: readonly string[]): readonly GoOutput[] {
  const events: GoOutput[] = [];
  const parser = create((event) => events.push(event));
  for (const piece of pieces) parser.write(piece);
  parser.end();
  return events;
}

describe('go build -json', () => {
  it('reads events and passes other lines through', () => {
    expect(read(createJsonOutputParser, [stream])).toEqual(expected);
  });

  it('gives the same events wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const ends = [...cuts, stream.length].sort((a, b) => a - b);
        const pieces = ends.map((end, index) => stream.slice(ends[index - 1] ?? 0, end));
        expect(read(createJsonOutputParser, pieces)).toEqual(expected);
      }),
    );
  });

  it('hands over a last line without a newline', () => {
    expect(read(createJsonOutputParser, ['killed'])).toEqual([{ kind: 'text', text: 'killed' }]);
  });

  it('does not keep an endless line in memory', () => {
    const events = read(
      createJsonOutputParser,
      Array.from({ length: 40 }, () => 'x'.repeat(100_000)),
    );
    expect(events.length).toBeGreaterThan(2);
    expect(events.map((it) => (it.kind === 'text' ? it.text.length : 0)).reduce((a, b) => a + b, 0)).toBe(
      4_000_000,
    );
  });
});

describe('go build without -json', () => {
  it('tells packages under way from messages', () => {
    const text = [
      'go: downloading github.com/mattn/go-sqlite3 v1.14.32',
      'internal/goarch',
      'github.com/mattn/go-sqlite3',
      '# github.com/mattn/go-sqlite3',
      "gcc: error: unrecognized command-line option '-marm'",
      '',
    ].join('\n');
    expect(read(createPlainOutputParser, [text])).toEqual([
      { kind: 'text', text: 'go: downloading github.com/mattn/go-sqlite3 v1.14.32\n' },
      { kind: 'package', importPath: 'internal/goarch' },
      { kind: 'package', importPath: 'github.com/mattn/go-sqlite3' },
      { kind: 'text', text: '# github.com/mattn/go-sqlite3\n', importPath: 'github.com/mattn/go-sqlite3' },
      {
        kind: 'text',
        text: "gcc: error: unrecognized command-line option '-marm'\n",
        importPath: 'github.com/mattn/go-sqlite3',
      },
    ]);
  });
});
