import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { discoverRecipes, loadBuiltIns } from '../../../src/core/recipe/discovery/discoverRecipes.js';
import type { Step } from '../../../src/core/recipe/recipe.js';
import { createPorts } from '../../../src/node/ports.js';

const ports = createPorts();
const builtInFolder = path.resolve('recipes');
const fixtures = path.resolve('test/fixtures/recipes');
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A workspace with copies of the fixtures under the names that are given. */
function workspace(copies: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'crossbow-recipes-'));
  folders.push(root);
  for (const [to, from] of Object.entries(copies))
    cpSync(path.join(fixtures, from), path.join(root, to), { recursive: true });
  return root;
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

async function find(root: string, more: readonly string[] = []) {
  return discoverRecipes(ports, { folders: [root, ...more], root, builtInFolder });
}

const all = {
  'src/concourse': 'concourse',
  'src/guardian': 'guardian',
  'src/runc': 'runc',
  'src/registry-image-resource': 'registry-image-resource',
};

async function places(root: string, more: readonly string[] = []): Promise<Record<string, string>> {
  const found = await find(root, more);
  return Object.fromEntries(
    found
      .filter(({ recipe }) => recipe.origin.kind === 'built-in')
      .map(({ recipe }) => [recipe.definition.name, path.relative(root, recipe.directory)]),
  );
}

