import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.mjs';

/**
 * Bundles `bench/<name>.ts`, which imports the core as it is, for this project's Node, and returns the bundle's path.
 * @param {string} name
 */
export async function bundleBench(name) {
  const outfile = join(root, `out/bench/${name}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [`bench/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
  });
  return outfile;
}
