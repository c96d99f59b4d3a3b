import { applyConfigChanges } from '../../config/editConfig.js';
import type { FileSystem } from '../../ports.js';
import { changesOf, type FixEdit } from '../diagnosis.js';

/** What became of a fix. */
export type AppliedFix =
  | { readonly kind: 'written'; readonly path: string }
  /** The edit is no change of crossbow.yaml: a command to run after a yes, or advice. */
  | { readonly kind: 'not-an-edit' }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Writes the changes of a fix to crossbow.yaml at `configPath`, which need not exist yet. The editor makes the same
 * text with `applyConfigChanges` and applies it as an edit that can be undone.
 */
export async function applyFixEdit(
  edit: FixEdit,
  files: Pick<FileSystem, 'readText' | 'writeText'>,
  configPath: string,
): Promise<AppliedFix> {
  const changes = changesOf(edit);
  if (changes.length === 0) return { kind: 'not-an-edit' };
  const result = applyConfigChanges((await files.readText(configPath)) ?? '', changes);
  if (result.kind === 'refused') return result;
  await files.writeText(configPath, result.text);
  return { kind: 'written', path: configPath };
}
