import type { Frame, SsaDump } from '../model.js';

/** A node of the function's tree, as the compiler had it before it built values of it. */
export interface AstRow {
  readonly depth: number;
  readonly text: string;
  /** `main.go:15`; with what it was inlined into, outermost first. Empty where the compiler says none. */
  readonly position: string;
  /** Where the node itself was written. */
  readonly place?: Frame;
  /** The calls that it was inlined through. */
  readonly callers: readonly Frame[];
}

/** The tree line by line. The compiler names files without their folder here; of two with one name the first counts. */
export function astRows({ ast, strings, files }: SsaDump): readonly AstRow[] {
  const fileOf = new Map<string, number>();
  files.forEach((path, index) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!fileOf.has(name)) fileOf.set(name, index);
  });
  const known = new Map<number, Pick<AstRow, 'position' | 'place' | 'callers'>>();
  const positionAt = (index: number): Pick<AstRow, 'position' | 'place' | 'callers'> => {
    const found = known.get(index) ?? readPosition(strings[index] ?? '', fileOf);
    known.set(index, found);
    return found;
  };
  return ast.map(([depth, text, position]) => ({
    depth,
    text: strings[text] ?? '',
    ...positionAt(position),
  }));
}

function readPosition(
  text: string,
  fileOf: ReadonlyMap<string, number>,
): Pick<AstRow, 'position' | 'place' | 'callers'> {
  const named = [...text.matchAll(/([^\s:]+):(\d+)(?::\d+)?/g)];
  const frames = named.map(([, name = '', line]): Frame | undefined => {
    const file = fileOf.get(name);
    return file === undefined ? undefined : { file, line: Number(line) };
  });
  const place = frames.at(-1);
  return {
    position: named.map(([, name, line]) => `${name ?? ''}:${line ?? ''}`).join(' '),
    ...(place === undefined ? {} : { place }),
    callers: frames.slice(0, -1).filter((it) => it !== undefined),
  };
}
