import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyConfig } from '../src/core/config/config.js';
import { createCrossbow } from '../src/core/createCrossbow.js';
import type { Crossbow } from '../src/core/crossbow.js';
import type { ViewAction, XraySubject } from '../src/core/insight/xray/xraySubject.js';
import { xraySubject } from '../src/core/insight/xray/xraySubject.js';
import { createPorts } from '../src/node/ports.js';
import { packageCount, writeBigModule } from './bigModule.js';
import { median, milliseconds, timed, type Benchmark, type Figure } from './measure.js';
import { showXray } from './xrayPage.js';

/** Fewer do for a look: `BENCH_PAIRS=1 npm run bench xray`. */
const pairs = Number(process.env['BENCH_PAIRS'] ?? 5);
const target = { goos: 'linux', goarch: 'amd64' } as const;

type Build = (who: 'on' | 'off') => Promise<string | undefined>;

export const xray: Benchmark = {
  name: 'xray',
  about: `a module of ${packageCount} packages: builds with their X-ray kept and not, turn by turn; the view in Chromium`,
  async run() {
    const home = await mkdtemp(join(tmpdir(), 'crossbow-xray-'));
    try {
      const folder = join(home, 'big');
      await mkdir(folder);
      await writeBigModule(folder);
      const { crossbow, build } = await builders(home, folder);
      const first = await build('on');
      await build('off');
      const edited = (name: string) => async (): Promise<void> =>
        writeFile(join(folder, name, 'e.go'), `package ${name}\n\nconst Edition = ${++edits}\n`);
      let edits = Date.now();
      return [
        ...(await read(crossbow, first ?? '')),
        // What it exports is new: all that imports it, directly or not, is built again.
        ...(await compare('much built again', build, edited('p0999'))),
        ...(await compare('one package edited', build, edited('p0001'))),
        ...(await compare('nothing to build', build, () => Promise.resolve())),
      ];
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
};

async function builders(home: string, folder: string): Promise<{ crossbow: Crossbow; build: Build }> {
  const ports = createPorts();
  // Where the folder of X-rays can't be made, a build goes on without.
  await mkdir(join(home, 'off'));
  await writeFile(join(home, 'off', 'xray'), '');
  const crossbows = {
    on: createCrossbow(ports, { cacheFolder: join(home, 'on') }),
    off: createCrossbow(ports, { cacheFolder: join(home, 'off') }),
  };
  const { packages } = await crossbows.on.mainPackages([folder]);
  const [main] = packages;
  if (main === undefined) throw new Error('The module has no program.');
  return {
    crossbow: crossbows.on,
    async build(who) {
      const request = { target, package: main, root: folder, cgo: 'off', output: `dist/${who}` } as const;
      const result = await crossbows[who].build(request, { config: emptyConfig, trusted: true });
      if (result.outcome !== 'ok') throw new Error('The build failed.');
      if ((result.xray === undefined) !== (who === 'off')) throw new Error(`X-ray of ${who}: ${result.xray}`);
      return result.xray;
    },
  };
}

/** Pairs of the two, the first of a pair alternating; ratio of the medians. */
async function compare(what: string, build: Build, before: () => Promise<void>): Promise<readonly Figure[]> {
  const times = { on: [] as number[], off: [] as number[] };
  for (let pair = 0; pair < pairs; pair++) {
    for (const who of pair % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
      await before();
      times[who].push(await timed(() => build(who)));
    }
  }
  const ratio = median(times.on) / median(times.off);
  return [
    { what: `${what}: without X-ray, median of ${pairs}`, value: milliseconds(median(times.off)) },
    { what: `${what}: ratio with`, value: ratio.toFixed(3), goal: { says: '≤ 1.01', met: ratio <= 1.01 } },
  ];
}

/** From the recorded build to the picture, and how the picture moves. */
async function read(crossbow: Crossbow, id: string): Promise<readonly Figure[]> {
  let subject: XraySubject | undefined;
  const readOnce = async (): Promise<void> => {
    const reading = await crossbow.xrays.read(id);
    if (reading === undefined) throw new Error('The build is not kept.');
    subject = xraySubject(reading);
  };
  // The first is what a person waits for: nothing of it has run before.
  const ready = await timed(readOnce);
  const again: number[] = [];
  for (let round = 0; round < 5; round++) again.push(await timed(readOnce));
  if (subject === undefined) throw new Error('Nothing was read.');
  agree(subject);
  const real = await showXray(subject);
  const many = await showXray(manyActions(subject, 10_000));
  return [
    { what: 'actions of the build', value: String(subject.xray.actions.length) },
    goal('data ready, the first time', ready, '≤ 150 ms', ready <= 150),
    { what: 'data ready, again, median of 5', value: milliseconds(median(again)) },
    goal('first paint in Chromium', real.paint, '≤ 300 ms', real.paint <= 300),
    frames('zoom and move', real.zoom),
    frames('scroll the table', real.scroll),
    memory('memory after that, of before', real.heap),
    { what: '10 000 actions: first paint', value: milliseconds(many.paint) },
    frames('10 000 actions: zoom and move', many.zoom),
    frames('10 000 actions: scroll the table', many.scroll),
    memory('10 000 actions: memory after that', many.heap),
  ];
}

const goal = (what: string, value: number, says: string, met: boolean): Figure => ({
  what,
  value: milliseconds(value),
  goal: { says, met },
});
const frames = (what: string, value: number): Figure => ({
  what: `${what}, frames a second`,
  value: value.toFixed(0),
  goal: { says: '≥ 50', met: value >= 50 },
});
const memory = (what: string, share: number): Figure => ({
  what,
  value: `${(share * 100).toFixed(0)} %`,
  goal: { says: '≤ 110 %', met: share <= 1.1 },
});

/** Holds the totals against the wall time that go took, and the packages against those that there are. */
function agree({ xray: { actions, critical, lanes, packages, total, wall } }: XraySubject): void {
  const sum = actions.reduce((all, { start = 0, end = 0 }) => all + end - start, 0);
  const own = packages.filter((it) => it.importPath.startsWith('example.com/big')).length;
  if (critical.time > wall) throw new Error(`critical path ${critical.time} ms of ${wall} ms`);
  if (Math.abs(sum - total.time) > 1) throw new Error(`${total.time} ms together, and ${sum} ms in sum`);
  if (total.time > wall * lanes) throw new Error(`${total.time} ms in ${lanes} lanes of ${wall} ms`);
  if (own !== packageCount + 1) throw new Error(`${own} packages of ${packageCount + 1}`);
}

/** The same build again and again, one after another in time. */
function manyActions(subject: XraySubject, count: number): XraySubject {
  const { xray } = subject;
  const actions = Array.from({ length: count }, (_, at): ViewAction => {
    const from = xray.actions[at % xray.actions.length]!;
    const shift = Math.floor(at / xray.actions.length) * xray.wall;
    const { start = 0, end = 0 } = from;
    return { ...from, id: at, start: start + shift, end: end + shift };
  });
  const wall = actions.reduce((last, { end = 0 }) => Math.max(last, end), 0);
  return { ...subject, xray: { ...xray, actions, wall } };
}
