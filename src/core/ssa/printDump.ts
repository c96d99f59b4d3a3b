import { printBlockEnd, printBlockStart } from './blockLine.js';
import { entry } from './entry.js';
import type { Instruction, SsaDump } from './model.js';
import { printId, printPosition, printValue } from './valueLine.js';

/** The function after one pass, as the compiler prints it: the lines between `pass … end` and the next pass. */
export function printPass(dump: SsaDump, pass: number): string {
  const { strings } = dump;
  const state = dump.states[dump.passes[pass]?.state ?? -1];
  if (state === undefined) return '';
  const lines = [`${dump.func.name} ${dump.func.type}`];
  for (const index of state.blocks) {
    const block = entry(dump.blocks, index);
    lines.push(`  ${printBlockStart(block)}`);
    block.values.forEach((value, at) => {
      if (block.cycles?.includes(at)) lines.push('dependency cycle!');
      lines.push(`    ${printValue(entry(dump.values, value), strings)}`);
    });
    lines.push(`    ${printBlockEnd(block, strings)}`);
  }
  for (const index of state.slots) {
    const { name, values } = entry(dump.slots, index);
    lines.push(`name ${strings[name]}: [${values.map(printId).join(' ')}]`);
  }
  return `${lines.join('\n')}\n`;
}

/** The whole dump as `GOSSAFUNC=f+` prints it: syntax tree, passes, code. */
export function printDump(dump: SsaDump): string {
  const { name } = dump.func;
  const parts = [`generating SSA for ${name}\n`, printAst(dump), `compiling ${name}\n`];
  dump.passes.forEach((pass, index) => {
    if (pass.ns !== undefined) {
      parts.push(`  pass ${pass.name} begin\n`);
      for (const note of pass.notes ?? []) parts.push(`${note}\n`);
      const memory = pass.allocs === undefined ? '' : ` ${pass.allocs} allocs ${pass.bytes ?? 0} bytes`;
      parts.push(`  pass ${pass.name} end [${pass.ns} ns${memory}]\n`);
    }
    parts.push(printPass(dump, index));
  });
  if (dump.code.length > 0) parts.push(`genssa ${name}\n`, printCode(dump));
  return parts.join('');
}

/** The syntax tree that the passes start from, as the compiler prints it; empty where the dump has none. */
export function printAst({ ast, strings }: Pick<SsaDump, 'ast' | 'strings'>): string {
  const lines = ast.map(([depth, text, position]) => {
    const place = strings[position];
    return `${'.   '.repeat(depth)}${strings[text]}${place === '' ? '' : ` # ${place}`}\n`;
  });
  return lines.join('');
}

/** The instructions of genssa, with a line where the file changes. */
export function printCode(dump: SsaDump): string {
  let file = -1;
  const lines: string[] = [];
  for (const instruction of dump.code) {
    if (instruction.line !== undefined && instruction.file !== file) {
      file = instruction.file;
      lines.push(`# ${dump.files[file] ?? ''}\n`);
    }
    lines.push(printInstruction(instruction, dump.strings));
  }
  return lines.join('');
}

function printInstruction({ pc, value, block, line, text }: Instruction, strings: readonly string[]): string {
  const of = value !== undefined ? `v${value}` : block !== undefined ? `b${block}` : '   ';
  return ` ${of.padEnd(6)}\t${String(pc).padStart(5, '0')} ${printPosition(line === undefined ? {} : { line })}\t${strings[text]}\n`;
}
