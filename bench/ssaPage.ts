import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { root } from '../scripts/lib/paths.mjs';

interface PageReading {
  readonly ms: number;
  /** Most memory the process had at once: resident, Node itself included. */
  readonly peakBytes: number;
}

/** Reads a saved page in a process of its own, so that its memory can be told. */
export async function readPage(path: string): Promise<PageReading> {
  const outfile = join(root, 'out/bench/readPage.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/readPage.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
  });
  const { stdout } = await execa(process.execPath, [outfile, path]);
  return JSON.parse(stdout) as PageReading;
}
