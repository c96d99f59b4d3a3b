import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { root } from '../scripts/lib/paths.mjs';
import { buildExtension } from './buildExtension.js';
import { median, milliseconds, timed, type Benchmark, type Figure } from './measure.js';

const cli = join(root, 'out/cli.js');
const coldGoal = 0.9;
/** Milliseconds. */
const warmGoal = 1000;
/** Megabytes. */
const memoryGoal = 100;
/** Pairs of cold runs, each of a minute or two: BENCH_PAIRS. */
const rounds = Number(process.env['BENCH_PAIRS'] ?? 3);
const warmRounds = 7;

/** What people would write: one step after the other, with the same flags. */
const script = `set -e
export GOOS=linux GOARCH=arm GOARM=7 CC=arm-linux-gnueabihf-gcc AR=arm-linux-gnueabihf-ar
mkdir -p script/bin script/resource script/rootfs/opt/resource script/rootfs/etc/ssl/certs script/rootfs/tmp
bin=$PWD/script/bin; resource=$PWD/script/rootfs/opt/resource
static='-linkmode external -extldflags -static'
(cd src/concourse
 version='-X github.com/concourse/concourse.Version=0.0.0-dev'
 CGO_ENABLED=1 go build -trimpath -tags netgo,osusergo -ldflags "$version $static" -o $bin/concourse ./cmd/concourse
 CGO_ENABLED=0 go build -trimpath -ldflags "$version" -o $bin/fly ./fly)
(cd src/guardian
 CGO_ENABLED=0 go build -trimpath -ldflags '-X main.version=0.0.0-dev' -o $bin/gdn ./cmd/gdn
 CGO_ENABLED=0 go build -trimpath -o $bin/gdn-dadoo ./cmd/dadoo
 $CC -O2 -static cmd/init/*.c -o $bin/gdn-init
 $CC -O2 -static rundmc/nstar/*.c -o $bin/gdn-nstar)
(cd src/runc
 CGO_ENABLED=1 go build -trimpath -tags urfave_cli_no_docs,netgo,osusergo -ldflags "-X main.version=1.3.0 $static" -o $bin/runc .)
(cd src/registry-image-resource
 for name in check in out; do CGO_ENABLED=0 go build -trimpath -tags timetzdata -o $resource/$name ./cmd/$name; done)
cp /etc/ssl/certs/ca-certificates.crt script/rootfs/etc/ssl/certs/
printf 'root:x:0:0:root:/root:/bin/sh\\n' > script/rootfs/etc/passwd
tar -C script/rootfs -czf script/resource/rootfs.tgz .
printf '{"type": "registry-image", "version": "0.0.0-dev"}' > script/resource/resource_metadata.json
tar -C script -czf script/worker.tgz bin resource
`;

/** Fixtures of the tests, as a workspace of submodules, and both contestants with caches of their own. */
async function prepare(home: string) {
  await cp(join(root, 'test/fixtures/recipes'), join(home, 'src'), { recursive: true });
  await writeFile(join(home, 'build.sh'), script);
  const caches = join(home, 'caches');
  const worker = ['recipe', 'run', 'worker', '--target', 'linux/arm/v7', '--set', 'seccomp=off'];
  return {
    ours: () =>
      execa(process.execPath, [cli, ...worker], {
        cwd: home,
        env: { GOCACHE: join(caches, 'ours'), XDG_CACHE_HOME: join(caches, 'probes') },
      }),
    plain: () => execa('sh', ['build.sh'], { cwd: home, env: { GOCACHE: join(caches, 'plain') } }),
    async forget() {
      for (const it of [caches, join(home, 'dist'), join(home, 'script')])
        await rm(it, { recursive: true, force: true });
    },
  };
}

async function contest(home: string): Promise<readonly Figure[]> {
  const { ours, plain, forget } = await prepare(home);
  const cold = { ours: [] as number[], plain: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    await forget();
    const order = round % 2 === 0 ? (['ours', 'plain'] as const) : (['plain', 'ours'] as const);
    for (const who of order) cold[who].push(await timed(who === 'ours' ? ours : plain));
  }
  const warm: number[] = [];
  for (let round = 0; round < warmRounds; round++) warm.push(await timed(ours));
  const ratio = median(cold.ours) / median(cold.plain);
  return [
    { what: `cold: shell script, median of ${rounds}`, value: milliseconds(median(cold.plain)) },
    { what: `cold: Crossbow, median of ${rounds}`, value: milliseconds(median(cold.ours)) },
    {
      what: 'cold: ratio',
      value: ratio.toFixed(3),
      goal: { says: `at most ${String(coldGoal)}`, met: ratio <= coldGoal },
    },
    {
      what: `warm: Crossbow, median of ${warmRounds}`,
      value: milliseconds(median(warm)),
      goal: { says: 'at most 1 s', met: median(warm) <= warmGoal },
    },
  ];
}

/**
 * Loaded before the command line: writes the most memory that the process had. Not what getrusage(2) says, where that of
 * the process it was forked from counts as well.
 */
const watcher = `process.on('exit', () => {
  const fs = require('node:fs');
  const [, kilobytes] = /^VmHWM:\\s*(\\d+)/m.exec(fs.readFileSync('/proc/self/status', 'utf8'));
  fs.writeFileSync(process.env.PEAK_FILE, kilobytes);
});
`;

const files = 5;
/** Bytes: half of each file is incompressible, as programs nearly are. */
const half = 50_000_000;

async function memory(home: string): Promise<readonly Figure[]> {
  const names = Array.from({ length: files }, (_, i) => `file${String(i)}`);
  const entries = names.map((it) => `opt/${it}: ${it}`).join(', ');
  await writeFile(
    join(home, 'crossbow.yaml'),
    `recipes:\n  big:\n    steps:\n      - name: rootfs\n        rootfs: { output: rootfs.tgz, entries: { ${entries} } }\n`,
  );
  await writeFile(join(home, 'watcher.cjs'), watcher);
  const fill = `head -c ${String(half)} /dev/urandom; head -c ${String(half)} /dev/zero`;
  for (const it of names) await execa('sh', ['-c', `(${fill}) > ${it}`], { cwd: home });
  const run = async (args: readonly string[]): Promise<number> => {
    await execa(process.execPath, ['--require', join(home, 'watcher.cjs'), cli, ...args], {
      cwd: home,
      env: { PEAK_FILE: join(home, 'peak'), XDG_CACHE_HOME: join(home, 'cache') },
    });
    return (Number(await readFile(join(home, 'peak'), 'utf8')) * 1024) / 1e6;
  };
  const idle = await run(['--version']);
  const peak = await run(['recipe', 'run', 'big', '--target', 'linux/arm/v7']);
  return [
    { what: 'memory: the command line that says its version', value: `${idle.toFixed(0)} MB` },
    {
      what: 'memory: the whole process, packing 500 MB',
      value: `${peak.toFixed(0)} MB`,
      goal: { says: `under ${String(memoryGoal)} MB`, met: peak < memoryGoal },
    },
  ];
}

export const recipes: Benchmark = {
  name: 'recipes',
  about: 'the worker recipe for linux/arm/v7 against a shell script of the same steps, and packing 500 MB',
  async run() {
    await buildExtension();
    const home = await mkdtemp(join(tmpdir(), 'crossbow-recipes-'));
    try {
      const packing = join(home, 'packing');
      const worker = join(home, 'worker');
      await mkdir(packing);
      await mkdir(worker);
      return [...(await contest(worker)), ...(await memory(packing))];
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
};
