import type { CancelSignal, Ports } from '../../ports.js';
import type { Target } from '../../target/target.js';
import { macroObjection, parseMacros } from '../../toolchain/compilerMacros.js';
import { findProgram } from '../../emulation/findProgram.js';
import type { XrayProcess } from './xray.js';

/** A C compiler that a build ran. */
export interface UsedCompiler {
  /** Its program, and those of its flags that decide what it makes code for. */
  readonly words: readonly string[];
  readonly calls: number;
  /** The file that it really is, links resolved; absent where it is not there any more. */
  readonly path?: string;
  /** What it says of its code: a triplet. */
  readonly machine?: string;
  /** Why it does not serve the build's target; absent where it does, or where it would not say. */
  readonly objection?: string;
}

/** How long a compiler may take to say what it is, in milliseconds. */
const patience = 10_000;

/**
 * The C compilers of a build: each is asked, as it is now, what it makes code for, and held against the target. They are
 * run for this, so it is not for a workspace that is not trusted.
 */
export async function usedCompilers(
  ports: Ports,
  root: XrayProcess,
  target: Target,
  signal?: CancelSignal,
): Promise<readonly UsedCompiler[]> {
  const used = new Map<string, { readonly words: readonly string[]; calls: number }>();
  const visit = (process: XrayProcess): void => {
    if (isDriver(process)) {
      const words = decisiveWords(process.words);
      const known = used.get(words.join('\0'));
      if (known === undefined) used.set(words.join('\0'), { words, calls: 1 });
      else known.calls++;
    }
    process.children.forEach(visit);
  };
  visit(root);
  return Promise.all(
    [...used.values()].map(async ({ words, calls }): Promise<UsedCompiler> => {
      const [program = '', ...flags] = words;
      const found = ports.host.isAbsolute(program) ? program : await findProgram(ports, [program]);
      const path = found === undefined ? undefined : await ports.files.realPath(found).catch(() => undefined);
      const ask = async (args: readonly string[]): Promise<string> => {
        const options = { stdin: '', timeoutMs: patience, ...(signal === undefined ? {} : { signal }) };
        return (await ports.runner.run(program, [...flags, ...args], options)).stdout;
      };
      const machine = path === undefined ? '' : (await ask(['-dumpmachine'])).trim();
      const triplet = /^[\w.]+(?:-[\w.]+)+$/.test(machine) ? machine : '';
      const macros = path === undefined ? undefined : parseMacros(await ask(['-dM', '-E', '-x', 'c', '-']));
      const objection = macros === undefined ? undefined : macroObjection(macros, target, triplet);
      return {
        words,
        calls,
        ...(path === undefined ? {} : { path }),
        ...(triplet === '' ? {} : { machine: triplet }),
        ...(objection === undefined ? {} : { objection }),
      };
    }),
  );
}

/** A driver is what can be asked; the passes that it starts are its own business. */
function isDriver({ kind, words }: XrayProcess): boolean {
  const [program = ''] = words;
  if (kind !== 'c' && kind !== 'assemble') return false;
  return !/(?:^|[\\/])(?:cc1\w*|f951|lto1|(?:[\w.+-]+-)?as)$/.test(program);
}

/** The program, and the flags that choose a machine. */
function decisiveWords(words: readonly string[]): readonly string[] {
  const [program = '', ...args] = words;
  const flags = args.flatMap((word, at) => {
    if (at === 0 && /^(?:cc|c\+\+)$/.test(word)) return [word];
    if (/^(?:-target|-arch|--target|--sysroot|-isysroot)$/.test(word)) return [word, args[at + 1] ?? ''];
    return /^(?:-m(?:32|64|x32|arm|thumb|arch=|cpu=|abi=|float-abi=)|--target=|--sysroot=)/.test(word)
      ? [word]
      : [];
  });
  return [program, ...flags];
}
