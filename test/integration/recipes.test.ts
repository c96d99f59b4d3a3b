import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';

import { loadConfig } from '../../src/core/config/loadConfig.js';
import type { RunRecipeOptions } from '../../src/core/crossbow.js';
import { placeRecipe } from '../../src/core/recipe/placeRecipe.js';
import type { Recipe } from '../../src/core/recipe/recipe.js';
import type { RecipeEvent, RecipeRequest, RecipeResult } from '../../src/core/recipe/recipeRun.js';
import type { Target } from '../../src/core/target/target.js';
import { createWorkspace, pureProgram, type Workspace } from './workspace.js';

const opened: Workspace[] = [];
afterEach(() => {
  for (const workspace of opened.splice(0)) workspace.remove();
});

const armv7: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };

const yaml = `recipes:
  kit:
    variables: { version: 1.10 }
    steps:
      - name: prog
        go: { packages: ., output: prog, static: true, ldflags: '-X main.version=\${version}' }
      - name: init
        c: { sources: 'init/*.c', includes: init, output: init, static: true }
      - name: gen
        run: { command: [sh, -c, 'cat notes.txt > \${outputs}/gen.txt'], inputs: notes.txt, outputs: gen.txt }
      - name: meta
        file: { output: meta.json, text: '{"version": "\${version}", "arch": "\${goarch}"}' }
      - name: pack
        archive:
          output: kit-\${version}-\${goarch}.tgz
          entries:
            bin/prog: \${steps.prog}
            bin/init: \${steps.init}
            meta.json: \${steps.meta}
            notes: \${steps.gen}
`;

const sources = {
  ...pureProgram,
  'main.go':
    'package main\n\nimport "fmt"\n\nvar version = "none"\n\nfunc main() { fmt.Println("prog", version) }\n',
  'init/init.c': '#include <stdio.h>\n#include "words.h"\nint main(void) { puts(WORDS); return 0; }\n',
  'init/words.h': '#define WORDS "init here"\n',
  'notes.txt': 'first\n',
};

function workspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const ws = createWorkspace({ ...sources, 'crossbow.yaml': yaml, ...files });
  opened.push(ws);
  return ws;
}

function recipeOf(ws: Workspace, name = 'kit'): Recipe {
  const { config, problems } = loadConfig(readFileSync(ws.path('crossbow.yaml'), 'utf8'));
  expect(problems).toEqual([]);
  const definition = config.recipes.find((it) => it.name === name);
  if (definition === undefined) throw new Error(`no recipe ${name}`);
  return placeRecipe(ws.ports.host, definition, ws.path('crossbow.yaml'));
}

async function run(
  ws: Workspace,
  more: Partial<RecipeRequest & Pick<RunRecipeOptions, 'onRecipeEvent' | 'signal'>> = {},
): Promise<RecipeResult> {
  const { onRecipeEvent, signal, ...request } = more;
  const { config } = loadConfig(readFileSync(ws.path('crossbow.yaml'), 'utf8'));
  return ws.crossbow.runRecipe(
    { recipe: recipeOf(ws), target: armv7, ...request },
    {
      config,
      trusted: true,
      findRecipe: (name) => Promise.resolve(recipeOf(ws, name)),
      ...(onRecipeEvent === undefined ? {} : { onRecipeEvent }),
      ...(signal === undefined ? {} : { signal }),
    },
  );
}

function states(result: RecipeResult): Readonly<Record<string, string>> {
  return Object.fromEntries(result.steps.map((it) => [it.id, it.state]));
}

const all = (state: string): Readonly<Record<string, string>> => ({
  prog: state,
  init: state,
  gen: state,
  meta: state,
  pack: state,
});

/** Every file below dist, private ones too. */
function made(ws: Workspace): readonly string[] {
  return readdirSync(ws.path('dist'), { recursive: true, encoding: 'utf8' })
    .filter((it) => statSync(ws.path('dist', it)).isFile())
    .sort();
}

/** Debian's package qemu-user-static adds an ending; qemu-user does not. */
const qemu = ['qemu-arm', 'qemu-arm-static'].find((it) => spawnSync(it, ['--version']).status === 0) ?? '';
const runArm = (program: string): string => execFileSync(qemu, [program], { encoding: 'utf8' });

const out = (ws: Workspace, name: string): string => ws.path('dist/linux/arm/v7/kit', name);

