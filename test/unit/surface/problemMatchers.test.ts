import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };

interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column?: number;
  readonly severity?: number;
  readonly message: number;
}

/** What VS Code would read from a line with one of our matchers; the groups joined, or nothing. */
function read(name: string, line: string): string | undefined {
  const matcher = manifest.contributes.problemMatchers.find((it) => it.name === name);
  const pattern = matcher?.pattern as Pattern | undefined;
  if (pattern === undefined) {
    throw new Error(`There is no matcher ${name}.`);
  }
  const match = new RegExp(pattern.regexp).exec(line);
  if (match === null) {
    return undefined;
  }
  const { file, line: row, column, severity, message } = pattern;
  return [file, row, column, severity, message]
    .map((it) => (it === undefined ? '' : (match[it] ?? '')))
    .join('|');
}

describe('$crossbow-go', () => {
  it.each([
    ['./main.go:12:3: undefined: sqlite3.Open', './main.go|12|3||undefined: sqlite3.Open'],
    ['cmd/x/main.go:7: missing return', 'cmd/x/main.go|7|||missing return'],
    ['C:\\w\\main.go:7:1: missing return', 'C:\\w\\main.go|7|1||missing return'],
    ['vet: ./a b/main.go:7:1: x declared and not used: y', './a b/main.go|7|1||x declared and not used: y'],
    ['go.mod:5:2: require x: version "y" invalid', 'go.mod|5|2||require x: version "y" invalid'],
  ])('%s', (line, expected) => {
    expect(read('crossbow-go', line)).toBe(expected);
  });

  it.each(['# example.com/rows', 'gcc: error: main.go', 'exit status 1', ''])('leaves %s alone', (line) => {
    expect(read('crossbow-go', line)).toBeUndefined();
  });
});

describe('$crossbow-gcc', () => {
  it.each([
    [
      'rows.c:3:10: fatal error: sqlite3.h: No such file or directory',
      'rows.c|3|10|error|sqlite3.h: No such file or directory',
    ],
    [
      './a.c:9:5: warning: implicit declaration of function ‘f’ [-Wx]',
      './a.c|9|5|warning|implicit declaration of function ‘f’ [-Wx]',
    ],
    ['/w/x.h:9: note: declared here', '/w/x.h|9||note|declared here'],
    ['C:\\w\\a.cpp:1:2: error: no', 'C:\\w\\a.cpp|1|2|error|no'],
  ])('%s', (line, expected) => {
    expect(read('crossbow-gcc', line)).toBe(expected);
  });

  it("leaves a driver's error without a place alone", () => {
    expect(read('crossbow-gcc', "gcc: error: unrecognized command-line option '-marm'")).toBeUndefined();
  });
});

describe('$crossbow-ld', () => {
  it.each([
    ["/usr/bin/ld: /w/a.c:12: undefined reference to `f'", "/w/a.c|12|||undefined reference to `f'"],
    [
      "/usr/lib/gcc-cross/arm-linux-gnueabihf/12/../../../../arm-linux-gnueabihf/bin/ld: a.c:3: undefined reference to `g'",
      "a.c|3|||undefined reference to `g'",
    ],
    [
      "a.cpp:3: multiple definition of `g'; b.o:c.cpp:3: first defined here",
      "a.cpp|3|||multiple definition of `g'; b.o:c.cpp:3: first defined here",
    ],
  ])('%s', (line, expected) => {
    expect(read('crossbow-ld', line)).toBe(expected);
  });

  it('leaves a reference without a source line alone', () => {
    expect(read('crossbow-ld', '/usr/bin/ld: cannot find -lfoo: No such file or directory')).toBeUndefined();
  });
});
