import * as vscode from 'vscode';
import type { TargetNode } from '../core/target/targetTree.js';

const scheme = 'crossbow-target';

/**
 * The address that a row's badge hangs on. The state is part of it, so that a new state is a new address and
 * no event has to tell which badges changed.
 */
export function targetUri(node: TargetNode): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${node.id}`, query: node.build.kind });
}

/** Badges at the right end of a row: how the last build ended. */
export function registerTargetBadges(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri): vscode.FileDecoration | undefined {
      return uri.scheme === scheme ? badge(uri.query as TargetNode['build']['kind']) : undefined;
    },
  });
}

function badge(kind: TargetNode['build']['kind']): vscode.FileDecoration | undefined {
  switch (kind) {
    case 'ok':
      // Without a colour: that would dye the whole row, and most rows should be black or white.
      return new vscode.FileDecoration('✓', 'Last build passed');
    case 'failed':
      return new vscode.FileDecoration(
        '✗',
        'Last build failed',
        new vscode.ThemeColor('list.errorForeground'),
      );
    case 'stale':
      return new vscode.FileDecoration('○', 'Sources changed since the last build');
    case 'none':
    case 'running':
      return undefined;
  }
}
