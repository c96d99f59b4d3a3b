import * as vscode from 'vscode';
import type { ConfigProblem } from '../core/config/config.js';
import type { Session } from './session.js';

/** Faults of crossbow.yaml, and modules that Go can't list, as problems at their places. */
export function registerWorkspaceProblems(session: Session): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('crossbow-workspace');
  const paint = (): void => {
    collection.clear();
    const file = session.configFile;
    if (file !== undefined) {
      collection.set(vscode.Uri.file(file.path), file.problems.map(configDiagnostic));
    }
    for (const it of session.lastDiscovery?.problems ?? []) {
      const uri = vscode.Uri.file(it.file);
      const more = problem(wholeLine((it.line ?? 1) - 1), it.message, vscode.DiagnosticSeverity.Error);
      collection.set(uri, [...(collection.get(uri) ?? []), more]);
    }
  };
  return vscode.Disposable.from(collection, session.onDidLearn(paint));
}

function configDiagnostic(it: ConfigProblem): vscode.Diagnostic {
  const range = new vscode.Range(it.line - 1, it.column - 1, it.endLine - 1, it.endColumn - 1);
  const severity =
    it.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  return problem(range, it.message, severity);
}

function wholeLine(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 1000);
}

function problem(
  range: vscode.Range,
  message: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, severity);
  diagnostic.source = 'crossbow';
  return diagnostic;
}
