import { entry } from './entry.js';
import type { PlacedValue } from './entities.js';
import type { SsaDump } from './model.js';
import { diffPasses, placedValues } from './passDiff.js';
import { printValue } from './valueLine.js';

/**
 * What changed between two passes as lines: `+` added, `-` removed, `~` rewritten (before above after), `>` moved.
 * In the order of the later pass, what was removed at the end of its block.
 */
export function printDiff(dump: SsaDump, from: number, to: number): readonly string[] {
  const diff = diffPasses(dump, from, to);
  const show = ({ value }: PlacedValue): string => printValue(entry(dump.values, value), dump.strings);
  const marks = new Map<number, string[]>();
  for (const { before, after } of diff.rewritten)
    marks.set(after.value, [`~ ${show(before)}`, `  ${show(after)}`]);
  for (const { before, after } of diff.moved)
    marks.set(after.value, [...(marks.get(after.value) ?? [`> ${show(after)}`]), `  from b${before.block}`]);
  for (const it of diff.added) marks.set(it.value, [`+ ${show(it)}`]);

  const lines = new Map<number, string[]>();
  const inBlock = (block: number): string[] => {
    const known = lines.get(block) ?? [];
    lines.set(block, known);
    return known;
  };
  for (const { value, block } of placedValues(dump, to).values())
    inBlock(block).push(...(marks.get(value) ?? []));
  for (const it of diff.removed) inBlock(it.block).push(`- ${show(it)}`);
  const heading = (block: number): string => {
    if (diff.blocksAdded.includes(block)) return `b${block}: (new)`;
    return diff.blocksRemoved.includes(block) ? `b${block}: (gone)` : `b${block}:`;
  };
  return [...lines].flatMap(([block, changes]) =>
    changes.length === 0 ? [] : [heading(block), ...changes.map((it) => `  ${it}`)],
  );
}
