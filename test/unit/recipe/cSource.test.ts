import { describe, expect, it } from 'vitest';
import { readCSource } from '../../../src/core/recipe/discovery/cSource.js';

const hasMain = (source: string): boolean => readCSource(source).hasMain;

describe('which C source is a program', () => {
  it.each([
    ['plain', 'int main(void) { return 0; }'],
    ['with its type on a line of its own', '#include <stdio.h>\nint\nmain(int argc, char *argv[])\n{\n}\n'],
    ['without a type', 'main()\n{\n  return 0;\n}\n'],
    ['with old parameters', 'int main(argc, argv)\n  int argc;\n  char **argv;\n{\n}\n'],
    ['with an environment', 'int main(int c, char **v, char **e) { return c; }'],
    ['with an attribute behind it', 'int main(void) __attribute__((used)) { return 0; }'],
    [
      'behind other functions',
      'static int f(int x) { if (x) { return 1; } return 0; }\nint main(void) { return f(1); }',
    ],
    ['behind a prototype of itself', 'int main(int, char **);\nint main(int c, char **v) { return 0; }'],
    ['for the compiler at hand', '#ifdef __linux__\nint main(void) { return 0; }\n#endif\n'],
    [
      'where it is not another system',
      '#ifdef _WIN32\nint wmain() {}\n#else\nint main(void) { return 0; }\n#endif\n',
    ],
    ['where no macro says otherwise', '#ifndef NO_MAIN\nint main(void) { return 0; }\n#endif\n'],
    [
      'behind braces in two branches',
      '#if A > 1\nvoid f(int x) {\n#else\nvoid f(long x) {\n#endif\n}\nint main(void) {}\n',
    ],
    ['behind an apostrophe in a comment', "/* don't */ // it isn't\nint main(void) { return '{'; }"],
    ['with lines of Windows', 'int main(void)\r\n{\r\n}\r\n'],
    ['with a line that goes on', 'int \\\nmain(void) \\\n{ }\n'],
  ])('%s', (_name, source) => {
    expect(hasMain(source)).toBe(true);
  });

  it.each([
    ['a comment', '/* int main(void) { } */\n// int main(void) { }\nint f(void) { return 0; }'],
    ['a comment that never ends', '/* int main(void) { }'],
    ['a text', 'const char *t = "int main(void) {";\nint f(void) { return 1; }'],
    ['a text with quotes in it', 'const char *t = "a \\" int main(void) {";'],
    ['a prototype', 'int main(int argc, char **argv);\nint f(void) { return main(0, 0); }'],
    ['a prototype with an attribute', 'int main(void) __attribute__((noreturn));\nvoid f(void) {}'],
    [
      'another name',
      'int domain(void) { return 0; }\nint main_loop(void) { return 0; }\nint not_main (void) { }',
    ],
    ['a call', 'void f(void) { if (main()) { g(); } }'],
    ['code that is left out', '#if 0\nint main(void) { return 0; }\n#endif\n'],
    [
      'a test of a library',
      '#ifdef UNIT_TEST\nint main(void) { return 0; }\n#endif\nint f(void) { return 1; }\n',
    ],
    ['a test behind defined()', '#if defined(TEST_MAIN)\nint main(void) { return 0; }\n#endif\n'],
    ['a macro', '#define run main(0, 0) {\nint x;\n'],
    ['nothing', ''],
  ])('%s is none', (_name, source) => {
    expect(hasMain(source)).toBe(false);
  });

  it('reads the includes of what is compiled', () => {
    const source =
      '#include <unistd.h> // why\n#  include "a/b.h" /* x */\n#if 0\n#include "gone.h"\n#endif\n"#include <text.h>"\n';
    expect(readCSource(source)).toEqual({ hasMain: false, quoted: ['a/b.h'], angled: ['unistd.h'] });
  });

  it('takes time in proportion to the text, whatever is in it', () => {
    const hostile = (count: number): string =>
      'main('.repeat(count) + '/*'.repeat(count) + '"\\'.repeat(count) + '#if (\n'.repeat(count);
    const fastest = (count: number): number => {
      const source = hostile(count);
      return Math.min(
        ...Array.from({ length: 3 }, () => {
          const start = performance.now();
          readCSource(source);
          return performance.now() - start;
        }),
      );
    };
    fastest(1000);
    // Four times the text: four times the time, where the square would be sixteen.
    expect(fastest(16_000) / fastest(4000)).toBeLessThan(10);
  });
});
