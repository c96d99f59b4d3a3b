import * as vscode from 'vscode';
import type { ToolchainState } from '../core/toolchain/toolchainState.js';

const icons: Readonly<Record<ToolchainState, { readonly icon: string; readonly colour?: string }>> = {
  proven: { icon: 'pass', colour: 'testing.iconPassed' },
  found: { icon: 'question', colour: 'testing.iconQueued' },
  refused: { icon: 'error', colour: 'list.errorForeground' },
  // Not a warning by itself: a program without C code needs none.
  missing: { icon: 'circle-slash', colour: 'disabledForeground' },
  'not-needed': { icon: 'circle-outline' },
  checking: { icon: 'loading~spin' },
  unknown: { icon: 'circle-outline', colour: 'disabledForeground' },
};

/** The icon of a target's C side: told apart by shape, and by colour where the theme has one. */
export function toolchainIcon(state: ToolchainState): vscode.ThemeIcon {
  const { icon, colour } = icons[state];
  return new vscode.ThemeIcon(icon, colour === undefined ? undefined : new vscode.ThemeColor(colour));
}

/** The same icon for texts, such as the status bar's: `$(pass)`. */
export function toolchainCodicon(state: ToolchainState): string {
  return `$(${icons[state].icon})`;
}
