import type { GoAction } from './actionGraph.js';
import { cacheLook } from './actionKind.js';
import type { RebuildReason, XrayAction, XrayPackage } from './xray.js';

/** The build by packages, those that took longest first. */
export function packageTable(
  actions: readonly XrayAction[],
  graph: readonly GoAction[],
  reasonOf: (importPath: string) => RebuildReason,
): readonly XrayPackage[] {
  const groups = new Map<string, XrayAction[]>();
  for (const action of actions) {
    if (action.package === undefined) continue;
    const group = groups.get(action.package);
    if (group === undefined) groups.set(action.package, [action]);
    else group.push(action);
  }
  const compiled = new Set(
    graph.flatMap((it) => (it.mode === 'build' && it.package !== undefined ? [it.package] : [])),
  );
  const rows = [...groups].map(([importPath, group]): XrayPackage => {
    const state = stateOf(group);
    return {
      importPath,
      state,
      time: sum(group, (it) => (it.end ?? 0) - (it.start ?? 0)),
      cpu: sum(group, (it) => (it.cpu === undefined ? 0 : it.cpu.user + it.cpu.system)),
      actions: group.length,
      commands: sum(group, (it) => it.commands),
      usesC: group.some((it) => it.state !== 'cached' && (it.kind === 'c' || it.kind === 'cgo')),
      reason:
        state === 'cached' || state === 'skipped'
          ? { kind: state }
          : compiled.has(importPath)
            ? reasonOf(importPath)
            : { kind: 'unknown' },
    };
  });
  return rows.sort((a, b) => b.time - a.time || (a.importPath < b.importPath ? -1 : 1));
}

/** A package is what its own compilation was; that a program was linked again makes it no package that was built again. */
function stateOf(group: readonly XrayAction[]): XrayPackage['state'] {
  if (group.some((it) => it.state === 'failed')) return 'failed';
  const own = group.filter((it) => it.mode === 'build' || it.mode.startsWith('cgo '));
  const told = own.length > 0 ? own : group.filter((it) => it.mode !== cacheLook);
  if (told.some((it) => it.commands > 0)) return 'built';
  return told.some((it) => it.state === 'skipped' || it.state === 'unfinished') ? 'skipped' : 'cached';
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
