import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './lib/paths.mjs';
import { endGroupsWithThisProcess } from './lib/processGroup.mjs';
import { setUp } from './lib/setUp.mjs';

/** `npm run bench [name…]`: bundles the benchmarks, which import the core as it is, and runs them. */
endGroupsWithThisProcess();
Object.assign(process.env, await setUp());
const outfile = join(root, 'out/bench/main.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['bench/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  packages: 'external',
});
const { main } = await import(outfile);
process.exitCode = await main(process.argv.slice(2));
