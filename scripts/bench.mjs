import { bundleBench } from './lib/bundleBench.mjs';
import { endGroupsWithThisProcess } from './lib/processGroup.mjs';
import { setUp } from './lib/setUp.mjs';

/** `npm run bench [name…]`: bundles the benchmarks and runs them. */
endGroupsWithThisProcess();
Object.assign(process.env, await setUp());
const { main } = await import(await bundleBench('main'));
process.exitCode = await main(process.argv.slice(2));
