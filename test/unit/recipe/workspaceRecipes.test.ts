import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyConfig } from '../../../src/core/config/config.js';
import { loadConfig } from '../../../src/core/config/loadConfig.js';
import { workspaceRecipes, type RecipePlace } from '../../../src/core/recipe/workspaceRecipes.js';
import { createPorts } from '../../../src/node/ports.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const fixtures = ['concourse', 'guardian', 'runc', 'registry-image-resource'];

/** A folder with the fixtures side by side, each a folder of the workspace. */
function places(configs: Readonly<Record<string, string>> = {}): readonly RecipePlace[] {
  const root = mkdtempSync(path.join(os.tmpdir(), 'crossbow-places-'));
  folders.push(root);
  return fixtures.map((name) => {
    const folder = path.join(root, name);
    cpSync(path.resolve('test/fixtures/recipes', name), folder, { recursive: true });
    const text = configs[name];
    if (text === undefined) return { folder, root: folder, config: emptyConfig };
    const configFile = path.join(folder, 'crossbow.yaml');
    writeFileSync(configFile, text);
    return { folder, root: folder, config: loadConfig(text).config, configFile };
  });
}

async function list(of: readonly RecipePlace[]) {
  const recipes = await workspaceRecipes(createPorts(), of, path.resolve('recipes'));
  return recipes.filter(({ recipe }) => recipe.origin.kind !== 'discovered');
}

describe('the recipes of a workspace', () => {
  it('belong each to the folder with its sources, and the worker that is made of all to the first', async () => {
    const recipes = await list(places());
    const where = recipes.map(({ recipe, place }) => [
      recipe.definition.name,
      path.basename(place.folder),
      recipe.root === place.root,
    ]);
    expect(where).toEqual([
      ['concourse', 'concourse', true],
      ['gdn', 'guardian', true],
      ['resource', 'registry-image-resource', true],
      ['runc', 'runc', true],
      ['worker', 'concourse', true],
    ]);
    // What crossbow.yaml of its folder would hold starts there.
    expect(recipes.map((it) => it.written?.['directory'])).toEqual(Array(5).fill(undefined));
  });

  it('takes those of every folder’s crossbow.yaml, which take the place of what was found there', async () => {
    const config = 'recipes:\n  gdn:\n    steps: [{ name: note, file: { output: note, text: here } }]\n';
    const recipes = await list(places({ guardian: config, runc: config }));
    const gdn = recipes.filter(({ recipe }) => recipe.definition.name === 'gdn');
    expect(gdn.map(({ recipe, place }) => [recipe.origin.kind, path.basename(place.folder)])).toEqual([
      ['config', 'guardian'],
      ['config', 'runc'],
    ]);
  });

  it('looks through a folder within another only once', async () => {
    const all = places();
    const outer = path.dirname(all[0]?.folder ?? '');
    const recipes = await list([...all, { folder: outer, root: outer, config: emptyConfig }]);
    expect(recipes.filter(({ recipe }) => recipe.definition.name.startsWith('gdn'))).toHaveLength(1);
  });

  it('are none without a folder', async () => {
    expect(await list([])).toEqual([]);
  });
});
