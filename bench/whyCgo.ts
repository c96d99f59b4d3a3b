import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyConfig } from '../src/core/config/config.js';
import { createCrossbow } from '../src/core/createCrossbow.js';
import { cgoListingFields } from '../src/core/insight/whyCgo/cgoListing.js';
import { createPorts } from '../src/node/ports.js';
import { everyC, packageCount, writeBigModule } from './bigModule.js';
import { median, milliseconds, timed, type Benchmark } from './measure.js';

const rounds = 7;
const target = { goos: 'linux', goarch: 'arm', level: 'v7' } as const;

export const whyCgo: Benchmark = {
  name: 'why-cgo',
  about: `why cgo on a module of ${packageCount} packages, against the go list -deps -json it needs, turn by turn`,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'crossbow-why-'));
    try {
      await writeBigModule(folder);
      const ports = createPorts();
      const fresh = () => createCrossbow(ports, { cacheFolder: join(folder, '.cache') });
      const crossbow = fresh();
      const go = await crossbow.go();
      if (go.kind !== 'found') throw new Error(go.message);
      const { packages } = await crossbow.mainPackages([folder]);
      const env = {
        ...ports.host.env,
        GOOS: 'linux',
        GOARCH: 'arm',
        GOARM: '7',
        CGO_ENABLED: '1',
        GOPROXY: 'off',
      };
      const list = () =>
        ports.runner.run(go.path, ['list', '-deps', '-e', `-json=${cgoListingFields}`, '--', '.'], {
          cwd: folder,
          env,
        });
      const options = { config: emptyConfig, trusted: true, offline: true } as const;
      const times: Record<'list' | 'why' | 'again', number[]> = { list: [], why: [], again: [] };
      let found = 0;
      await list();
      for (let round = 0; round < rounds; round++) {
        const asked = fresh();
        // What every command asks once is no part of the question.
        await asked.catalogue();
        const why = async () => {
          const answer = await asked.whyCgo(target, packages, options);
          found = answer.kind === 'known' ? answer.packages.length : 0;
        };
        // The first of a round pays for what the round before left in the caches: they take turns.
        if (round % 2 === 0) times.list.push(await timed(list));
        times.why.push(await timed(why));
        times.again.push(await timed(why));
        if (round % 2 === 1) times.list.push(await timed(list));
      }
      if (found !== packageCount / everyC) throw new Error(`${found} packages with cgo`);
      const [listed, asked, again] = [median(times.list), median(times.why), median(times.again)];
      const ratio = asked / listed;
      return [
        { what: 'go list -deps -json alone', value: milliseconds(listed) },
        { what: `why cgo: ${found} chains, needs, without cgo`, value: milliseconds(asked) },
        { what: 'ratio', value: ratio.toFixed(2), goal: { says: '≤ 1.2', met: ratio <= 1.2 } },
        { what: 'asked again, nothing changed', value: milliseconds(again) },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
