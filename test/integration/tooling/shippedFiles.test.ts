import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { beforeAll, describe, expect, it } from 'vitest';
import { causeIds } from '../../../src/core/diagnosis/causes.js';
import { checkIds } from '../../../src/core/lint/lint.js';
import { root } from '../../../scripts/lib/paths.mjs';

/** What the VSIX may hold; anything else is a leak of sources, maps or tests. */
const allowed = [
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^out\/(extension|engine|cli)\.js$/,
  /^out\/webview\/[\w-]+\/[\w-]+\.(js|css)$/,
  /^media\/[\w/.-]+\.(svg|png|md|ttf|woff2)$/,
  /^recipes\/[\w-]+\.yaml$/,
  /^docs\/(causes|checks)\/[\w-]+\.md$/,
  /^(schemas|syntaxes)\/[\w.-]+\.json$/,
];

/** What the extension can't do without. */
const needed = [
  'package.json',
  'README.md',
  'LICENSE',
  'out/extension.js',
  'out/engine.js',
  'out/cli.js',
  // Read from disk by the bundles, so nothing else would miss them.
  ...causeIds.map((it) => `docs/causes/${it}.md`),
  ...['concourse', 'gdn', 'resource', 'runc', 'worker'].map((it) => `recipes/${it}.yaml`),
  ...checkIds.map((it) => `docs/checks/${it}.md`),
];

describe('the files that are shipped', () => {
  let files: readonly string[];
  beforeAll(async () => {
    files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  });

  it('are all on the list', () => {
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it('hold all that is needed', () => {
    expect(files).toEqual(expect.arrayContaining(needed));
  });

  it('stay small', async () => {
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(root, file))).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    // Unpacked; recipes, archives, checks and SSA are part of both bundles. The VSIX is about a third of it (bench/vsixSize.ts).
    expect(total).toBeLessThan(2_750_000);
  });
});
