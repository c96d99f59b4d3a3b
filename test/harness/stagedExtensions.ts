import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { stageExtension } from '../../scripts/lib/stageExtension.mjs';

/** The folder of installed extensions of every editor of a run: this project as its VSIX would hold it. */
export const stagedExtensions = join(root, 'test-results/extensions');

/** Before all end-to-end tests, as vitest's `globalSetup`. */
export async function setup(): Promise<void> {
  await rm(stagedExtensions, { recursive: true, force: true });
  await stageExtension(stagedExtensions);
}
