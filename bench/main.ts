import { activation } from './activation.js';
import { archive } from './archive.js';
import { buildOverhead } from './buildOverhead.js';
import { diagnosisSpeed } from './diagnosisSpeed.js';
import type { Benchmark } from './measure.js';
import { recipes } from './recipes.js';
import { ssa } from './ssa.js';
import { ssaView } from './ssaView.js';
import { toolchainDiscovery } from './toolchainDiscovery.js';
import { vsixSize } from './vsixSize.js';
import { whyCgo } from './whyCgo.js';
import { xray } from './xray.js';

const benchmarks: readonly Benchmark[] = [
  vsixSize,
  activation,
  diagnosisSpeed,
  toolchainDiscovery,
  buildOverhead,
  whyCgo,
  xray,
  ssa,
  archive,
  recipes,
  ssaView,
];

/** Runs the named benchmarks, or all; 0 when every goal is met, 1 when one is missed, 2 for an unknown name. */
export async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) {
    console.error(
      `No benchmark ${unknown.join(', ')}; there are ${benchmarks.map((b) => b.name).join(', ')}.`,
    );
    return 2;
  }
  let missed = 0;
  for (const benchmark of benchmarks) {
    if (names.length > 0 && !names.includes(benchmark.name)) continue;
    console.log(`\n${benchmark.name}: ${benchmark.about}`);
    for (const { what, value, goal } of await benchmark.run()) {
      if (goal?.met === false) missed++;
      const verdict = goal === undefined ? '' : `  goal ${goal.says}: ${goal.met ? 'met' : 'MISSED'}`;
      console.log(`  ${what.padEnd(52)} ${value.padStart(12)}${verdict}`);
    }
  }
  return missed === 0 ? 0 : 1;
}
