import { execa } from 'execa';
import { bundleBench } from '../scripts/lib/bundleBench.mjs';

interface PageReading {
  readonly ms: number;
  /** Most memory the process had at once: resident, Node itself included. */
  readonly peakBytes: number;
}

/** Reads a saved page in a process of its own, so that its memory can be told. */
export async function readPage(path: string): Promise<PageReading> {
  const { stdout } = await execa(process.execPath, [await bundleBench('readPage'), path]);
  return JSON.parse(stdout) as PageReading;
}
