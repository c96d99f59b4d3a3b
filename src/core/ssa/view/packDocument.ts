import type { Assembly } from '../compile/assembly.js';
import type { BlockState, Instruction, SsaDump, ValueState } from '../model.js';
import { createColumnWriter, type ColumnWriter } from './columns.js';
import type { PackedDocument, SsaDocument } from './ssaDocument.js';

/** Numbers of a value, each a column; what a value lacks is -1 there. */
export const valueColumns = ['id', 'op', 'type', 'aux', 'reg', 'tmp', 'line', 'raw'] as const;
export const valueLists = ['args', 'names'] as const;
export const blockColumns = ['id', 'kind', 'aux', 'line'] as const;
export const blockLists = ['controls', 'preds', 'succs', 'cycles'] as const;
export const codeColumns = ['pc', 'value', 'block', 'file', 'line', 'text', 'stack'] as const;

/** What is left of a document as JSON when its columns are taken out. */
export interface DocumentHead extends Omit<SsaDocument, 'dump' | 'assembly'> {
  readonly dump: Pick<SsaDump, 'v' | 'func' | 'strings' | 'files' | 'sources' | 'passes' | 'stacks'>;
  /** Variables that are live at an instruction, by its place: only pages of the compiler say. */
  readonly live: Readonly<Record<number, string>>;
  readonly assembly?: Omit<Assembly, 'instructions' | 'relocations'> & {
    /** Texts that instructions and relocations point to. */
    readonly texts: readonly string[];
  };
}

/** A document as texts and columns; `openDocument` is the way back. */
export function packDocument({ dump, assembly, ...rest }: SsaDocument): PackedDocument {
  const writer = createColumnWriter();
  const { v, func, strings, files, sources, passes, stacks, ast, values, blocks, slots, states, code } = dump;
  addValues(writer, values);
  addBlocks(writer, blocks);
  writer.add(slots.map((it) => it.name));
  writer.addLists(slots.map((it) => it.values));
  writer.addLists(states.map((it) => it.blocks));
  writer.addLists(states.map((it) => it.slots));
  addCode(writer, code);
  for (const at of [0, 1, 2] as const) writer.add(ast.map((it) => it[at]));
  const live = Object.fromEntries(
    code.flatMap((it, index) => (it.live === undefined ? [] : [[index, it.live]])),
  );
  const head: DocumentHead = {
    ...rest,
    dump: { v, func, strings, files, sources, passes, stacks },
    live,
    ...(assembly === undefined ? {} : { assembly: packAssembly(writer, assembly) }),
  };
  return { head: JSON.stringify(head), columns: writer.end() };
}

function addValues(writer: ColumnWriter, values: readonly ValueState[]): void {
  for (const field of valueColumns) writer.add(values.map((it) => it[field] ?? -1));
  writer.add(values.map((it) => it.stmt ?? 0));
  writer.add(values.map((it) => it.dead ?? 0));
  for (const field of valueLists) writer.addLists(values.map((it) => it[field] ?? []));
}

function addBlocks(writer: ColumnWriter, blocks: readonly BlockState[]): void {
  for (const field of blockColumns) writer.add(blocks.map((it) => it[field] ?? -1));
  writer.add(blocks.map((it) => it.stmt ?? 0));
  writer.add(blocks.map((it) => it.dead ?? 0));
  writer.add(blocks.map((it) => it.likely ?? 0));
  for (const field of blockLists) writer.addLists(blocks.map((it) => it[field] ?? []));
  writer.addLists(blocks.map((it) => it.values));
}

function addCode(writer: ColumnWriter, code: readonly Instruction[]): void {
  for (const field of codeColumns) writer.add(code.map((it) => it[field] ?? -1));
  writer.add(code.map((it) => it.stmt ?? 0));
}

function packAssembly(
  writer: ColumnWriter,
  { instructions, relocations, ...rest }: Assembly,
): NonNullable<DocumentHead['assembly']> {
  const places = new Map<string, number>();
  const indexOf = (text: string): number => {
    const known = places.get(text) ?? places.size;
    places.set(text, known);
    return known;
  };
  writer.add(instructions.map((it) => it.address));
  writer.add(instructions.map((it) => indexOf(it.file)));
  writer.add(instructions.map((it) => it.line));
  writer.add(instructions.map((it) => indexOf(it.text)));
  writer.add(relocations.map((it) => it.address));
  writer.add(relocations.map((it) => it.size));
  writer.add(relocations.map((it) => indexOf(it.type)));
  writer.add(relocations.map((it) => indexOf(it.symbol)));
  return { ...rest, texts: [...places.keys()] };
}
