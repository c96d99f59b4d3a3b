import { readGoFile, type GoFile } from '../../../src/core/lint/go/goFile.js';
import type { CheckProblem, LintFinding, LintScene, SourceText } from '../../../src/core/lint/lint.js';
import { applyEdits, toProblems } from '../../../src/core/lint/problems.js';
import { parseTarget } from '../../../src/core/target/parseTarget.js';
import { createCatalogue } from '../../../src/core/target/createCatalogue.js';
import type { Target } from '../../../src/core/target/target.js';

export function target(id: string): Target {
  const parsed = parseTarget(id, createCatalogue());
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.target;
}

export function scene(ids: readonly string[], more: Partial<LintScene> = {}): LintScene {
  return {
    targets: ids.map(target),
    hostGoarch: 'amd64',
    interpreter: () => ({ kind: 'missing' }),
    tags: [],
    ...more,
  };
}

export function source(name: string, text: string): SourceText {
  return { path: `/w/${name}`, name, text };
}

export function goFiles(texts: Readonly<Record<string, string>>): readonly GoFile[] {
  return Object.entries(texts).map(([name, text]) => readGoFile(source(name, text)));
}

/** The text after the problem's fix of this title, or its first. */
export function fixed(problem: CheckProblem | undefined, text: string, title?: RegExp): string {
  const fix = problem?.fixes.find((it) => title === undefined || title.test(it.title));
  if (fix === undefined) throw new Error(`no such fix among ${JSON.stringify(problem?.fixes)}`);
  return applyEdits(text, fix.edits);
}

export function problemsOf(findings: readonly LintFinding[]): readonly CheckProblem[] {
  return toProblems(findings);
}
