/** Whole numbers, each in as many bytes as the largest of them needs. */
export type Column = Uint8Array | Int8Array | Uint16Array | Int16Array | Int32Array;

const kinds = [Uint8Array, Int8Array, Uint16Array, Int16Array, Int32Array] as const;
/** Smallest and largest number of each kind. */
const ranges = [
  [0, 0xff],
  [-0x80, 0x7f],
  [0, 0xffff],
  [-0x8000, 0x7fff],
] as const;
/** Before each column: which kind it is, and how many numbers it has. */
const headBytes = 8;

/** Lists of numbers, by their place. */
export interface ColumnLists {
  at(index: number): number[];
}

/** Takes columns one after the other; what it makes is read in the same order. */
export interface ColumnWriter {
  add(numbers: readonly number[]): void;
  addLists(lists: readonly (readonly number[])[]): void;
  end(): Uint8Array;
}

export function createColumnWriter(): ColumnWriter {
  const columns: Column[] = [];
  const add = (numbers: readonly number[]): void => {
    const kind = kindOf(numbers);
    columns.push(kinds[kind].from(numbers));
  };
  return {
    add,
    addLists(lists) {
      const starts = [0];
      let end = 0;
      for (const list of lists) starts.push((end += list.length));
      add(starts);
      add(lists.flat());
    },
    end() {
      const total = columns.reduce((sum, it) => sum + headBytes + padded(it.byteLength), 0);
      const bytes = new Uint8Array(total);
      let at = 0;
      for (const column of columns) {
        const kind = kinds.findIndex((it) => column instanceof it);
        new Int32Array(bytes.buffer, at, 2).set([kind, column.length]);
        bytes.set(new Uint8Array(column.buffer), at + headBytes);
        at += headBytes + padded(column.byteLength);
      }
      return bytes;
    },
  };
}

export interface ColumnReader {
  next(): Column;
  nextLists(): ColumnLists;
}

/** Columns as views of these bytes, which must not change after. Throws a RangeError where they end too soon. */
export function createColumnReader(bytes: Uint8Array): ColumnReader {
  // A view of numbers must begin where such numbers can stand.
  const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const buffer = own.buffer as ArrayBuffer;
  let at = own.byteOffset;
  const next = (): Column => {
    const [kind = 0, length = 0] = new Int32Array(buffer, at, 2);
    const column = new (kinds[kind] ?? Uint8Array)(buffer, at + headBytes, length);
    at += headBytes + padded(column.byteLength);
    return column;
  };
  return {
    next,
    nextLists() {
      const starts = next();
      const all = next();
      return {
        at(index) {
          const list: number[] = [];
          const end = starts[index + 1] ?? 0;
          for (let at = starts[index] ?? 0; at < end; at++) list.push(all[at] ?? 0);
          return list;
        },
      };
    },
  };
}

function kindOf(numbers: readonly number[]): 0 | 1 | 2 | 3 | 4 {
  let [least, most] = [0, 0];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const narrowest = ranges.findIndex(([from, to]) => from <= least && most <= to);
  return narrowest < 0 ? 4 : (narrowest as 0 | 1 | 2 | 3);
}

function padded(bytes: number): number {
  return (bytes + 3) & ~3;
}
