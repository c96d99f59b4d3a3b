import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyConfig } from '../src/core/config/config.js';
import { createCrossbow } from '../src/core/createCrossbow.js';
import { createPorts } from '../src/node/ports.js';
import { milliseconds, timed, type Benchmark } from './measure.js';

export const toolchainDiscovery: Benchmark = {
  name: 'toolchains',
  about:
    "finding and probing the C compilers of every port's default target, all at once; zig only where it is remembered",
  async run() {
    const cacheFolder = await mkdtemp(join(tmpdir(), 'crossbow-probes-'));
    try {
      const fresh = () => createCrossbow(createPorts(), { cacheFolder });
      const { targets, ports } = await fresh().catalogue();
      const defaults = ports
        .filter((port) => port.cgoSupported)
        .flatMap((port) => targets.find((t) => t.goos === port.goos && t.goarch === port.goarch) ?? []);
      let proven = 0;
      let candidates = 0;
      const all = async () => {
        const crossbow = fresh();
        const reports = await Promise.all(
          defaults.map((target) =>
            crossbow.toolchains(target, { config: emptyConfig, trusted: true, zig: 'remembered' }),
          ),
        );
        candidates = reports.reduce((sum, report) => sum + report.candidates.length, 0);
        proven = reports.filter((report) => report.chosen !== undefined).length;
      };
      const cold = await timed(all);
      const warm = await timed(all);
      return [
        {
          what: `${defaults.length} targets, ${candidates} candidates, nothing cached`,
          value: milliseconds(cold),
        },
        { what: `the same from the cache (${proven} targets have a proven one)`, value: milliseconds(warm) },
        { what: 'ratio', value: (warm / cold).toFixed(3) },
      ];
    } finally {
      await rm(cacheFolder, { recursive: true, force: true });
    }
  },
};
