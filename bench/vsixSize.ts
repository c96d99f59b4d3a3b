import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { buildExtension } from './buildExtension.js';
import { root } from '../scripts/lib/paths.mjs';
import type { Benchmark } from './measure.js';

const goal = 600 * 1024;

export const vsixSize: Benchmark = {
  name: 'vsix',
  about: 'size of what people download',
  async run() {
    await buildExtension();
    const folder = await mkdtemp(join(tmpdir(), 'crossbow-vsix-'));
    try {
      const packagePath = join(folder, 'crossbow.vsix');
      // The marketplace's questions (a repository, a star on activation) are not what is measured here.
      await createVSIX({
        cwd: root,
        packagePath,
        dependencies: false,
        allowMissingRepository: true,
        rewriteRelativeLinks: false,
        skipLicense: true,
      });
      const { size } = await stat(packagePath);
      return [
        {
          what: 'VSIX',
          value: `${(size / 1024).toFixed(0)} KB`,
          goal: { says: 'under 600 KB', met: size < goal },
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
