import { appendFileSync, cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { createWorkspace, type Workspace } from './workspace.js';

/** Folder of each of the fixtures in a workspace of submodules, as the worker's sources are usually kept. */
const submodules = {
  'src/concourse': 'concourse',
  'src/guardian': 'guardian',
  'src/runc': 'runc',
  'src/registry-image-resource': 'registry-image-resource',
};

/** A workspace with copies of the recipes' fixtures, by default all of them below `src/`. */
export function recipeWorkspace(
  copies: Readonly<Record<string, string>> = submodules,
  env: Readonly<Record<string, string>> = {},
): Workspace {
  const ws = createWorkspace({}, { name: 'crossbow-recipe-', env });
  for (const [to, from] of Object.entries(copies))
    cpSync(path.resolve('test/fixtures/recipes', from), ws.path(to), { recursive: true });
  // What pkg-config answered is no part of the key of Go's build cache: a package of its own for each workspace.
  for (const to of Object.keys(copies)) {
    const binding = ws.path(to, 'vendor/github.com/seccomp/libseccomp-golang/seccomp.go');
    if (existsSync(binding)) appendFileSync(binding, `\n// ${ws.root}\n`);
  }
  return ws;
}
