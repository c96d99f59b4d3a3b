import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinCommand, splitCommand } from '../../../src/core/toolchain/commandWords.js';
import { parseCompilerName } from '../../../src/core/toolchain/compilerName.js';
import { explainLinkError } from '../../../src/core/toolchain/probeFailure.js';

describe('commands as Go reads them', () => {
  it('splits quotes at the start of a word only', () => {
    expect(splitCommand(`"/opt/my tools/gcc" -O1 -DX='a' ''`)).toEqual({
      ok: true,
      words: ['/opt/my tools/gcc', '-O1', `-DX='a'`, ''],
    });
    expect(splitCommand(`'gcc`).ok).toBe(false);
  });

  it('gives back what was joined', () => {
    const word = fc.string().filter((it) => !(it.includes("'") && it.includes('"')));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(splitCommand(joinCommand(words))).toEqual({ ok: true, words });
      }),
    );
  });
});

it('reads compiler names', () => {
  expect(parseCompilerName('arm-linux-gnueabihf-gcc-12')).toEqual({
    triplet: 'arm-linux-gnueabihf',
    tool: 'gcc',
    suffix: '-12',
  });
  expect(parseCompilerName('x86_64-w64-mingw32-gcc-12-posix')?.suffix).toBe('-12-posix');
  expect(parseCompilerName('aarch64-linux-gnu-gcc-ar-12')).toBeUndefined();
  expect(parseCompilerName('clang-18')).toEqual({ triplet: '', tool: 'clang', suffix: '-18' });
  expect(parseCompilerName('gccgo')).toBeUndefined();
});

describe('what a failed link means', () => {
  const context = { target: 'linux/arm64', packages: ['libc6-dev-arm64-cross'] };
  it.each([
    [
      '/usr/include/stdlib.h:26:10: fatal error: bits/libc-header-start.h: No such file or directory',
      'stdlib.h not found (only the host',
    ],
    [
      "p.c:1:10: fatal error: 'stdlib.h' file not found",
      'no C library for the target: stdlib.h not found; install libc6-dev-arm64-cross',
    ],
    ['ld: cannot find crt1.o: No such file or directory', "the linker can't find crt1.o"],
    ['/usr/bin/ld: unrecognised emulation mode: aarch64linux', 'has no linker for linux/arm64'],
    ["gcc: error: unrecognized command-line option '-marm'", "doesn't know -marm"],
    ["as: unrecognized option '-EL'", 'its assembler is another'],
  ])('%s', (stderr, meaning) => {
    expect(explainLinkError(stderr, context)).toContain(meaning);
  });
});
