import { targetTree, type TargetsState, type TreeNode } from './targetTree.js';

/**
 * A row of the Targets view. The object stays the same while its node changes: the editor knows rows by
 * identity, and a row that is painted anew while a person clicks it would get the click without its row.
 */
export interface TargetRow {
  node: TreeNode;
  readonly parent: TargetRow | undefined;
}

/** What has to be painted again. */
export type RowChanges = 'all' | readonly TargetRow[];

/** The rows of the tree, kept in step with the state. */
export interface TargetRows {
  readonly roots: () => readonly TargetRow[];
  readonly children: (row: TargetRow) => readonly TargetRow[];
  /** Takes a new state over, and says which rows show something else now. */
  readonly update: (state: TargetsState) => RowChanges;
  readonly find: (matches: (row: TargetRow) => boolean) => TargetRow | undefined;
}

/** Makes the rows of a first state. */
export function createTargetRows(state: TargetsState): TargetRows {
  let tree: readonly TreeNode[] = targetTree(state);
  const rows = new Map<string, TargetRow>();
  const shown = new Map<string, string>();
  const leaves = new Map<string, boolean>();

  const row = (node: TreeNode, parent: TargetRow | undefined): TargetRow => {
    const known = rows.get(node.id);
    if (known !== undefined) {
      known.node = node;
      return known;
    }
    const made = { node, parent };
    rows.set(node.id, made);
    return made;
  };

  /**
   * Visits every node, parents first; a row whose own looks or children changed is noted. One that gets its first
   * child or loses its last is noted with its siblings: the editor indents rows by whether any of them opens.
   */
  const visit = (node: TreeNode, parent: TargetRow | undefined, changed: Set<TargetRow>): void => {
    const it = row(node, parent);
    const looks = looksOf(node);
    if (shown.get(node.id) !== looks) {
      shown.set(node.id, looks);
      changed.add(it);
    }
    const isLeaf = childNodes(node).length === 0;
    if (parent !== undefined && leaves.get(node.id) === !isLeaf) {
      changed.add(parent);
    }
    leaves.set(node.id, isLeaf);
    for (const child of childNodes(node)) {
      visit(child, it, changed);
    }
  };

  const update = (next: TargetsState): RowChanges => {
    const before = tree.map((it) => it.id).join();
    tree = targetTree(next);
    const changed = new Set<TargetRow>();
    for (const node of tree) {
      visit(node, undefined, changed);
    }
    return before === tree.map((it) => it.id).join() ? [...changed] : 'all';
  };
  update(state);

  return {
    roots: () => tree.map((node) => row(node, undefined)),
    children: (parent) => childNodes(parent.node).map((node) => row(node, parent)),
    update,
    find: (matches) => [...rows.values()].find((it) => shown.has(it.node.id) && matches(it)),
  };
}

function childNodes(node: TreeNode): readonly TreeNode[] {
  return node.kind === 'artifact' || node.kind === 'output' ? [] : node.children;
}

/** Everything a row shows, as text to compare; children count by their ids. */
function looksOf(node: TreeNode): string {
  return JSON.stringify({ ...node, children: childNodes(node).map((it) => it.id) });
}
