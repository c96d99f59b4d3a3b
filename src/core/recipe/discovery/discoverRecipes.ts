import { stringify } from 'yaml';
import { scanWorkspace, type WorkspaceScan } from '../../build/workspaceScan.js';
import { loadConfig } from '../../config/loadConfig.js';
import type { CancelSignal } from '../../ports.js';
import type { Recipe } from '../recipe.js';
import { readBuiltIn, type BuiltIn } from './builtInFile.js';
import { cProgramsIn } from './cPrograms.js';
import { isForTests } from './forTests.js';
import { findModules, findSources } from './findSources.js';
import { composeSteps, instantiate, tagOf, type RecipeInstance } from './instantiate.js';
import { cStepOf, posixRelative, type ProgramPorts } from './resolveProgram.js';

/** Where recipes are looked for. */
export interface RecipeSearch {
  /** Absolute: folders with sources, such as the workspace's. */
  readonly folders: readonly string[];
  /** Absolute: the folder that holds `dist/`. */
  readonly root: string;
  /** Absolute: the folder with the built-in recipes' files. */
  readonly builtInFolder: string;
  readonly signal?: CancelSignal;
}

/** A recipe that was found, and what crossbow.yaml would hold for it. */
export interface FoundRecipe {
  readonly recipe: Recipe;
  readonly written: Readonly<Record<string, unknown>>;
}

/**
 * The recipes that fit the sources: the built-in ones, and one for each C program. Go
 * programs are no recipes, for they are built without one. Starts no process.
 */
export async function discoverRecipes(
  ports: ProgramPorts,
  search: RecipeSearch,
): Promise<readonly FoundRecipe[]> {
  const builtIns = await loadBuiltIns(ports, search.builtInFolder);
  const scans = new Map<string, WorkspaceScan>();
  for (const folder of search.folders) scans.set(folder, await scanWorkspace(ports, folder, search.signal));
  const modules = await findModules(ports, [...scans.values()]);
  const instances = new Map<string, readonly RecipeInstance[]>();
  for (const builtIn of builtIns) {
    const sources = await findSources(ports, builtIn, modules);
    const names = uniqueNames(
      builtIn.id,
      sources.map((it) => tagOf(it)),
    );
    instances.set(
      builtIn.id,
      sources.map((it, index) => instantiate(builtIn, names[index] ?? builtIn.id, it)),
    );
  }
  for (const builtIn of builtIns) {
    const parts = builtIn.match.recipes.map((id) => instances.get(id)?.[0]);
    const [first] = parts;
    if (first === undefined || parts.includes(undefined)) continue;
    const composed = { ...builtIn, recipe: composeSteps(builtIn.recipe, instances) };
    const { directory } = first;
    instances.set(builtIn.id, [instantiate(composed, builtIn.id, { directory, variables: {} })]);
  }
  const found = [...instances.values()].flat().map((it) => asRecipe(ports, search, it));
  return [...found, ...(await cRecipes(ports, search.root, scans, found))];
}

/** All built-in recipes, in the order of their names. */
export async function loadBuiltIns(
  { files, host }: ProgramPorts,
  folder: string,
): Promise<readonly BuiltIn[]> {
  const names = (await files.list(folder)).filter((it) => it.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) =>
      readBuiltIn(name.replace(/\.yaml$/, ''), (await files.readText(host.join(folder, name))) ?? ''),
    ),
  );
}

/** The first keeps the plain name; the others are told apart by what they are. */
function uniqueNames(id: string, tags: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return tags.map((tag, index) => {
    const wanted = index === 0 ? id : `${id}-${tag}`;
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`;
    taken.add(name);
    return name;
  });
}

function asRecipe(ports: ProgramPorts, { root }: RecipeSearch, instance: RecipeInstance): FoundRecipe {
  const { id, name, directory, recipe } = instance;
  return found(ports, root, name, directory, recipe, { kind: 'built-in', id });
}

function found(
  { host }: ProgramPorts,
  root: string,
  name: string,
  directory: string,
  recipe: Readonly<Record<string, unknown>>,
  origin: Recipe['origin'],
): FoundRecipe {
  const relative = posixRelative(host, root, directory);
  const { title, ...rest } = recipe;
  const written = {
    ...(title === undefined ? {} : { title }),
    ...(relative === '' ? {} : { directory: relative }),
    ...rest,
  };
  // Read as if a person had written it: there is one reader, and one language.
  const { config, problems } = loadConfig(stringify({ recipes: { [name]: written } }));
  const [definition] = config.recipes;
  if (definition === undefined || problems.length > 0)
    throw new Error(`The recipe ${name} can't be read: ${problems.map((it) => it.message).join('; ')}`);
  return { written, recipe: { definition, origin, directory, root } };
}

/** A recipe of one step for each C program that is none of the tests. */
async function cRecipes(
  ports: ProgramPorts,
  root: string,
  scans: ReadonlyMap<string, WorkspaceScan>,
  builtIn: readonly FoundRecipe[],
): Promise<readonly FoundRecipe[]> {
  const { host } = ports;
  const taken = new Set(builtIn.map((it) => it.recipe.definition.name));
  const recipes: FoundRecipe[] = [];
  for (const [folder, { cFolders }] of scans) {
    for (const [directory, names] of cFolders) {
      for (const program of await cProgramsIn(ports, directory, names)) {
        if (await isForTests(ports, folder, program.main)) continue;
        const plain = stepName(program.name);
        const longer = stepName(posixRelative(host, folder, host.join(directory, program.name)));
        const name = taken.has(plain) ? longer : plain;
        if (taken.has(name)) continue;
        taken.add(name);
        const c = { output: program.name, ...cStepOf(host, folder, program) };
        const title = `C program ${posixRelative(host, folder, directory) || host.basename(directory)}`;
        const recipe = { title, steps: [{ name: plain, c }] };
        recipes.push(found(ports, root, name, folder, recipe, { kind: 'discovered' }));
      }
    }
  }
  return recipes;
}

function stepName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
  return name === '' ? 'program' : name;
}