describe('a recipe', () => {
  it('runs all steps, then none, then only what a change reaches, and gives the same bytes', async () => {
    const ws = workspace();
    const first = await run(ws);
    expect(first.problems).toEqual([]);
    expect(first.steps.map((it) => it.message).filter(Boolean)).toEqual(['pure needs no C: cgo is off.']);
    expect(states(first)).toEqual(all('done'));
    expect(made(ws)).toEqual(
      [
        'linux/arm/v7/.crossbow/kit.json',
        'linux/arm/v7/kit/gen.txt',
        'linux/arm/v7/kit/init',
        'linux/arm/v7/kit/kit-1.10-arm.tgz',
        'linux/arm/v7/kit/meta.json',
        'linux/arm/v7/kit/prog',
      ]
        .map((it) => (it.includes('.crossbow') ? '.crossbow/linux/arm/v7/kit.json' : it))
        .sort(),
    );
    expect(runArm(out(ws, 'prog'))).toBe('prog 1.10\n');
    expect(runArm(out(ws, 'init'))).toBe('init here\n');
    expect(readFileSync(out(ws, 'meta.json'), 'utf8')).toBe('{"version": "1.10", "arch": "arm"}');
    const archive = readFileSync(out(ws, 'kit-1.10-arm.tgz'));

    expect(states(await run(ws))).toEqual(all('skipped'));

    ws.write({ 'init/words.h': '#define WORDS "changed"\n' });
    const third = await run(ws);
    expect(states(third)).toEqual({ ...all('skipped'), init: 'done', pack: 'done' });
    expect(runArm(out(ws, 'init'))).toBe('changed\n');

    ws.write({ 'init/words.h': sources['init/words.h'] });
    await run(ws);
    expect(readFileSync(out(ws, 'kit-1.10-arm.tgz')).equals(archive)).toBe(true);

    expect(states(await run(ws, { from: 'gen' }))).toEqual({ ...all('skipped'), gen: 'done', pack: 'done' });
    expect(readFileSync(out(ws, 'kit-1.10-arm.tgz')).equals(archive)).toBe(true);

    // A new time alone is no change.
    utimesSync(ws.path('main.go'), new Date(), new Date());
    expect(states(await run(ws))).toEqual(all('skipped'));
    rmSync(out(ws, 'init'));
    expect(states(await run(ws))).toEqual({ ...all('skipped'), init: 'done' });
    ws.write({ 'more.go': 'package main\n\nfunc init() { version += "+" }\n' });
    expect(states(await run(ws))).toEqual({ ...all('skipped'), prog: 'done', pack: 'done' });
  });

  it('goes on with what a failed step does not hold up, and says why it failed', async () => {
    const ws = workspace({ 'init/init.c': '#include <seccomp.h>\nint main(void) { return 0; }\n' });
    const result = await run(ws);
    expect(result.outcome).toBe('failed');
    expect(states(result)).toEqual({ ...all('done'), init: 'failed', pack: 'blocked' });
    const init = result.steps.find((it) => it.id === 'init');
    expect(init?.diagnoses[0]).toMatchObject({
      cause: 'missing-target-library',
      location: { file: ws.path('init/init.c'), line: 1 },
    });
    expect(init?.log).toContain('seccomp.h');
    expect(made(ws).filter((it) => it.includes('.tgz') || it.endsWith('/init'))).toEqual([]);
    ws.write({ 'init/init.c': sources['init/init.c'] });
    expect(states(await run(ws))).toEqual({ ...all('skipped'), init: 'done', pack: 'done' });
  });
});

describe('sources that are not whole', () => {
  it('are told with what brings the rest', async () => {
    const ws = workspace({
      'web/embed.go': 'package web\n\nimport "embed"\n\n//go:embed public/*\nvar Files embed.FS\n',
      'web/package.json': '{ "scripts": { "build": "make-it" } }',
      'more.go': `package main\n\nimport _ "example.com/pure/web"\n`,
    });
    const result = await run(ws);
    expect(result.steps.find((it) => it.id === 'prog')?.message).toBe(
      'There are no files public/* for the //go:embed in web/embed.go:5. They are made by another build: `npm install && npm run build` in web is likely to make them. Run it first, or as a `run` step of the recipe.',
    );
    ws.write({
      'more.go': 'package main\n\nimport _ "example.com/garden"\n',
      'go.mod': `${pureProgram['go.mod'] ?? ''}\nrequire example.com/garden v0.0.0\n\nreplace example.com/garden => ../garden\n`,
    });
    expect((await run(ws)).steps.find((it) => it.id === 'prog')?.message).toMatch(
      /^go\.mod takes example\.com\/garden from \.\.\/garden, and \S+\/garden is not there\. Check it out there, /,
    );
  });
});

describe('a source that changes while its step runs', () => {
  it('is not taken as built', async () => {
    const ws = workspace();
    const change = (event: RecipeEvent): void => {
      if (event.kind === 'command' && event.step === 'prog')
        ws.write({ 'main.go': sources['main.go'].replace('"prog"', '"later"') });
      if (event.kind === 'command' && event.step === 'init')
        ws.write({ 'init/words.h': '#define WORDS "later"\n' });
    };
    const first = await run(ws, { onRecipeEvent: change });
    expect(first.steps.filter((it) => it.message?.includes('changed meanwhile')).map((it) => it.id)).toEqual([
      'prog',
      'init',
    ]);
    await run(ws);
    expect(runArm(out(ws, 'prog'))).toBe('later 1.10\n');
    expect(runArm(out(ws, 'init'))).toBe('later\n');
    expect(states(await run(ws))).toEqual(all('skipped'));
  });
});

