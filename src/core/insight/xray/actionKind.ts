import { commandKind, type CommandKind } from './commandKind.js';
import type { GoAction } from './actionGraph.js';
import { firstGoWord, splitGoWords } from './goWords.js';
import type { ActionKind } from './xray.js';

/** Modes in which Go only looks whether the work was done before (Go 1.25 split this from `build`). */
export const cacheLook = 'build check cache';

/** What an action's time goes to, told by the commands it ran and, where it ran none, by what it was for. */
export function actionKind(action: GoAction, compiler?: string): ActionKind {
  const { mode, commands } = action;
  if (commands.length === 0) return mode === cacheLook ? 'cached' : 'other';
  const kinds = new Set(commands.map((line) => kindOfLine(line, compiler)));
  if (mode === 'link' && kinds.has('link')) return 'link';
  // Before Go 1.25 one action runs cgo, the C compiler and Go's compiler for a package: it is told by the first.
  for (const kind of ['cgo', 'compile', 'c', 'assemble', 'link'] as const) if (kinds.has(kind)) return kind;
  return 'other';
}

function kindOfLine(line: string, compiler: string | undefined): CommandKind | 'dynimport' {
  const kind = commandKind([firstGoWord(line)], compiler);
  if (kind === 'cgo') return line.includes(' -dynimport ') ? 'dynimport' : 'cgo';
  // Go's own compiler gets thousands of words, and its name says it all.
  return kind === 'compile' || kind === 'link' ? kind : commandKind(splitGoWords(line), compiler);
}

/** What an action does, for people. */
export function actionLabel({ mode, package: path }: GoAction): string {
  if (path === undefined) return mode;
  if (mode === 'build') return path;
  const [, source] = /^cgo compile (?:.*[\\/])?([^\\/]+)$/.exec(mode) ?? [];
  return `${source ?? mode} (${path})`;
}
