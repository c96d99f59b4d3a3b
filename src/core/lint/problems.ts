import { targetId } from '../target/target.js';
import type { CheckFix, CheckProblem, FileEdit, LintFinding, SourceText, Splice, TextRange } from './lint.js';

/** Findings as problems: the same one of several targets is told once, places are lines and columns. */
export function toProblems(findings: readonly LintFinding[]): readonly CheckProblem[] {
  const merged = new Map<string, CheckProblem>();
  for (const finding of findings) {
    const { check, severity, at, message, target } = finding;
    const key = [check, at.file.path, at.start, message].join('\0');
    const known = merged.get(key);
    const fixes = finding.fixes.map(toFix);
    const titles = new Set(known?.fixes.map((it) => it.title));
    merged.set(key, {
      check,
      severity: known?.severity === 'warning' ? 'warning' : severity,
      file: at.file.path,
      range: rangeOf(at.file, at.start, at.end),
      message,
      targets: [...new Set([...(known?.targets ?? []), targetId(target)])],
      fixes: [...(known?.fixes ?? []), ...fixes.filter((it) => !titles.has(it.title))],
    });
  }
  return [...merged.values()];
}

function toFix({ title, splices }: LintFinding['fixes'][number]): CheckFix {
  return { title, edits: splices.map(toEdit) };
}

function toEdit({ file, start, end, text }: Splice): FileEdit {
  return { file: file.path, range: rangeOf(file, start, end), text };
}

function rangeOf(file: SourceText, start: number, end: number): TextRange {
  const from = placeOf(file.text, start);
  const to = placeOf(file.text, end);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** The text with edits of this one file made. Edits must not overlap. */
export function applyEdits(text: string, edits: readonly Pick<FileEdit, 'range' | 'text'>[]): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  return edits
    .map(({ range, text: inserted }) => ({
      start: offset(range.line, range.column),
      end: offset(range.endLine, range.endColumn),
      inserted,
    }))
    .sort((a, b) => b.start - a.start)
    .reduce((result, it) => result.slice(0, it.start) + it.inserted + result.slice(it.end), text);
}
