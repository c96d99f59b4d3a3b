import type { CodeMeasures } from './measureCode.js';
import type { SsaDump } from './model.js';

/** A pass of one dump beside the same pass of another; one of them is missing where only one compiler run had it. */
export interface AlignedPass {
  readonly name: string;
  /** Indices into `SsaDump.passes`. */
  readonly one?: number;
  readonly other?: number;
}

/**
 * The passes of two dumps in one order. Architectures, levels and versions of Go leave out passes or have some of their
 * own; those stand where they ran. The longest common sequence of names.
 */
export function alignPasses(
  one: Pick<SsaDump, 'passes'>,
  other: Pick<SsaDump, 'passes'>,
): readonly AlignedPass[] {
  const a = one.passes.map((it) => it.name);
  const b = other.passes.map((it) => it.name);
  // At (i, j): how many names a from i on and b from j on have in common, in order.
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const aligned: AlignedPass[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const [name, otherName] = [a[i], b[j]];
    if (name !== undefined && name === otherName) aligned.push({ name, one: i++, other: j++ });
    else if (name !== undefined && (otherName === undefined || at(i + 1, j) >= at(i, j + 1)))
      aligned.push({ name, one: i++ });
    else if (otherName !== undefined) aligned.push({ name: otherName, other: j++ });
  }
  return aligned;
}

/** A figure of two dumps; undefined where a dump doesn't tell it. */
export interface ComparedFigure {
  /** As people say it: `bytes of code`. */
  readonly what: string;
  readonly values: readonly (number | undefined)[];
}

const figures: readonly (readonly [what: string, figure: keyof CodeMeasures])[] = [
  ['instructions', 'instructions'],
  ['bytes of code', 'codeBytes'],
  ['bytes of stack frame', 'frameBytes'],
  ['blocks', 'blocks'],
  ['calls', 'calls'],
  ['spills', 'spills'],
  ['reloads', 'reloads'],
  ['bounds checks', 'boundsChecks'],
];

/** What is known of one, two or more functions, figure by figure. */
export function compareFigures(measures: readonly CodeMeasures[]): readonly ComparedFigure[] {
  return figures
    .map(([what, figure]) => ({ what, values: measures.map((it) => it[figure]) }))
    .filter(({ values }) => values.some((it) => it !== undefined));
}
