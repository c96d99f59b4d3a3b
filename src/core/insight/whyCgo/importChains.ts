import type { CgoListed } from './cgoListing.js';

/**
 * The shortest ways from one package to others over their imports, each from first to last; what can't be reached is not
 * in the map. One search serves all goals, so the cost is that of reading every import once.
 */
export function shortestChains(
  packages: ReadonlyMap<string, CgoListed>,
  root: string,
  goals: ReadonlySet<string>,
): ReadonlyMap<string, readonly CgoListed[]> {
  const cameFrom = new Map<string, string | undefined>([[root, undefined]]);
  const queue = [root];
  let open = goals.size;
  for (let at = 0; at < queue.length && open > 0; at++) {
    const path = queue[at] ?? '';
    if (goals.has(path)) open--;
    for (const next of packages.get(path)?.imports ?? []) {
      if (cameFrom.has(next) || !packages.has(next)) continue;
      cameFrom.set(next, path);
      queue.push(next);
    }
  }
  const chains = new Map<string, readonly CgoListed[]>();
  for (const goal of goals) {
    if (!cameFrom.has(goal)) continue;
    const chain: CgoListed[] = [];
    for (let path: string | undefined = goal; path !== undefined; path = cameFrom.get(path)) {
      const item = packages.get(path);
      if (item !== undefined) chain.unshift(item);
    }
    chains.set(goal, chain);
  }
  return chains;
}

/**
 * A package's name as people say it: its path below the person's own module, else the module's last element and the
 * path below that (`dex/storage/sql`), else the import path.
 */
export function shortLabel({ importPath, module, standard }: CgoListed): string {
  if (standard || module === undefined) return importPath;
  const below = importPath.slice(module.path.length + 1);
  if (module.main && below !== '') return below;
  const elements = module.path.split('/');
  const last = elements.at(-1) ?? '';
  // A major version is no name: the element before it is.
  const base = /^v\d+$/.test(last) ? (elements.at(-2) ?? last) : last;
  return below === '' ? base : `${base}/${below}`;
}
