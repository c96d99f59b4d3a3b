import * as vscode from 'vscode';
import type { CompileProblem } from '../core/ssa/compile/problems.js';

/** Errors of the compiler that keep a function from being shown. */
export interface SsaProblems {
  /** Replaces what is shown; none clears it. */
  set(problems: readonly CompileProblem[]): void;
  dispose(): void;
}

export function createSsaProblems(): SsaProblems {
  const collection = vscode.languages.createDiagnosticCollection('crossbow-ssa');
  return {
    set(problems) {
      const byFile = new Map<string, vscode.Diagnostic[]>();
      for (const { file, line = 1, column = 1, message } of problems) {
        if (file === undefined) continue;
        const start = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
        const diagnostic = new vscode.Diagnostic(new vscode.Range(start, start), message);
        diagnostic.source = 'go';
        byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
      }
      collection.clear();
      collection.set([...byFile].map(([file, found]) => [vscode.Uri.file(file), found]));
    },
    dispose: () => {
      collection.dispose();
    },
  };
}
