import * as vscode from 'vscode';
import { settingsSection } from './contributions.js';
import type { Session } from './session.js';

/** Files whose change makes a build older than its sources. */
const sources = '**/*.{go,c,cc,cpp,cxx,m,h,hh,hpp,s,S,syso}';
const modules = '**/{go.mod,go.sum,go.work}';

/** Follows the workspace: sources make builds stale, modules change the list of programs, and trust opens all. */
export function registerWorkspaceWatch(session: Session, refresh: () => void): vscode.Disposable {
  const stale = (): void => {
    session.builds.sourcesChanged();
    session.recipes.sourcesChanged();
  };
  const relist = (): void => {
    stale();
    session.forgetPackages();
    void session.recipes.refresh();
  };
  const reload = (): void => {
    void session.reloadConfig().then(() => {
      session.probeAgain(false);
    });
  };
  return vscode.Disposable.from(
    ...watch(sources, stale, () => {
      relist();
    }),
    ...watch(modules, () => {
      relist();
      void session.discover();
    }),
    ...watch('**/crossbow.{yaml,yml}', reload),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.go.path`)) {
        refresh();
      }
    }),
  );
}

function watch(pattern: string, changed: () => void, cameOrWent = changed): readonly vscode.Disposable[] {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return [
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(cameOrWent),
    watcher.onDidDelete(cameOrWent),
  ];
}
