import type { BuiltAction, GoAction } from './actionGraph.js';
import type { RebuildReason } from './xray.js';

/**
 * Why packages were built again, told by comparing what Go hashed with the graph of the build before. An action's id is
 * the hash of all that goes in, and the second part of a build id that of what came out (cmd/go/internal/work/buildid.go):
 * where no import's second part changed, it was something of the package's own.
 */
export function createRebuildReasons(
  now: readonly GoAction[],
  before: readonly BuiltAction[] | undefined,
): (importPath: string) => RebuildReason {
  if (before === undefined) return () => ({ kind: 'unknown' });
  const compiled = { now: byPackage(now), before: byPackage(before) };
  const byId = new Map(now.map((it) => [it.id, it]));
  return (importPath) => {
    const [current, last] = [compiled.now.get(importPath), compiled.before.get(importPath)];
    if (current?.actionId === undefined) return { kind: 'unknown' };
    if (last === undefined) return { kind: 'new' };
    if (last.actionId === undefined || contentOf(last) === undefined) return { kind: 'unknown' };
    if (last.actionId === current.actionId) return { kind: 'lost' };
    const changed = current.deps.flatMap((id) => {
      const dep = byId.get(id);
      if (dep?.package === undefined || dep.mode !== 'build' || dep.package === importPath) return [];
      const [then, here] = [contentOf(compiled.before.get(dep.package)), contentOf(dep)];
      return then !== undefined && here !== undefined && then !== here ? [dep.package] : [];
    });
    return changed.length > 0 ? { kind: 'imports', packages: changed } : { kind: 'own' };
  };
}

function byPackage<Action extends BuiltAction>(actions: readonly Action[]): ReadonlyMap<string, Action> {
  const found = new Map<string, Action>();
  for (const it of actions) if (it.mode === 'build' && it.package !== undefined) found.set(it.package, it);
  return found;
}

/** Hash of what an action made; a build id of two parts, of which a program's has four. */
function contentOf(action: BuiltAction | undefined): string | undefined {
  const parts = action?.buildId?.split('/') ?? [];
  return parts.length === 2 ? parts[1] : undefined;
}
