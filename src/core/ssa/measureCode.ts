import type { Assembly } from './compile/assembly.js';
import type { BoundsCheck } from './compile/boundsCheck.js';
import { entry } from './entry.js';
import type { SsaDump } from './model.js';

/** What two targets or two versions of a function are compared by. */
export interface CodeMeasures {
  /** Without the assembler's own directives. */
  readonly instructions: number;
  /** Bytes of machine code; absent without a listing. */
  readonly codeBytes?: number;
  /** Bytes of the stack frame. */
  readonly frameBytes?: number;
  readonly blocks: number;
  readonly calls: number;
  /** Values stored to the stack by the register allocator, and loaded again. */
  readonly spills: number;
  readonly reloads: number;
  readonly boundsChecks: number;
}

const directives = new Set(['TEXT', 'FUNCDATA', 'PCDATA', 'NOP', 'END']);

export function measureCode(
  dump: SsaDump,
  assembly: Assembly | undefined,
  boundsChecks: readonly BoundsCheck[],
): CodeMeasures {
  const last = dump.passes.at(-1);
  const blocks =
    last === undefined ? [] : entry(dump.states, last.state).blocks.map((it) => entry(dump.blocks, it));
  const ops = blocks.flatMap((it) =>
    it.values.map((value) => dump.strings[entry(dump.values, value).op] ?? ''),
  );
  const count = (matches: (op: string) => boolean): number => ops.filter(matches).length;
  return {
    instructions: dump.code.filter((it) => !directives.has(mnemonic(dump.strings[it.text] ?? ''))).length,
    ...(assembly === undefined ? {} : { codeBytes: assembly.size, frameBytes: assembly.frame }),
    blocks: blocks.length,
    // CALLstatic, CALLclosure, CALLinter, CALLtail; LoweredWB and the like call too, but as one instruction with a rule of its own.
    calls:
      count((it) => /^CALL/.test(it)) +
      count((it) => /^LoweredStaticCall|^LoweredClosureCall|^LoweredInterCall/.test(it)),
    spills: count((it) => it === 'StoreReg'),
    reloads: count((it) => it === 'LoadReg'),
    boundsChecks: boundsChecks.length,
  };
}

function mnemonic(text: string): string {
  return text.split('\t', 1)[0] ?? '';
}