describe('two runs at once', () => {
  it('do not touch the same files: one waits, says for whom, and finds all done', async () => {
    const ws = workspace();
    const waits: string[] = [];
    const listen = (event: RecipeEvent): void => {
      if (event.kind === 'waiting') waits.push(event.message);
    };
    const results = await Promise.all([
      run(ws, { onRecipeEvent: listen }),
      run(ws, { onRecipeEvent: listen }),
    ]);
    expect(waits).toEqual([`Waiting for process ${process.pid}, which runs the recipe kit here.`]);
    expect(results.map((it) => states(it)['pack']).sort()).toEqual(['done', 'skipped']);
    expect(made(ws).filter((it) => it.includes('.lock'))).toEqual([]);
  });
});

describe('cancelling', () => {
  it('ends what runs, leaves nothing half-written, and the next run goes on', async () => {
    const ws = workspace({
      'crossbow.yaml': yaml.replace("'cat notes", "'echo begun; sleep 60; cat notes"),
    });
    const controller = new AbortController();
    const result = await run(ws, {
      signal: controller.signal,
      onRecipeEvent(event) {
        if (event.kind === 'output' && event.step === 'gen') controller.abort();
      },
    });
    expect(result.outcome).toBe('cancelled');
    expect(states(result)).toMatchObject({ gen: 'cancelled', pack: 'cancelled' });
    expect(made(ws).filter((it) => /kit\/\.|\.lock|\.tgz|gen\.txt/.test(it))).toEqual([]);
    expect(existsSync(out(ws, 'gen.txt'))).toBe(false);
    ws.write({ 'crossbow.yaml': yaml });
    expect((await run(ws)).outcome).toBe('ok');
  });
});

describe('a fault', () => {
  it('of a tool that is killed leaves no artifact of its own, and the next run makes it', async () => {
    const ws = workspace({
      'crossbow.yaml': yaml.replace(
        /'cat notes.*?'/,
        // Two dollars of a recipe are one of the shell's.
        () => "'echo half > ${outputs}/gen.txt; kill -9 $$$$'",
      ),
    });
    const result = await run(ws);
    expect(states(result)).toEqual({ ...all('done'), gen: 'failed', pack: 'blocked' });
    expect(result.steps.find((it) => it.id === 'gen')?.message).toBe('sh was ended by SIGKILL.');
    expect(made(ws).filter((it) => /gen\.txt|\.tgz|kit\/\./.test(it))).toEqual([]);
    ws.write({ 'crossbow.yaml': yaml });
    expect(states(await run(ws))).toEqual({ ...all('skipped'), gen: 'done', pack: 'done' });
  });

  it('of a run that was killed is recovered from: its lock, its private folders, its cut records', async () => {
    const ws = workspace();
    await run(ws);
    const ended = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' });
    ws.write({
      'dist/.crossbow/linux/arm/v7/kit.lock': JSON.stringify({
        pid: Number(ended.stdout),
        started: '1',
        machine: os.hostname(),
        id: 'dead',
      }),
      'dist/linux/arm/v7/kit/.crossbow-old/init': 'half',
      'dist/.crossbow/linux/arm/v7/kit.json': readFileSync(
        ws.path('dist/.crossbow/linux/arm/v7/kit.json'),
        'utf8',
      ).slice(0, 300),
    });
    expect(states(await run(ws))).toEqual(all('done'));
    expect(made(ws).filter((it) => /old|\.lock/.test(it))).toEqual([]);
    expect(states(await run(ws))).toEqual(all('skipped'));
  });

  it('of a disk that is full fails what does not fit, keeps what was there, and is over with it', async ({
    skip,
  }) => {
    const ws = workspace();
    mkdirSync(ws.path('dist'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', ws.path('dist')]);
    skip(mounted.status !== 0, 'a small file system can’t be mounted here');
    try {
      writeFileSync(ws.path('dist/filler'), Buffer.alloc(3_800_000));
      const result = await run(ws);
      expect(result.outcome).toBe('failed');
      const failed = result.steps.filter((it) => it.state === 'failed');
      expect(failed.map((it) => it.id)).toContain('prog');
      expect(failed.find((it) => it.id === 'prog')?.diagnoses[0]?.cause).toBe('disk-full');
      expect(made(ws).filter((it) => /prog|\.tgz|kit\/\./.test(it))).toEqual([]);
      rmSync(ws.path('dist/filler'));
      execFileSync('mount', ['-o', 'remount,size=64m', ws.path('dist')]);
      expect((await run(ws)).outcome).toBe('ok');
      expect(states(await run(ws))).toEqual(all('skipped'));
    } finally {
      execFileSync('umount', [ws.path('dist')]);
    }
  });
});
