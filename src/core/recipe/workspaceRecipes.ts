import type { CrossbowConfig } from '../config/config.js';
import type { CancelSignal, Host } from '../ports.js';
import { posixRelative, type ProgramPorts } from './discovery/resolveProgram.js';
import { listRecipes, type ListedRecipe } from './listRecipes.js';
import { placeRecipe } from './placeRecipe.js';

/** A folder of a workspace, and what holds for it. */
export interface RecipePlace {
  /** Absolute. */
  readonly folder: string;
  /** Absolute: the folder that holds `dist/`, that is crossbow.yaml's or the folder itself. */
  readonly root: string;
  readonly config: CrossbowConfig;
  /** crossbow.yaml, where there is one. */
  readonly configFile?: string;
}

/** A recipe of a workspace, with the settings that it runs with. */
export interface PlacedRecipe extends ListedRecipe {
  readonly place: RecipePlace;
}

/**
 * The recipes of a workspace of one or more folders. They are looked for in all of them together, since a worker is
 * made from several; one that was found belongs to the folder with its sources, as a build does, and one that is made
 * from several to the first.
 */
export async function workspaceRecipes(
  ports: ProgramPorts,
  places: readonly RecipePlace[],
  builtInFolder: string | undefined,
  { sources = [], signal }: { readonly sources?: readonly string[]; readonly signal?: CancelSignal } = {},
): Promise<readonly PlacedRecipe[]> {
  const [first] = places;
  if (first === undefined) return [];
  const { host } = ports;
  const folders = places.map((it) => it.folder);
  const outermost = folders.filter(
    (it) => !folders.some((other) => other !== it && isBelow(host, other, it)),
  );
  const listed = await listRecipes(
    ports,
    {
      folders: [...new Set([...outermost, ...sources])],
      root: first.root,
      config: first.config,
      ...(first.configFile === undefined ? {} : { configFile: first.configFile }),
      ...(signal === undefined ? {} : { signal }),
    },
    builtInFolder,
  );
  const others = places.filter(
    (it, index) =>
      it.configFile !== undefined &&
      places.findIndex((other) => other.configFile === it.configFile) === index &&
      index > 0,
  );
  const written = others.flatMap((place) =>
    place.config.recipes.map((it) => ({ recipe: placeRecipe(host, it, place.configFile ?? ''), place })),
  );
  const placed = listed.map((it) =>
    it.written === undefined ? { ...it, place: first } : settle(host, it, places, first),
  );
  const taken = new Set(written.map(({ recipe }) => `${recipe.root}\0${recipe.definition.name}`));
  return [
    ...placed.filter(
      ({ written, recipe }) =>
        written === undefined || !taken.has(`${recipe.root}\0${recipe.definition.name}`),
    ),
    ...written,
  ];
}

/** Gives a recipe that was found to the folder that its sources lie in. */
function settle(
  host: Host,
  listed: ListedRecipe,
  places: readonly RecipePlace[],
  first: RecipePlace,
): PlacedRecipe {
  const { recipe, written } = listed;
  const isComposed = recipe.definition.steps.some((it) => it.kind === 'recipe');
  const [nearest] = places
    .filter((it) => it.folder === recipe.directory || isBelow(host, it.folder, recipe.directory))
    .sort((a, b) => b.folder.length - a.folder.length);
  const place = isComposed ? first : (nearest ?? first);
  if (place.root === first.root || written === undefined) return { ...listed, place };
  const rest = Object.fromEntries(Object.entries(written).filter(([key]) => key !== 'directory'));
  const relative = posixRelative(host, place.root, recipe.directory);
  return {
    recipe: { ...recipe, root: place.root },
    written: relative === '' ? rest : { ...rest, directory: relative },
    place,
  };
}

function isBelow(host: Host, folder: string, path: string): boolean {
  const relative = host.relative(folder, path);
  return relative !== '' && !relative.startsWith('..') && !host.isAbsolute(relative);
}
