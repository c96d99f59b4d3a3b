import { describe, expect, it } from 'vitest';
import { createDiagnosisEngine } from '../../../src/core/diagnosis/engine.js';
import { goneCompilerLog, goneToolLog, programFinding } from '../../../src/core/recipe/run/compilerFaults.js';
import type { Target } from '../../../src/core/target/target.js';

const target: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };

function causeOf(log: string): string | undefined {
  const engine = createDiagnosisEngine({ target, host: { goos: 'linux', goarch: 'amd64' }, builtHere: true });
  engine.feed(log);
  return engine.end()[0]?.cause;
}

describe('what is said of a tool that can’t be started', () => {
  it.each([
    ['arm-linux-gnueabihf-gcc', 'c', 'ENOENT', 'c-compiler-not-found'],
    ['arm-linux-gnueabihf-g++', 'c++', 'ENOENT', 'cxx-compiler-not-found'],
    ['/opt/x/bin/arm-linux-gnueabihf-gcc', 'c', 'ENOENT', 'c-compiler-not-found'],
    ['/opt/x/bin/arm-linux-gnueabihf-gcc', 'c', 'EACCES', 'invalid-cc'],
    ['arm-linux-gnueabihf-gcc', 'c', 'ENOEXEC', 'invalid-cc'],
  ] as const)('is diagnosed: %s as %s, %s', (command, language, code, cause) => {
    expect(causeOf(goneCompilerLog({ command, language }, code))).toBe(cause);
  });

  it('is diagnosed of pkg-config', () => {
    expect(causeOf(goneToolLog('pkg-config', 'ENOENT'))).toBe('pkg-config-not-found');
  });
});

describe('a program that its compiler made for something else', () => {
  const compiler = { command: 'gcc', language: 'c' } as const;

  it.each([
    ['goarch', 'wrong-c-compiler'],
    ['os', 'wrong-c-compiler'],
    ['float-abi', 'float-abi-mismatch'],
    ['linkage', 'static-unsupported'],
  ])('is a finding about the compiler: %s', (property, cause) => {
    const mismatch = { property, expected: 'arm', found: 'amd64', message: 'It is for another machine.' };
    expect(programFinding(target, compiler, mismatch, 1)).toMatchObject({
      cause,
      title: 'It is for another machine.',
      target: 'linux/arm',
      facts: { compiler: 'gcc', language: 'c', machine: 'amd64' },
    });
  });
});
