import type { Mismatch } from '../../artifact/facts.js';
import { mismatchFinding } from '../../build/buildFindings.js';
import type { Finding } from '../../diagnosis/finding.js';
import type { Target } from '../../target/target.js';

/** A compiler as a step calls it. */
export interface CalledCompiler {
  readonly command: string;
  readonly language: 'c' | 'c++';
}

/**
 * What cmd/cgo says of a compiler that can't be started (os/exec's reasons), for those are the words that the diagnosis
 * knows. `code` is the system's.
 */
export function goneCompilerLog({ command, language }: CalledCompiler, code: string): string {
  const name = language === 'c++' ? 'C++' : 'C';
  return `cgo: ${name} compiler "${command}" not found: ${goneToolLog(command, code)}`;
}

/** As above, of another tool: pkg-config. */
export function goneToolLog(command: string, code: string): string {
  return `exec: "${command}": ${reason(command, code)}\n`;
}

function reason(command: string, code: string): string {
  switch (code) {
    case 'EACCES':
      return 'permission denied';
    case 'ENOEXEC':
      return 'exec format error';
    default:
      return /[/\\]/.test(command)
        ? `stat ${command}: no such file or directory`
        : 'executable file not found in $PATH';
  }
}

/** A program in C is what its compiler makes: one for another machine or system tells that the compiler is. */
export function programFinding(
  target: Target,
  compiler: CalledCompiler,
  mismatch: Mismatch,
  line: number,
): Finding {
  const finding = mismatchFinding({ target }, mismatch, line);
  const { command, language } = compiler;
  const facts = { ...finding.facts, language, compiler: command };
  return finding.cause === 'wrong-os-artifact'
    ? { ...finding, cause: language === 'c++' ? 'wrong-cxx-compiler' : 'wrong-c-compiler', facts }
    : { ...finding, facts };
}
