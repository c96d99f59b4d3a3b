import type { Assembly } from '../compile/assembly.js';
import { entry } from '../entry.js';
import type { Frame, Instruction, SsaDump } from '../model.js';

/** A line of machine code: the instruction as the compiler handed it over, as the assembler wrote it, or both. */
export interface CodeRow {
  /** Bytes from the function's start. */
  readonly address?: number;
  readonly text: string;
  /** What the linker fills in here: `R_CALL runtime.panicIndex+0`. */
  readonly link?: string;
  readonly place?: Frame;
  /** Index into `SsaDump.code`; absent for what the assembler added, a stack check for one. */
  readonly instruction?: number;
}

/** How far one listing is looked ahead for where it meets the other again. */
const farthest = 48;

/**
 * The function's code line by line. The assembler's listing has addresses, but doesn't say which values an instruction was
 * made for; the compiler's has values, but no addresses. Both keep the order, so each instruction of the one is the next
 * of the other with the same mnemonic and line; what is in one of them only lies between.
 */
export function codeRows(dump: SsaDump, assembly: Assembly | undefined): readonly CodeRow[] {
  if (assembly === undefined) return dump.code.map((it, index) => compilerRow(dump, it, index));
  const links = new Map<number, string[]>();
  for (const { address, size, type, symbol } of assembly.relocations) {
    // Those without a size only keep something alive: they are no part of an instruction.
    if (size === 0) continue;
    const known = links.get(address);
    if (known === undefined) links.set(address, [`${type} ${symbol}`]);
    else known.push(`${type} ${symbol}`);
  }
  // A relocation lies within the instruction, behind its opcode.
  const addresses = assembly.instructions.map((it) => it.address);
  const linkOf = (index: number): string | undefined => {
    const from = addresses[index] ?? 0;
    const to = addresses[index + 1] ?? assembly.size;
    const found: string[] = [];
    for (let at = from; at < to; at++) found.push(...(links.get(at) ?? []));
    return found.length === 0 ? undefined : found.join(', ');
  };
  const fileIndex = new Map(dump.files.map((it, index) => [it, index]));
  const partners = align(
    dump.code.map((it) => `${it.line ?? ''} ${mnemonic(dump.strings[it.text] ?? '')}`),
    assembly.instructions.map((it) => `${it.line} ${mnemonic(it.text)}`),
  );
  return assembly.instructions.map(({ address, file, line, text }, index) => {
    const link = linkOf(index);
    const instruction = partners[index];
    const own = instruction === undefined ? undefined : entry(dump.code, instruction);
    const place = own === undefined || own.line === undefined ? placeIn(fileIndex, file, line) : placeOf(own);
    return {
      address,
      text,
      ...(link === undefined ? {} : { link }),
      ...(place === undefined ? {} : { place }),
      ...(instruction === undefined ? {} : { instruction }),
    };
  });
}

/** For each entry of `b` the index of its partner in `a`; linear, since the search ahead is bounded. */
function align(a: readonly string[], b: readonly string[]): readonly (number | undefined)[] {
  const partners: (number | undefined)[] = b.map(() => undefined);
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      partners[j++] = i++;
      continue;
    }
    const step = nextMeeting(a, b, i, j);
    i += step === undefined ? 1 : step[0];
    j += step === undefined ? 1 : step[1];
  }
  return partners;
}

/** The least way ahead, in both together, after which the lists agree again. */
function nextMeeting(
  a: readonly string[],
  b: readonly string[],
  i: number,
  j: number,
): readonly [number, number] | undefined {
  for (let total = 1; total <= farthest; total++) {
    for (let ahead = 0; ahead <= total; ahead++) {
      const [x, y] = [i + ahead, j + total - ahead];
      if (x < a.length && y < b.length && a[x] === b[y]) return [ahead, total - ahead];
    }
  }
  return undefined;
}

function mnemonic(text: string): string {
  const end = text.search(/[\t ]/);
  return end < 0 ? text : text.slice(0, end);
}

function compilerRow(dump: SsaDump, instruction: Instruction, index: number): CodeRow {
  const place = placeOf(instruction);
  return {
    text: dump.strings[instruction.text] ?? '',
    ...(place === undefined ? {} : { place }),
    instruction: index,
  };
}

function placeOf({ file, line }: Instruction): Frame | undefined {
  return file < 0 || line === undefined ? undefined : { file, line };
}

function placeIn(files: ReadonlyMap<string, number>, path: string, line: number): Frame | undefined {
  const file = files.get(path);
  return file === undefined ? undefined : { file, line };
}
