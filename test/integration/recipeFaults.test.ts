import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, watch } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/core/config/loadConfig.js';
import { placeRecipe } from '../../src/core/recipe/placeRecipe.js';
import type { RecipeEvent, RecipeResult } from '../../src/core/recipe/recipeRun.js';
import { bundleCli, type BundledCli } from './bundledCli.js';
import { createWorkspace, type Workspace } from './workspace.js';

const yaml = `recipes:
  kit:
    steps:
      - name: init
        c: { sources: init.c, output: init, static: true }
      - name: gen
        run: { command: [cp, data, '\${outputs}/gen'], inputs: data, outputs: gen }
      - name: root
        rootfs: { output: rootfs.tgz, passwd: true, entries: { bin/init: '\${steps.init}' } }
      - name: pack
        archive: { output: kit.tgz, entries: { init: '\${steps.init}', data: '\${steps.gen}', r.tgz: '\${steps.root}' } }
`;

const opened: Workspace[] = [];
afterEach(() => {
  for (const workspace of opened.splice(0)) workspace.remove();
});

/** `size` bytes of data that no compression makes smaller. */
function workspace(size: number): Workspace {
  const ws = createWorkspace({
    'crossbow.yaml': yaml,
    'init.c': 'int main(void) { return 0; }\n',
    data: randomBytes(size).toString('latin1'),
  });
  opened.push(ws);
  return ws;
}

function run(
  ws: Workspace,
  onRecipeEvent?: (event: RecipeEvent) => void,
  signal?: AbortSignal,
): Promise<RecipeResult> {
  const { config } = loadConfig(readFileSync(ws.path('crossbow.yaml'), 'utf8'));
  const [definition] = config.recipes;
  if (definition === undefined) throw new Error('no recipe');
  return ws.crossbow.runRecipe(
    {
      recipe: placeRecipe(ws.ports.host, definition, ws.path('crossbow.yaml')),
      target: { goos: 'linux', goarch: 'arm', level: 'v7' },
    },
    {
      config,
      trusted: true,
      findRecipe: () => Promise.resolve(undefined),
      ...(onRecipeEvent === undefined ? {} : { onRecipeEvent }),
      ...(signal === undefined ? {} : { signal }),
    },
  );
}

const outputs = (ws: Workspace): string => ws.path('dist/linux/arm/v7/kit');

/** What lies in the folder of outputs, half-written files and private folders too. */
const made = (ws: Workspace): readonly string[] =>
  existsSync(outputs(ws)) ? readdirSync(outputs(ws)).sort() : [];

/** Spread over the events of a run. */
const moments = 5;

const whole = ['gen', 'init', 'kit.tgz', 'rootfs.tgz'];

/** Every archive under its final name is one from its first to its last byte. */
function archivesAreWhole(ws: Workspace): void {
  for (const name of made(ws).filter((it) => it.endsWith('.tgz')))
    execFileSync('gzip', ['-t', `${outputs(ws)}/${name}`]);
}

describe('a run that is cancelled at any moment', () => {
  it('leaves nothing half-written, and the next one goes on where it can', async () => {
    const ws = workspace(300_000);
    let events = 0;
    await run(ws, () => events++);
    expect(made(ws)).toEqual(whole);
    let cancelled = 0;
    for (let moment = 0; moment < moments; moment++) {
      // A change that every step sees, so that each run has all of its moments.
      ws.write({
        'init.c': `int main(void) { return ${String(moment)}; }\n`,
        data: String(moment).repeat(300_000),
      });
      const at = Math.floor((events * moment) / moments);
      const controller = new AbortController();
      let count = 0;
      const cancel = (): void => {
        if (count++ === at) setImmediate(() => controller.abort());
      };
      const result = await run(ws, cancel, controller.signal);
      if (result.outcome === 'cancelled') cancelled++;
      expect(result.outcome).not.toBe('failed');
      expect(made(ws)).toEqual(whole);
      archivesAreWhole(ws);
    }
    expect(cancelled).toBeGreaterThan(moments / 2);
    const last = await run(ws);
    expect(last.outcome).toBe('ok');
    expect((await run(ws)).steps.map((it) => it.state)).toEqual(Array<string>(4).fill('skipped'));
    expect(readdirSync(ws.path('dist/.crossbow/linux/arm/v7'))).toEqual(['kit.json']);
  });
});

describe('an archive', () => {
  let cli: BundledCli;
  beforeAll(async () => {
    cli = await bundleCli();
  });
  afterAll(() => {
    cli.remove();
  });

  it('that a killed process was writing is not there, and is written by the next run', async () => {
    const ws = workspace(12_000_000);
    mkdirSync(outputs(ws), { recursive: true });
    const child = spawn(process.execPath, [cli.file, 'recipe', 'run', 'kit', '--target', 'linux/arm/v7'], {
      cwd: ws.root,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    const watcher = watch(outputs(ws), () => {
      const file = ws.path('dist/.crossbow/linux/arm/v7/kit.json');
      const remembered = existsSync(file) ? readFileSync(file, 'utf8') : '';
      const isPacking = ['gen', 'init', 'root'].every((it) => remembered.includes(`"${it}"`));
      // A place of work when all else is done and remembered: the archive is being written.
      if (isPacking && made(ws).some((it) => it.startsWith('.crossbow-'))) child.kill('SIGKILL');
    });
    const [, signal] = (await ended) as [number | null, string | null];
    watcher.close();
    expect(signal).toBe('SIGKILL');
    expect(made(ws)).not.toContain('kit.tgz');
    const next = await run(ws);
    expect(next.outcome).toBe('ok');
    expect(next.steps.filter((it) => it.state === 'skipped').map((it) => it.id)).toContain('gen');
    expect(made(ws)).toEqual(whole);
    archivesAreWhole(ws);
  });

  it('that does not fit the disk is not there, and says why; with room it is written', async ({ skip }) => {
    const ws = workspace(3_000_000);
    mkdirSync(ws.path('dist'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=7m', 'tmpfs', ws.path('dist')]);
    skip(mounted.status !== 0, 'a small file system can’t be mounted here');
    try {
      const full = await run(ws);
      expect(full.steps.find((it) => it.id === 'pack')).toMatchObject({
        state: 'failed',
        message: expect.stringMatching(/no space left|disk is full/i) as string,
      });
      expect(made(ws)).toEqual(whole.filter((it) => it !== 'kit.tgz'));
      execFileSync('mount', ['-o', 'remount,size=64m', ws.path('dist')]);
      expect((await run(ws)).outcome).toBe('ok');
      archivesAreWhole(ws);
    } finally {
      execFileSync('umount', [ws.path('dist')]);
    }
  });
});
