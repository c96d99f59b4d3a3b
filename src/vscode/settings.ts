import * as vscode from 'vscode';
import { settingsSection, type Settings } from './contributions.js';

/** A setting of ours; the manifest holds its default. */
export function readSetting<K extends keyof Settings>(name: K, fallback: Settings[K]): Settings[K] {
  return vscode.workspace.getConfiguration(settingsSection).get<Settings[K]>(name, fallback);
}
