/** A check that the compiler could not prove away (`-d=ssa/check_bce`). */
export interface BoundsCheck {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `index`: of an element; `slice`: of a slice's ends. */
  readonly kind: 'index' | 'slice';
}

/** Undefined for a line that tells of no such check. */
export function readBoundsCheck(line: string): BoundsCheck | undefined {
  const found = /^(.+):(\d+):(\d+): Found Is(Slice)?InBounds$/.exec(line);
  if (found === null) return undefined;
  const [, file = '', at, column, slice] = found;
  return { file, line: Number(at), column: Number(column), kind: slice === undefined ? 'index' : 'slice' };
}
