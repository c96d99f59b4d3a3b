import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDiagnosisEngine } from '../../../src/core/diagnosis/engine.js';
import type { Finding } from '../../../src/core/diagnosis/finding.js';
import type { DiagnosisContext } from '../../../src/core/diagnosis/scene.js';
import { contextOf, diagnose, firstCause, recordedFailures } from './failures.js';

const failures = recordedFailures();
const arm = contextOf('linux/arm/v7');

function inPieces(log: string, cuts: readonly number[], context: DiagnosisContext): readonly Finding[] {
  const engine = createDiagnosisEngine(context);
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    engine.feed(log.slice(from, cut));
    from = Math.max(from, cut);
  }
  engine.feed(log.slice(from));
  return engine.end();
}

/* Lines that mean something mixed with noise, so that arbitrary logs reach the rules. */
const fragments = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...failures.flatMap(({ log }) => log.split('\n'))) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\r',
      '\r\n',
      '\x1b[31m',
      '\x1b]8;;',
      '\u0000',
      '‘-marm’',
      '{"Output":"',
      '# runtime/cgo',
    ),
  },
);
const logs = fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join('\n'));

describe('the engine', () => {
  it('finds the same however the log is cut', () => {
    fc.assert(
      fc.property(logs, fc.array(fc.nat(4000), { maxLength: 12 }), (log, cuts) => {
        expect(inPieces(log, cuts, arm)).toEqual(diagnose(log, arm));
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same character by character', () => {
    for (const { log, target } of failures.slice(0, 60)) {
      const cuts = Array.from({ length: log.length }, (_, at) => at);
      expect(inPieces(log, cuts, contextOf(target))).toEqual(diagnose(log, contextOf(target)));
    }
  });

  it('takes any bytes', () => {
    const decoder = new TextDecoder();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect(Array.isArray(diagnose(decoder.decode(bytes), {}))).toBe(true);
      }),
    );
  });

  it('finds the same behind colours, prefixes, CR LF and other quotes', () => {
    const plain = failures.filter(({ log, negative }) => !negative && !log.includes('{"ImportPath"'));
    const disguises: readonly ((line: string) => string)[] = [
      (line) => `${line}\r`,
      (line) => `\x1b[01m\x1b[K${line.replaceAll('error: ', '\x1b[01;31m\x1b[Kerror: \x1b[m\x1b[K')}\x1b[0m`,
      (line) => `2026-03-04T05:06:07.1234567Z ${line}`,
      (line) => `build\tRun go build\t2026-03-04T05:06:07.1234567Z ${line}`,
      (line) => `#14 12.345 ${line}`,
      (line) => `12.345 ${line}`,
      (line) => line.replace(/'(-[^']+)'/g, '‘$1’'),
      (line) => `builder-1  | ${line}`,
    ];
    for (const disguise of disguises)
      for (const { id, log, target } of plain) {
        const disguised = log
          .split('\n')
          .map((line) => (line === '' ? line : disguise(line)))
          .join('\n');
        expect(firstCause(diagnose(disguised, contextOf(target))), `${id} as ${disguise('x')}`).toBe(
          firstCause(diagnose(log, contextOf(target))),
        );
      }
  });

  it('reads go build -json events, as lines of the log and as attributed lines', () => {
    const events = [
      '{"ImportPath":"example.com/a","Action":"build-output","Output":"# example.com/a\\n"}',
      '{"ImportPath":"example.com/a","Action":"build-output","Output":"./a.go:3:9: undefined: syscall.Dup2\\n"}',
      '{"ImportPath":"runtime/cgo","Action":"build-output","Output":"gcc: error: unrecognized command-line option ‘-marm’\\n"}',
    ];
    const fromLog = diagnose(events.join('\n'), arm);
    const engine = createDiagnosisEngine(arm);
    engine.feedLine('# example.com/a', 'example.com/a');
    engine.feedLine('./a.go:3:9: undefined: syscall.Dup2', 'example.com/a');
    engine.feedLine('gcc: error: unrecognized command-line option ‘-marm’', 'runtime/cgo');
    const attributed = engine.end();
    expect(fromLog.map(({ cause, package: importPath }) => [cause, importPath])).toEqual([
      ['wrong-c-compiler', 'runtime/cgo'],
      ['not-on-this-target', 'example.com/a'],
    ]);
    expect(attributed.map(({ cause, package: importPath, facts }) => [cause, importPath, facts])).toEqual(
      fromLog.map(({ cause, package: importPath, facts }) => [cause, importPath, facts]),
    );
  });

  it('folds consequences under their root and keeps independent failures apart', () => {
    const lines = Array.from(
      { length: 300 },
      (_, n) => `gcc_arm64.S:${String(n)}: Error: no such instruction: \`stp x29,x30,[sp,'`,
    );
    const folded = diagnose(['# runtime/cgo', ...lines].join('\n'), contextOf('linux/arm64'));
    expect(folded).toHaveLength(1);
    expect(folded[0]?.evidence).toHaveLength(6);

    const two = diagnose(
      [
        '# example.com/a',
        'a/a.go:5:10: fatal error: seccomp.h: No such file or directory',
        'compilation terminated.',
        '# example.com/b',
        'b/b.go:5:10: fatal error: zlib.h: No such file or directory',
        'compilation terminated.',
      ].join('\n'),
      arm,
    );
    expect(two.map(({ package: importPath, facts }) => [importPath, facts.library])).toEqual([
      ['example.com/a', 'seccomp'],
      ['example.com/b', 'z'],
    ]);
  });

  it('reads the target from the log where it is not told', () => {
    const log =
      'CGO_ENABLED=1 GOOS=linux GOARCH=arm64 go build .\n# example.com/x\naarch64-linux-gnu-gcc: error: unrecognized command-line option ‘-msse4.2’\n';
    expect(diagnose(log, { host: { goos: 'linux', goarch: 'amd64' } })[0]).toMatchObject({
      cause: 'conflicting-c-flags',
      target: 'linux/arm64',
      package: 'example.com/x',
    });
    expect(
      diagnose('# runtime/cgo\ngcc: error: unrecognized command line option "-marm"\n', {})[0],
    ).toMatchObject({
      cause: 'wrong-c-compiler',
      target: 'linux/arm',
      facts: { compiler: 'gcc', flag: '-marm' },
    });
  });

  it('looks at a bounded part of a line', () => {
    const engine = createDiagnosisEngine(arm);
    const filler = 'x'.repeat(1 << 20);
    engine.feed("gcc: error: unrecognized command-line option '-marm' ");
    for (let piece = 0; piece < 10; piece++) engine.feed(filler);
    engine.feed('\nmake: *** [build] Error 2\n');
    expect(engine.end()).toMatchObject([{ cause: 'wrong-c-compiler', evidence: [{ line: 1 }] }]);
  });

  it.each([
    ['one character', (size: number) => 'a'.repeat(size)],
    ['colons and spaces', (size: number) => ': '.repeat(size / 2)],
    ['path after path', (size: number) => '/usr/lib/x.go:1:2: '.repeat(size / 18)],
    [
      'words of rules',
      (size: number) =>
        "error: undefined: cannot find -l gcc: 'x' fatal error: not found: ".repeat(size / 66),
    ],
    ['open escape sequences', (size: number) => '\x1b[\x1b]8;;'.repeat(size / 7)],
    ['carriage returns', (size: number) => 'gcc: error: \r'.repeat(size / 13)],
    ['quotes', (size: number) => 'cannot use \'‘"`'.repeat(size / 15)],
    [
      'JSON',
      (size: number) => '{"ImportPath":"a","Action":"build-output","Output":"' + '\\\\\\"'.repeat(size / 5),
    ],
  ])('is quick with a line of 10 MB: %s', (_name, make) => {
    const line = make(10_000_000);
    const before = performance.now();
    diagnose(`${line}\n`, arm);
    // 9 KiB of it are looked at; a rule that is quadratic in these would take far longer.
    expect(performance.now() - before).toBeLessThan(15_000);
  });

  it.each([
    'a',
    ' ',
    ':',
    '/',
    "'",
    '-',
    '.',
    '"',
    '1',
    'x.go:1:1: ',
    "gcc: 'a ",
    'error: ',
    'cc: ',
    ' -',
    '(',
    'lib',
    'undefined: a',
  ])('takes time in proportion to the lines, with lines full of %j', (unit) => {
    const triggers = [
      'no such file or directory',
      'cannot find -l',
      'executable file not found in',
      'undefined: ',
      'unrecognized command line option',
      'in wrong format',
      ' overflows ',
      'exec format error',
      'error while loading shared libraries',
      'undefined reference to',
      'gcc: error: .h: ',
      'cannot use ',
      'skipping incompatible',
      'is not in std',
      'relocation target',
      '.c:1: error: bad instruction `',
    ];
    const before = performance.now();
    for (const trigger of triggers) {
      const filler = unit.repeat(Math.ceil(8000 / unit.length));
      diagnose(`${filler}${trigger}\n${trigger}${filler}\n${filler}${trigger}${filler}\n`, arm);
    }
    expect(performance.now() - before).toBeLessThan(15_000);
  });
});
