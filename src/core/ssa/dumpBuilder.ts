import { parseBlockEnd, parseBlockStart, type BlockEnd } from './blockLine.js';
import { entry } from './entry.js';
import type {
  AstLine,
  BlockState,
  Frame,
  FunctionState,
  Instruction,
  NamedSlot,
  Pass,
  SourceText,
  SsaDump,
} from './model.js';
import { parseIds, parseValueLine, type Intern } from './valueLine.js';

/** What a pass is beside the state it left. */
export type PassFacts = Pick<Pass, 'name' | 'ns' | 'allocs' | 'bytes' | 'notes'>;

/** Where the position of a block comes from a page: the text dump has none. */
type BlockPosition = Pick<BlockState, 'line' | 'stmt'>;

/** Gathers one function's dump line by line; what repeats is stored once. Lines come without indentation. */
export interface DumpBuilder {
  /** Index of a text; the text is copied, so that a slice doesn't keep all of its source alive. */
  readonly intern: Intern;
  type: string;
  abi: number | undefined;
  /** `.   .   AS tc(1) # main.go:14:14`: depth, node, positions (cmd/compile/internal/ir, fmt.go). */
  astLine(line: string): void;
  source(file: string, start: number, lines: readonly string[]): void;
  file(path: string): number;
  stack(frames: readonly Frame[]): number;
  /** `b3: <- b1`; false for a line that opens no block. */
  openBlock(line: string): boolean;
  value(line: string): void;
  dependencyCycle(): void;
  closeBlock(line: string, position?: BlockPosition): void;
  /** `x[int]` and `[v3 v9]`. */
  slot(name: string, values: string): void;
  /** Ends the state that was being read. Its block that was never closed, in a dump cut short, is kept. */
  pass(facts: PassFacts): void;
  /** A pass that left things as they were; the dump does not show it. */
  idlePass(facts: PassFacts): void;
  instruction(instruction: Instruction): void;
  readonly isEmpty: boolean;
  finish(name: string): SsaDump;
}

/** A copy that does not point into the text it was cut from: engines keep the whole of it alive for a slice. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}

interface OpenBlock {
  readonly start: string;
  readonly values: number[];
  readonly cycles: number[];
}

export function createDumpBuilder(): DumpBuilder {
  const strings: string[] = [];
  const stringIndex = new Map<string, number>();
  const values = new Interned<SsaDump['values'][number]>();
  const slots = new Interned<NamedSlot>();
  const fileIndex = new Interned<string>();
  const stacks = new Interned<readonly Frame[]>();
  const blocks: BlockState[] = [];
  const blockCandidates = new Map<string, number[]>();
  const states: FunctionState[] = [];
  const passes: Pass[] = [];
  const ast: AstLine[] = [];
  const sources: SourceText[] = [];
  const code: Instruction[] = [];
  let stateBlocks: number[] = [];
  let stateSlots: number[] = [];
  let open: OpenBlock | undefined;

  const intern: Intern = (text) => {
    const known = stringIndex.get(text);
    if (known !== undefined) return known;
    const own = ownCopy(text);
    stringIndex.set(own, strings.length);
    return strings.push(own) - 1;
  };

  function closeBlock(line: string, position: BlockPosition = {}): void {
    if (open === undefined) return;
    const { start, values: inside, cycles } = open;
    open = undefined;
    const key = `${start}\n${line}\n${position.line ?? ''}${position.stmt ?? ''}\n${cycles.join()}`;
    const candidates = blockCandidates.get(key) ?? [];
    const same = candidates.find((it) => sameNumbers(entry(blocks, it).values, inside));
    if (same !== undefined) {
      stateBlocks.push(same);
      return;
    }
    const end: BlockEnd = parseBlockEnd(line, intern);
    const index = blocks.push({
      ...(parseBlockStart(start) ?? { id: -1 }),
      ...end,
      ...position,
      values: inside,
      ...(cycles.length === 0 ? {} : { cycles }),
    });
    if (candidates.push(index - 1) === 1) blockCandidates.set(ownCopy(key), candidates);
    stateBlocks.push(index - 1);
  }

  function endState(): number {
    if (open !== undefined) closeBlock('');
    const previous = passes.at(-1)?.state;
    const blocksNow = stateBlocks;
    const slotsNow = stateSlots;
    stateBlocks = [];
    stateSlots = [];
    if (previous !== undefined) {
      const before = entry(states, previous);
      if (sameNumbers(before.blocks, blocksNow) && sameNumbers(before.slots, slotsNow)) return previous;
    }
    return states.push({ blocks: blocksNow, slots: slotsNow }) - 1;
  }

  function addPass(facts: PassFacts, state: number): void {
    passes.push({ ...facts, state, changed: passes.at(-1)?.state !== state });
  }

  return {
    intern,
    type: '',
    abi: undefined,
    astLine(line) {
      let depth = 0;
      while (line.startsWith('.   ', depth * 4)) depth++;
      const at = line.lastIndexOf(' # ');
      const end = at < 0 ? line.length : at;
      ast.push([depth, intern(line.slice(depth * 4, end)), intern(at < 0 ? '' : line.slice(at + 3))]);
    },
    source: (path, start, lines) =>
      void sources.push({
        file: fileIndex.index(path, () => ownCopy(path)),
        start,
        lines: lines.map(ownCopy),
      }),
    file: (path) => fileIndex.index(path, () => ownCopy(path)),
    stack: (frames) => stacks.index(frames.map((it) => `${it.file}:${it.line}`).join(), () => frames),
    openBlock(line) {
      if (!line.startsWith('b') || parseBlockStart(line) === undefined) return false;
      if (open !== undefined) closeBlock('');
      open = { start: line, values: [], cycles: [] };
      return true;
    },
    value: (line) => void open?.values.push(values.index(line, () => parseValueLine(line, intern))),
    dependencyCycle: () => void open?.cycles.push(open.values.length),
    closeBlock,
    slot(name, list) {
      const make = (): NamedSlot => ({ name: intern(name), values: parseIds(list) });
      stateSlots.push(slots.index(`${name}\n${list}`, make));
    },
    pass: (facts) => addPass(facts, endState()),
    idlePass(facts) {
      addPass(facts, passes.at(-1)?.state ?? endState());
    },
    instruction: (instruction) => void code.push(instruction),
    get isEmpty() {
      return passes.length === 0 && ast.length === 0 && stateBlocks.length === 0 && open === undefined;
    },
    finish(name) {
      return {
        v: 1,
        func: { name, type: this.type, ...(this.abi === undefined ? {} : { abi: this.abi }) },
        strings,
        files: fileIndex.items,
        sources,
        ast,
        values: values.items,
        blocks,
        slots: slots.items,
        states,
        passes,
        code,
        stacks: stacks.items,
      };
    },
  };
}

/** Things by a text that stands for them. */
class Interned<T> {
  readonly items: T[] = [];
  readonly #index = new Map<string, number>();

  index(key: string, make: () => T): number {
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    this.#index.set(ownCopy(key), this.items.length);
    return this.items.push(make()) - 1;
  }
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
