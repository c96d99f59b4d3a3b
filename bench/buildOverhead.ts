import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/lib/paths.mjs';
import type { BuildRequest } from '../src/core/build/build.js';
import { emptyConfig } from '../src/core/config/config.js';
import { createCrossbow } from '../src/core/createCrossbow.js';
import type { Crossbow } from '../src/core/crossbow.js';
import type { Ports } from '../src/core/ports.js';
import { parseTarget } from '../src/core/target/parseTarget.js';
import { createPorts } from '../src/node/ports.js';
import { median, milliseconds, timed, type Benchmark, type Figure } from './measure.js';

const options = { config: emptyConfig, trusted: true } as const;
const goal = 1.02;

/** A build by Crossbow and the same by hand, each with a build cache of its own. */
interface Contest {
  readonly ours: () => Promise<void>;
  readonly plain: () => Promise<void>;
}

async function prepare(crossbow: Crossbow, ports: Ports, folder: string, caches: string): Promise<Contest> {
  const parsed = parseTarget('linux/arm/v7', await crossbow.catalogue());
  if (!parsed.ok) throw new Error('linux/arm/v7 is unknown');
  const { packages } = await crossbow.mainPackages([folder]);
  const request = (cache: string): BuildRequest => ({
    target: parsed.target,
    package: packages[0]!,
    root: folder,
    cgo: 'on',
    // A program that is up to date is not linked again: with one output the second of a pair would find it done.
    output: join('dist', cache, 'cgo-hello'),
    env: { GOCACHE: join(caches, cache) },
  });
  // The very command that Crossbow shows for its build, so environment and flags are the same.
  const line = await crossbow.shellCommand(request('plain'), options);
  return {
    async ours() {
      const result = await crossbow.build(request('ours'), options);
      if (result.outcome !== 'ok')
        throw new Error(result.diagnoses.map((d) => d.title).join('\n') || 'The build failed.');
    },
    async plain() {
      const { outcome, stderr } = await ports.runner.run('sh', ['-c', line], { cwd: folder });
      if (outcome.kind !== 'exited' || outcome.code !== 0) throw new Error(`${line}\n${stderr}`);
    },
  };
}

/** Pairs of the two, one after the other, the first of a pair alternating; ratio of the medians. */
async function compare(
  what: string,
  pairs: number,
  contest: Contest,
  before: () => Promise<void>,
): Promise<Figure[]> {
  const times = { ours: [] as number[], plain: [] as number[] };
  for (let pair = 0; pair < pairs; pair++) {
    await before();
    const order = pair % 2 === 0 ? (['ours', 'plain'] as const) : (['plain', 'ours'] as const);
    for (const who of order) times[who].push(await timed(contest[who]));
  }
  const ratio = median(times.ours) / median(times.plain);
  return [
    { what: `${what}: go build, median of ${pairs}`, value: milliseconds(median(times.plain)) },
    { what: `${what}: Crossbow, median of ${pairs}`, value: milliseconds(median(times.ours)) },
    {
      what: `${what}: ratio`,
      value: ratio.toFixed(3),
      goal: { says: 'within 2 %', met: ratio <= goal },
    },
  ];
}

export const buildOverhead: Benchmark = {
  name: 'build',
  about: 'examples/cgo-hello for linux/arm/v7, by Crossbow and by plain go build with the same environment',
  async run() {
    const home = await mkdtemp(join(tmpdir(), 'crossbow-build-'));
    try {
      const folder = join(home, 'cgo-hello');
      const caches = join(home, 'caches');
      await cp(join(root, 'examples/cgo-hello'), folder, { recursive: true });
      const ports = createPorts();
      const crossbow = createCrossbow(ports, { cacheFolder: join(home, 'probes') });
      const contest = await prepare(crossbow, ports, folder, caches);

      const source = join(folder, 'main.go');
      const original = await readFile(source, 'utf8');
      let edits = 0;
      const edit = () => writeFile(source, `${original}\nconst edition = ${++edits}\n`);
      const forget = () => rm(caches, { recursive: true, force: true });

      // Probes and `go env` are remembered from here on, as they are in an editor.
      await contest.ours();
      const cold = await compare('everything compiled', 3, contest, forget);
      const edited = await compare('one file edited', 9, contest, edit);
      const unchanged = await compare('nothing changed', 9, contest, () => Promise.resolve());
      return [...cold, ...edited, ...unchanged];
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
};
