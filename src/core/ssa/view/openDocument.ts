import type { Assembly } from '../compile/assembly.js';
import { entry } from '../entry.js';
import type { AstLine, BlockState, FunctionState, Instruction, NamedSlot, ValueState } from '../model.js';
import { createColumnReader, type Column, type ColumnLists, type ColumnReader } from './columns.js';
import { blockColumns, blockLists, codeColumns, valueColumns, valueLists } from './packDocument.js';
import type { DocumentHead } from './packDocument.js';
import type { PackedDocument, SsaDocument } from './ssaDocument.js';

/**
 * The document again. Values, blocks and the like read their columns when asked: of each there is an object of two
 * fields, and what nobody looks at is never more. Throws where head and columns are not of one document.
 */
export function openDocument({ head, columns }: PackedDocument): SsaDocument {
  const reader = createColumnReader(columns);
  const { dump, assembly, live, ...rest } = JSON.parse(head) as DocumentHead;
  const values = openValues(reader);
  const blocks = openBlocks(reader);
  const [slotNames, slotValues] = [reader.next(), reader.nextLists()];
  const slots = Array.from(slotNames, (name, index): NamedSlot => ({ name, values: slotValues.at(index) }));
  const [stateBlocks, stateSlots] = [reader.nextLists(), reader.nextLists()];
  const stateCount = 1 + Math.max(-1, ...dump.passes.map((it) => it.state));
  const states = Array.from({ length: stateCount }, (_, index): FunctionState => ({
    blocks: stateBlocks.at(index),
    slots: stateSlots.at(index),
  }));
  const code = openCode(reader, live);
  const ast = openAst(reader);
  return {
    ...rest,
    dump: { ...dump, ast, values, blocks, slots, states, code },
    ...(assembly === undefined ? {} : { assembly: openAssembly(reader, assembly) }),
  };
}

type Columns<Names extends readonly string[]> = Readonly<Record<Names[number], Column>>;
type Lists<Names extends readonly string[]> = Readonly<Record<Names[number], ColumnLists>>;

function readColumns<const Names extends readonly string[]>(
  reader: ColumnReader,
  names: Names,
): Columns<Names> {
  return Object.fromEntries(names.map((it) => [it, reader.next()])) as Columns<Names>;
}

function readLists<const Names extends readonly string[]>(reader: ColumnReader, names: Names): Lists<Names> {
  return Object.fromEntries(names.map((it) => [it, reader.nextLists()])) as Lists<Names>;
}

/** What every record has; a check of each would cost what the columns save. */
function at(column: Column, index: number): number {
  return column[index] ?? -1;
}

/** What an object of columns has in one of them; undefined where it has none. */
function known(column: Column, index: number): number | undefined {
  const found = column[index] ?? -1;
  return found < 0 ? undefined : found;
}

function sign(column: Column, index: number): 1 | -1 | undefined {
  const found = column[index] ?? 0;
  return found === 0 ? undefined : found > 0 ? 1 : -1;
}

function flag(column: Column, index: number): 1 | undefined {
  return column[index] === 1 ? 1 : undefined;
}

function someOf(lists: ColumnLists, index: number): readonly number[] | undefined {
  const found = lists.at(index);
  return found.length === 0 ? undefined : found;
}

function openValues(reader: ColumnReader): readonly ValueState[] {
  const columns = readColumns(reader, valueColumns);
  const [stmt, dead] = [reader.next(), reader.next()];
  const lists = readLists(reader, valueLists);
  class PackedValue {
    constructor(private readonly index: number) {}
    get id() {
      return at(columns.id, this.index);
    }
    get op() {
      return at(columns.op, this.index);
    }
    get type() {
      return at(columns.type, this.index);
    }
    get aux() {
      return known(columns.aux, this.index);
    }
    get args() {
      return someOf(lists.args, this.index);
    }
    get reg() {
      return known(columns.reg, this.index);
    }
    get tmp() {
      return known(columns.tmp, this.index);
    }
    get names() {
      return someOf(lists.names, this.index);
    }
    get line() {
      return known(columns.line, this.index);
    }
    get stmt() {
      return sign(stmt, this.index);
    }
    get dead() {
      return flag(dead, this.index);
    }
    get raw() {
      return known(columns.raw, this.index);
    }
  }
  return Array.from(columns.id, (_, index) => new PackedValue(index) as ValueState);
}

function openBlocks(reader: ColumnReader): readonly BlockState[] {
  const columns = readColumns(reader, blockColumns);
  const [stmt, dead, likely] = [reader.next(), reader.next(), reader.next()];
  const lists = readLists(reader, blockLists);
  const values = reader.nextLists();
  class PackedBlock {
    private all: readonly number[] | undefined;
    constructor(private readonly index: number) {}
    get id() {
      return at(columns.id, this.index);
    }
    get kind() {
      return at(columns.kind, this.index);
    }
    get aux() {
      return known(columns.aux, this.index);
    }
    get controls() {
      return someOf(lists.controls, this.index);
    }
    get preds() {
      return someOf(lists.preds, this.index);
    }
    get succs() {
      return someOf(lists.succs, this.index);
    }
    get likely() {
      return sign(likely, this.index);
    }
    get line() {
      return known(columns.line, this.index);
    }
    get stmt() {
      return sign(stmt, this.index);
    }
    get dead() {
      return flag(dead, this.index);
    }
    get values() {
      // Asked for in every pass that has the block.
      return (this.all ??= values.at(this.index));
    }
    get cycles() {
      return someOf(lists.cycles, this.index);
    }
  }
  return Array.from(columns.id, (_, index) => new PackedBlock(index) as BlockState);
}

function openCode(reader: ColumnReader, live: DocumentHead['live']): readonly Instruction[] {
  const columns = readColumns(reader, codeColumns);
  const stmt = reader.next();
  class PackedInstruction {
    constructor(private readonly index: number) {}
    get pc() {
      return at(columns.pc, this.index);
    }
    get value() {
      return known(columns.value, this.index);
    }
    get block() {
      return known(columns.block, this.index);
    }
    get file() {
      return at(columns.file, this.index);
    }
    get line() {
      return known(columns.line, this.index);
    }
    get stmt() {
      return sign(stmt, this.index);
    }
    get text() {
      return at(columns.text, this.index);
    }
    get stack() {
      return known(columns.stack, this.index);
    }
    get live() {
      return live[this.index];
    }
  }
  return Array.from(columns.pc, (_, index) => new PackedInstruction(index) as Instruction);
}

function openAst(reader: ColumnReader): readonly AstLine[] {
  const [depths, texts, positions] = [reader.next(), reader.next(), reader.next()];
  return Array.from(depths, (depth, index): AstLine => [depth, entry(texts, index), entry(positions, index)]);
}

function openAssembly(
  reader: ColumnReader,
  { texts, ...rest }: NonNullable<DocumentHead['assembly']>,
): Assembly {
  const [addresses, files, lines, of] = [reader.next(), reader.next(), reader.next(), reader.next()];
  const [at, sizes, types, symbols] = [reader.next(), reader.next(), reader.next(), reader.next()];
  return {
    ...rest,
    instructions: Array.from(addresses, (address, index) => ({
      address,
      file: entry(texts, entry(files, index)),
      line: entry(lines, index),
      text: entry(texts, entry(of, index)),
    })),
    relocations: Array.from(at, (address, index) => ({
      address,
      size: entry(sizes, index),
      type: entry(texts, entry(types, index)),
      symbol: entry(texts, entry(symbols, index)),
    })),
  };
}
