import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/core/config/loadConfig.js';
import { recipeWorkspace } from './recipeFixtures.js';
import { runCliIn } from './runCliIn.js';
import type { Workspace } from './workspace.js';

let ws: Workspace;
afterEach(() => {
  ws.remove();
});

describe('crossbow recipe', () => {
  it('lists what fits, and where', async () => {
    ws = recipeWorkspace();
    const { code, out } = await runCliIn(ws, ['recipe', 'list']);
    expect(code).toBe(0);
    for (const line of [
      /^concourse +concourse and fly \(src\/concourse\)$/m,
      /^gdn +gdn and its helpers \(src\/guardian\)$/m,
      /^resource +Resource type registry-image \(src\/registry-image-resource\)$/m,
      /^runc +runc \(src\/runc\)$/m,
      /^worker +Concourse worker \(src\/concourse\)$/m,
      /^nstar +C program src\/guardian\/rundmc\/nstar \(\.\)$/m,
    ])
      expect(out).toMatch(line);
  });

  it('finds sources beside the folder where it is told of them', async () => {
    ws = recipeWorkspace({ home: 'concourse', 'elsewhere/guardian': 'guardian' });
    const at = { cwd: ws.path('home') };
    const names = (run: { json(): unknown }): readonly string[] =>
      (run.json() as { recipes: { name: string }[] }).recipes.map((it) => it.name);
    expect(names(await runCliIn(ws, ['recipe', 'list', '--json'], at))).not.toContain('gdn');
    const source = ['--source', '../elsewhere/guardian'];
    expect(names(await runCliIn(ws, ['recipe', 'list', '--json', ...source], at))).toContain('gdn');
    expect(await runCliIn(ws, ['recipe', 'list', '--source', 'nowhere'], at)).toMatchObject({ code: 2 });
  });

  it('shows a recipe as it could be written, and names the nearest to a wrong name', async () => {
    ws = recipeWorkspace();
    const { out } = await runCliIn(ws, ['recipe', 'show', 'runc']);
    expect(loadConfig(out).problems).toEqual([]);
    expect(out).toContain('directory: src/runc');
    const concourse = await runCliIn(ws, ['recipe', 'show', 'concourse', '--target', 'linux/arm/v7']);
    expect(loadConfig(concourse.out).problems).toEqual([]);
    expect(concourse.out).toMatch(
      /# cgo for linux\/arm\/v7:\n# concourse needs C: .*dex\/storage → .*go-sqlite3 → C \(.*builds without cgo: without\.go takes over.*\)\.\n# fly needs no C: cgo is off\./,
    );
    const wrong = await runCliIn(ws, ['recipe', 'show', 'rumc']);
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.err).toContain('Did you mean runc?');
  });

  it('copies a recipe into crossbow.yaml with its programs resolved, and keeps what is there', async () => {
    ws = recipeWorkspace();
    const before =
      '# Ours.\npinned: [linux/arm/v7] # the Pi\n\nrecipes:\n  # The first.\n  own:\n    steps:\n      - name: a\n        go: ./a\n\ndefaults:\n  trimpath: true # always\n';
    ws.write({ 'crossbow.yaml': before });
    expect(await runCliIn(ws, ['recipe', 'customize', 'gdn'])).toMatchObject({ code: 0 });
    const after = readFileSync(ws.path('crossbow.yaml'), 'utf8');
    const added = after.split('\n').filter((it) => !before.split('\n').includes(it));
    expect(before.split('\n').filter((it) => !after.split('\n').includes(it))).toEqual([]);
    expect(added[0]).toBe('  gdn:');
    const { config, problems } = loadConfig(after);
    expect(problems).toEqual([]);
    expect(config.recipes.map((it) => it.name)).toEqual(['own', 'gdn']);
    expect(config.recipes[1]?.steps).toMatchObject([
      { kind: 'go', name: 'gdn', packages: ['./cmd/gdn'], output: 'gdn', static: true },
      { kind: 'go', name: 'dadoo', packages: ['./cmd/dadoo'], output: 'gdn-dadoo' },
      {
        kind: 'c',
        name: 'init',
        sources: ['cmd/init/ignore_sigchild.c', 'cmd/init/init.c'],
        output: 'gdn-init',
      },
      {
        kind: 'c',
        name: 'nstar',
        sources: ['rundmc/nstar/nstar.c', 'rundmc/nstar/pwd.c'],
        output: 'gdn-nstar',
      },
    ]);
    const listed = await runCliIn(ws, ['recipe', 'list']);
    expect(listed.out).toMatch(/^gdn .*\(crossbow\.yaml\)$/m);
    expect(await runCliIn(ws, ['recipe', 'customize', 'gdn'])).toMatchObject({ code: 2 });
  });

  it('writes a new crossbow.yaml, and every recipe as one that can be read', async () => {
    ws = recipeWorkspace();
    for (const name of ['worker', 'resource', 'runc', 'concourse'])
      expect(await runCliIn(ws, ['recipe', 'customize', name, '--target', 'linux/arm/v7'])).toMatchObject({
        code: 0,
      });
    const { config, problems } = loadConfig(readFileSync(ws.path('crossbow.yaml'), 'utf8'));
    expect(problems).toEqual([]);
    expect(config.recipes.map((it) => it.name)).toEqual(['worker', 'resource', 'runc', 'concourse']);
    expect(config.recipes.flatMap((it) => it.steps).filter((it) => it.kind === 'program')).toEqual([]);
  });
});
