import { programName, toolKind } from '../../diagnosis/machines.js';

/** What a program of a build does. */
export type CommandKind = 'compile' | 'cgo' | 'c' | 'assemble' | 'link' | 'other';

/** Go's own tools by their names in pkg/tool. */
const goTools: Readonly<Record<string, CommandKind>> = {
  compile: 'compile',
  asm: 'assemble',
  cgo: 'cgo',
  link: 'link',
};

/** Parts of compilers that a driver starts: GCC's passes, binutils. */
const compilerParts: Readonly<Record<string, CommandKind>> = {
  cc1: 'c',
  cc1plus: 'c',
  cc1obj: 'c',
  cc1objplus: 'c',
  f951: 'c',
  lto1: 'c',
  'lto-wrapper': 'link',
  collect2: 'link',
  as: 'assemble',
};

/**
 * What a program does, by its name and place. `compiler` is the word that CC names, which may be called anything:
 * a wrapper script, say.
 */
export function commandKind(words: readonly string[], compiler?: string): CommandKind {
  const [program = '', ...args] = words;
  const name = programName(program);
  const isTool = /[\\/]pkg[\\/]tool[\\/]/.test(program);
  if (isTool && goTools[name] !== undefined) return goTools[name];
  if (compilerParts[name] !== undefined) return compilerParts[name];
  if (isTool) return 'other';
  switch (program === compiler ? 'c' : toolKind(program)) {
    case 'c':
    case 'c++':
    case 'fortran':
    case 'objc':
      return compilerWork(name, args);
    case 'linker':
      return 'link';
    case 'archiver':
      return /(?:^|-)as(?:-[\d.]+)?$/.test(name) ? 'assemble' : 'other';
    case 'pkg-config':
    case 'qemu':
    case undefined:
      return 'other';
  }
}

/** A compiler's driver also assembles and links. */
function compilerWork(name: string, args: readonly string[]): CommandKind {
  // zig is many tools in one; `ar` and `ranlib` are not what it is asked for here.
  if (name === 'zig' && !/^(?:cc|c\+\+)$/.test(args[0] ?? '')) return 'other';
  if (args.includes('-c') && args.some((it) => /\.[sS]$/.test(it))) return 'assemble';
  return 'c';
}
