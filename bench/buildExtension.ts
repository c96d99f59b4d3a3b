import { join } from 'node:path';
import { node24, root } from '../scripts/lib/paths.mjs';
import { runQuietly } from '../scripts/lib/runQuietly.mjs';

let built: Promise<void> | undefined;

/** Builds what is shipped, once in a run of the benchmarks. */
export function buildExtension(): Promise<void> {
  built ??= (async () => {
    const webpack = join(root, 'node_modules/webpack/bin/webpack.js');
    const { ok, output } = await runQuietly(node24, [webpack, '--mode', 'production'], { cwd: root });
    if (!ok) throw new Error(output);
  })();
  return built;
}