const change = (root: string, file: string, from: string, to: string): void => {
  const text = readFileSync(path.join(root, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(path.join(root, file), text.replaceAll(from, to));
};

describe('which built-in recipes fit', () => {
  it('are all of a workspace of submodules', async () => {
    expect(await places(workspace(all))).toEqual({
      concourse: 'src/concourse',
      gdn: 'src/guardian',
      resource: 'src/registry-image-resource',
      runc: 'src/runc',
      worker: 'src/concourse',
    });
  });

  it('are those of one checkout alone', async () => {
    const root = workspace({ '.': 'guardian' });
    expect(await places(root)).toEqual({ gdn: '' });
  });

  it('are none where nothing fits', async () => {
    const root = workspace({});
    write(root, {
      'go.mod': 'module example.com/check\n',
      'check/main.go': 'package main\nfunc main() {}\n',
    });
    expect(await places(root)).toEqual({});
  });

  it('know a fork by its layout', async () => {
    const root = workspace(all);
    for (const [folder, from, to] of [
      ['concourse', 'github.com/concourse/concourse', 'example.com/me/ci'],
      ['guardian', 'code.cloudfoundry.org/guardian', 'example.com/me/g'],
      ['runc', 'github.com/opencontainers/runc', 'example.com/me/r/v2'],
    ] as const)
      change(root, `src/${folder}/go.mod`, `module ${from}`, `module ${to}`);
    const found = await find(root);
    expect(Object.keys(await places(root))).toEqual(['concourse', 'gdn', 'resource', 'runc', 'worker']);
    const concourse = found.find((it) => it.recipe.definition.name === 'concourse');
    expect(concourse?.recipe.definition.variables['module']).toBe('example.com/me/ci');
  });

  it('know the module by its path, wherever its programs lie', async () => {
    const root = workspace({ '.': 'guardian' });
    cpSync(path.join(root, 'cmd/dadoo'), path.join(root, 'helpers/dadoo'), { recursive: true });
    rmSync(path.join(root, 'cmd/dadoo'), { recursive: true });
    expect(await places(root)).toEqual({ gdn: '' });
  });

  it('take runc from where it is vendored, if it has no checkout of its own', async () => {
    const vendor = 'guardian/vendor/github.com/opencontainers/runc';
    const root = workspace({ ...all, [`src/${vendor}`]: 'runc' });
    rmSync(path.join(root, 'src/runc'), { recursive: true });
    rmSync(path.join(root, 'src', vendor, 'go.mod'));
    expect((await places(root))['runc']).toBe(`src/${vendor}`);
    cpSync(path.join(fixtures, 'runc'), path.join(root, 'elsewhere'), { recursive: true });
    expect((await places(root))['runc']).toBe('elsewhere');
  });

  it('take a release of nested modules apart, with runc where one of them vendors it', async () => {
    const inside = 'src/code.cloudfoundry.org';
    const vendor = `${inside}/guardian/vendor/github.com/opencontainers/runc`;
    const root = workspace({ [`${inside}/guardian`]: 'guardian', [vendor]: 'runc' });
    rmSync(path.join(root, vendor, 'go.mod'));
    write(root, {
      [`${inside}/go.mod`]:
        'module code.cloudfoundry.org\n\nreplace code.cloudfoundry.org/guardian => ./guardian\n',
      [`${inside}/greenskeeper/cmd/greenskeeper/main.go`]: 'package main\n\nfunc main() {}\n',
    });
    expect(await places(root)).toEqual({ gdn: `${inside}/guardian`, runc: vendor });
  });

  it('know modules by a path of another major version, and in a workspace of go.work', async () => {
    const root = workspace(all);
    change(
      root,
      'src/registry-image-resource/go.mod',
      'registry-image-resource',
      'registry-image-resource/v2',
    );
    change(root, 'src/concourse/go.mod', 'concourse/concourse', 'concourse/concourse/v8');
    write(root, { 'go.work': 'go 1.25\n\nuse ./src/concourse\n' });
    const found = await find(root);
    const variables = Object.fromEntries(
      found.map(({ recipe: { definition } }) => [definition.name, definition.variables]),
    );
    expect(variables['concourse']).toEqual({ module: 'github.com/concourse/concourse/v8' });
    expect(variables['resource']).toMatchObject({ type: 'registry-image' });
    expect(Object.keys(await places(root))).toContain('worker');
  });

  it('find sources in folders beside the workspace', async () => {
    const root = workspace({ concourse: 'concourse', runc: 'runc' });
    const other = workspace({ g: 'guardian', r: 'registry-image-resource' });
    expect(Object.keys(await places(root, [other]))).toContain('worker');
    expect(Object.keys(await places(root))).not.toContain('worker');
  });
});

describe('resource types', () => {
  it('are named by their module, in either layout, with what Concourse ships them with', async () => {
    const root = workspace({ 'registry-image-resource': 'registry-image-resource' });
    for (const name of ['check', 'in', 'out'])
      write(root, { [`time/${name}/main.go`]: 'package main\nfunc main() {}\n' });
    write(root, { 'time/go.mod': 'module github.com/concourse/time-resource/v2\n' });
    const found = await find(root);
    const told = found.map(({ recipe }) => [recipe.definition.name, recipe.definition.variables]);
    expect(told).toEqual([
      [
        'resource',
        {
          module: 'github.com/concourse/registry-image-resource',
          type: 'registry-image',
          privileged: 'false',
          unique_version_history: 'false',
        },
      ],
      [
        'resource-time',
        {
          module: 'github.com/concourse/time-resource/v2',
          type: 'time',
          privileged: 'false',
          unique_version_history: 'true',
        },
      ],
    ]);
    const definition = found[0]?.recipe.definition;
    expect(definition?.title).toBe('Resource type registry-image');
    // Their root filesystem holds no zones of time.
    const tags = definition?.steps.flatMap((it) => (it.kind === 'program' ? [it.go.tags] : []));
    expect(tags).toEqual([['timetzdata'], ['timetzdata'], ['timetzdata']]);
  });

  it('are each in the worker', async () => {
    const root = workspace({ ...all, 'src/time-resource': 'registry-image-resource' });
    change(root, 'src/time-resource/go.mod', 'registry-image-resource', 'time-resource');
    const worker = (await find(root)).find((it) => it.recipe.definition.name === 'worker')?.recipe.definition;
    const recipes = worker?.steps.flatMap((it) => (it.kind === 'recipe' ? [`${it.name}: ${it.recipe}`] : []));
    expect(recipes).toEqual([
      'concourse: concourse',
      'gdn: gdn',
      'runc: runc',
      'resource: resource',
      'resource-time: resource-time',
    ]);
    expect(entriesOf(worker?.steps)).toEqual([
      ...['concourse', 'fly', 'runc', 'gdn', 'gdn-dadoo', 'gdn-init'].map((it) => `concourse/bin/${it}`),
      ...['registry-image', 'time'].map((it) => `concourse/resource-types/${it}/rootfs.tgz`),
      ...['registry-image', 'time'].map((it) => `concourse/resource-types/${it}/resource_metadata.json`),
    ]);
  });
});

function entriesOf(steps: readonly Step[] = []): readonly string[] {
  return steps.flatMap((it) => (it.kind === 'archive' ? Object.keys(it.entries) : []));
}

describe('C programs', () => {
  it('are each a recipe, but for tests and the C files of a cgo package', async () => {
    const root = workspace({ guardian: 'guardian', runc: 'runc' });
    write(root, {
      'tools/list.h': 'int length(void);\n',
      'tools/list.c': '#include "list.h"\nint length(void) { return 0; }\n',
      'tools/show.c': '#include <math.h>\n#include "list.h"\nint main(void) { return length(); }\n',
      'tools/count.c': 'int main(void) { return 1; }\n',
      // Programs of the tests: by their own name, by a folder's, and below a folder of nothing but tests.
      'tools/test_list.c': '#include "list.h"\nint main(void) { return length(); }\n',
      'fakes/runtime/runtime.c': 'int main(void) { return 1; }\n',
      'gqt/gqt_suite_test.go': 'package gqt_test\n',
      'gqt/cmd/helper/helper.c': 'int main(void) { return 1; }\n',
      // A test of a program lies beside it.
      'daemon/daemon_test.go': 'package daemon_test\n',
      'daemon/daemon.c': 'int main(void) { return 1; }\n',
      'cgo/main.go': 'package main\n\nimport "C"\n\nfunc main() {}\n',
      'cgo/part.c': 'int main(void) { return 1; }\n',
      'vendor/x/main.c': 'int main(void) { return 1; }\n',
    });
    const found = (await find(root)).filter((it) => it.recipe.origin.kind === 'discovered');
    const told = found.map(({ recipe }) => {
      const [step] = recipe.definition.steps;
      return [
        recipe.definition.name,
        step?.kind === 'c' ? { sources: step.sources, ldflags: step.ldflags } : {},
      ];
    });
    expect(Object.fromEntries(told)).toEqual({
      init: { sources: ['guardian/cmd/init/ignore_sigchild.c', 'guardian/cmd/init/init.c'] },
      nstar: { sources: ['guardian/rundmc/nstar/nstar.c', 'guardian/rundmc/nstar/pwd.c'] },
      daemon: { sources: ['daemon/daemon.c'] },
      count: { sources: ['tools/count.c'] },
      show: { sources: ['tools/list.c', 'tools/show.c'], ldflags: ['-lm'] },
    });
  });
});

it('reads every built-in recipe that is shipped', async () => {
  const ids = (await loadBuiltIns(ports, builtInFolder)).map((it) => it.id);
  expect(ids).toEqual(['concourse', 'gdn', 'resource', 'runc', 'worker']);
});
