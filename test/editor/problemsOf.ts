import * as vscode from 'vscode';

/** Waits until Crossbow's problems of a file are what is wanted. */
export function problemsOf(
  uri: vscode.Uri,
  wanted: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = vscode.languages.getDiagnostics(uri).filter((it) => it.source === 'crossbow');
      if (wanted(found)) {
        listener.dispose();
        resolve(found);
      }
    };
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}
