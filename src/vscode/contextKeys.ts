import * as vscode from 'vscode';
import { contextKeys } from './contributions.js';
import type { Session } from './session.js';

/** Keeps the context keys of the manifest's `when` clauses in step with the session. */
export function registerContextKeys(session: Session): vscode.Disposable {
  const sent = new Map<string, unknown>();
  const set = (key: string, value: unknown): void => {
    if (sent.get(key) !== value) {
      sent.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  };
  const update = (): void => {
    set(contextKeys.go, session.go?.kind ?? 'unknown');
    set(
      contextKeys.noModule,
      session.lastDiscovery?.hasModule === false && session.recipes.statuses.length === 0,
    );
    set(contextKeys.hasActive, session.active !== undefined);
    set(contextKeys.hasPinned, session.pinnedKeys.length > 0);
    set(contextKeys.building, session.state.running.length > 0);
    set(contextKeys.recipeRunning, session.recipes.running);
  };
  update();
  return session.onDidChange(update);
}
