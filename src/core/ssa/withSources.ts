import type { SourceText, SsaDump } from './model.js';
import { findFunctions, functionAround, type LineRange } from './sourceRanges.js';

/** Files beyond this many are left out: an inlined call tree may touch half the standard library. */
const mostFiles = 200;

/**
 * Adds the source of the function and of what was inlined into it, by the positions of its instructions. `read` gives a
 * file's text as it was compiled, or undefined where it is not there.
 */
export async function withSources(
  dump: SsaDump,
  read: (path: string) => Promise<string | undefined>,
): Promise<SsaDump> {
  const first = dump.code.find((it) => it.line !== undefined && it.file >= 0);
  if (first === undefined) return dump;
  const lines = linesByFile(dump);
  const sources: SourceText[] = [];
  for (const [file, wanted] of [...lines].slice(0, mostFiles)) {
    const text = await read(dump.files[file] ?? '');
    if (text === undefined) continue;
    const ranges = findFunctions(text);
    const found = new Map<number, LineRange>();
    for (const line of wanted) {
      const range = functionAround(
        ranges,
        line,
        file === first.file && line === first.line ? 'begins' : 'inside',
      );
      if (range !== undefined) found.set(range.start, range);
    }
    const all = text.split('\n');
    for (const { start, end } of [...found.values()].sort((a, b) => a.start - b.start)) {
      sources.push({ file, start, lines: all.slice(start - 1, end).map((it) => it.replace(/\r$/, '')) });
    }
  }
  const own = sources.findIndex((it) => it.file === first.file && it.start === first.line);
  const target = sources[own];
  if (target === undefined) return { ...dump, sources };
  // A function literal's own lines are within those of the function around it; those would show it twice.
  const others = sources.filter((it) => it !== target && !contains(it, target));
  return { ...dump, sources: [target, ...others] };
}

function contains(outer: SourceText, inner: SourceText): boolean {
  return (
    outer.file === inner.file &&
    outer.start <= inner.start &&
    inner.start + inner.lines.length <= outer.start + outer.lines.length
  );
}

/** Lines that instructions and the calls they were inlined through stand on. */
function linesByFile(dump: SsaDump): ReadonlyMap<number, ReadonlySet<number>> {
  const lines = new Map<number, Set<number>>();
  const add = (file: number, line: number | undefined): void => {
    if (file < 0 || line === undefined) return;
    const known = lines.get(file) ?? new Set<number>();
    known.add(line);
    lines.set(file, known);
  };
  for (const { file, line } of dump.code) add(file, line);
  for (const stack of dump.stacks) for (const { file, line } of stack) add(file, line);
  return lines;
}
