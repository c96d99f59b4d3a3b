/**
 * One function as the Go compiler saw it, pass by pass.
 *
 * The model is plain JSON: `JSON.stringify` is its file and its message. It is small because everything that comes
 * back is stored once: texts in `strings`, values, blocks and slots in lists of states that are never changed. Where a
 * field is called `op`, `type`, `text` and the like and holds a number, that number is an index into `strings`.
 */
export interface SsaDump {
  /** Version of this format. */
  readonly v: 1;
  readonly func: SsaFunction;
  readonly strings: readonly string[];
  /** Absolute paths of source files, as the compiler names them. */
  readonly files: readonly string[];
  /** The function itself first, then functions inlined into it. */
  readonly sources: readonly SourceText[];
  readonly ast: readonly AstLine[];
  readonly values: readonly ValueState[];
  readonly blocks: readonly BlockState[];
  readonly slots: readonly NamedSlot[];
  /** What a pass left behind. Passes that changed nothing share one. */
  readonly states: readonly FunctionState[];
  /** In the order the compiler ran them; the first is `start`, before any pass. */
  readonly passes: readonly Pass[];
  /** Instructions as the compiler hands them to the assembler (genssa). */
  readonly code: readonly Instruction[];
  /** Inlining stacks that instructions refer to. */
  readonly stacks: readonly (readonly Frame[])[];
}

interface SsaFunction {
  /** As the compiler says it, without the package: `main`, `(*conn).serve`, `main.func1`. */
  readonly name: string;
  /** Go type: `func(int) error`. Empty in dumps that don't say (ssa.html). */
  readonly type: string;
  /** 1: ABIInternal, 0: the stack-based ABI of assembly. Absent where the dump doesn't say (Go 1.19). */
  readonly abi?: number;
  /** What it was compiled with; absent for a dump from a file. */
  readonly origin?: SsaOrigin;
}

interface SsaOrigin {
  readonly importPath: string;
  /** `go1.26.8` */
  readonly go: string;
  /** `linux/arm/v7` */
  readonly target: string;
  /** Flags that decide about code, of the build and of the compiler: `-race`, `-N`. */
  readonly flags: readonly string[];
}

/** A run of lines of one file. */
export interface SourceText {
  readonly file: number;
  /** Number of the first line, from 1. */
  readonly start: number;
  readonly lines: readonly string[];
}

/** Depth in the tree, index of the node's text, index of its positions (`main.go:15:14 print.go:314:14`, outermost first). */
export type AstLine = readonly [depth: number, text: number, position: number];

/** A value in one state. Two values that print alike are one state. */
export interface ValueState {
  readonly id: number;
  readonly op: number;
  readonly type: number;
  /** Symbol and constant as printed, with the blank before them where there is one: ` {os.Args} [8]`. */
  readonly aux?: number;
  /** Ids of other values; -1 for one that is missing. */
  readonly args?: readonly number[];
  /** Register or stack slot: `AX`, `.autotmp_32[int]`, `<AX,BX>`. */
  readonly reg?: number;
  readonly tmp?: number;
  /** Variables it stands for: `a.ptr[*uint8]`. Sorted. */
  readonly names?: readonly number[];
  /** Absent: no known position. In which file only instructions say. */
  readonly line?: number;
  /** 1: a statement begins here, -1: it doesn't, absent: not decided. */
  readonly stmt?: 1 | -1;
  /** Nothing needs it any more; the next removal of dead code takes it away. */
  readonly dead?: 1;
  /** The whole line, where it could not be taken apart; other fields are then empty. */
  readonly raw?: number;
}

export interface BlockState {
  readonly id: number;
  /** `If`, `Plain`, `Ret`, `LT`, …; absent while the dump is cut short. */
  readonly kind: number;
  /** As for values. */
  readonly aux?: number;
  /** Ids of the values that decide which way to go. */
  readonly controls?: readonly number[];
  readonly preds?: readonly number[];
  readonly succs?: readonly number[];
  /** 1: the first successor is likely, -1: unlikely. */
  readonly likely?: 1 | -1;
  /** Only ssa.html says. */
  readonly line?: number;
  readonly stmt?: 1 | -1;
  readonly dead?: 1;
  /** Indices into `SsaDump.values`, in printed order. */
  readonly values: readonly number[];
  /** Indices into `values` before which the compiler announces a dependency cycle. */
  readonly cycles?: readonly number[];
}

/** A variable, or part of one, and the values that hold it. */
export interface NamedSlot {
  /** `a.ptr[*uint8]` */
  readonly name: number;
  readonly values: readonly number[];
}

export interface FunctionState {
  /** Indices into `SsaDump.blocks`, in printed order: laid out once the pass `layout` has run. */
  readonly blocks: readonly number[];
  /** Indices into `SsaDump.slots`. */
  readonly slots: readonly number[];
}

export interface Pass {
  readonly name: string;
  /** Time the compiler spent in it, in nanoseconds. */
  readonly ns?: number;
  readonly allocs?: number;
  readonly bytes?: number;
  /** Index into `SsaDump.states`. */
  readonly state: number;
  /** Whether its state differs from the pass before; true for the first. */
  readonly changed: boolean;
  /** What the compiler said while it ran: induction variables found, and the like. */
  readonly notes?: readonly string[];
}

export interface Instruction {
  /** Number in the function, from 0; branches name it. */
  readonly pc: number;
  /** Id of the value it was made for. */
  readonly value?: number;
  /** Id of the block whose end it is. */
  readonly block?: number;
  /** Index into `SsaDump.files`; -1: unknown. */
  readonly file: number;
  readonly line?: number;
  readonly stmt?: 1 | -1;
  readonly text: number;
  /** Index into `SsaDump.stacks`: the lines it was inlined through, where known. */
  readonly stack?: number;
  /** Variables that are live here, as ssa.html prints them. */
  readonly live?: string;
}

/** A line of a file on the way to an inlined instruction. */
export interface Frame {
  readonly file: number;
  readonly line: number;
}
