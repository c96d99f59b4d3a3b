import * as vscode from 'vscode';
import type { BuildResult } from '../core/build/build.js';
import { choiceName } from '../core/target/targetChoice.js';
import { targetId } from '../core/target/target.js';
import { recipeTooltip, stepTooltip } from '../core/recipe/recipeRow.js';
import { code } from '../core/text/markdown.js';
import { targetsInSight, targetTree, type TreeNode } from '../core/target/targetTree.js';
import { artifactTooltip, targetTooltip } from '../core/target/targetTooltip.js';
import { views } from './contributions.js';
import { statusId } from './recipeBook.js';
import type { Session } from './session.js';
import { createTargetRows, type TargetRow } from '../core/target/targetRows.js';
import { treeItem } from './treeItem.js';

/** The Targets view. It paints what the session knows and asks for probes only of what is in sight. */
export function registerTargetsView(session: Session): vscode.Disposable {
  const provider = new TargetsProvider(session);
  const view = vscode.window.createTreeView(views.targets, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const describe = (): void => {
    const active = session.active;
    view.description = active === undefined ? '' : choiceName(active);
  };
  describe();
  return vscode.Disposable.from(
    view,
    provider,
    session.onDidChange(describe),
    session.builds.onDidBuild((result) => {
      const row = provider.artifactOf(result);
      if (row !== undefined && view.visible) {
        void view.reveal(row, { select: false, focus: false });
      }
    }),
    session.recipes.onDidStart((id) => {
      const row = provider.recipeOf(id);
      if (row !== undefined && view.visible) {
        void view.reveal(row, { select: false, focus: false, expand: true });
      }
    }),
    view.onDidExpandElement(({ element: { node } }) => {
      if (node.kind === 'group') {
        session.probe(targetsInSight(node));
      }
    }),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) {
        session.probe(
          targetTree(session.state)
            .filter((it) => it.open)
            .flatMap(targetsInSight),
        );
      }
    }),
  );
}

class TargetsProvider implements vscode.TreeDataProvider<TargetRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TargetRow[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscription: vscode.Disposable;
  readonly #rows;
  #hidden: boolean;
  #pending: NodeJS.Timeout | undefined;

  constructor(private readonly session: Session) {
    this.#rows = createTargetRows(session.state);
    this.#hidden = isHidden(session);
    // Progress of a build comes many times a second; the tree is painted at most ten times.
    this.#subscription = session.onDidChange(() => {
      this.#pending ??= setTimeout(() => {
        this.#paint();
      }, 100);
    });
  }

  dispose(): void {
    clearTimeout(this.#pending);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #paint(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
    const changes = this.#rows.update(this.session.state);
    const hidden = isHidden(this.session);
    if (changes === 'all' || hidden !== this.#hidden) {
      this.#hidden = hidden;
      this.#changed.fire(undefined);
    } else if (changes.length > 0) {
      this.#changed.fire([...changes]);
    }
  }

  /** The row of what a build made, painted: below the active target where that has it. */
  artifactOf({ artifacts: [artifact] }: BuildResult): TargetRow | undefined {
    this.#paint();
    const isArtifact = ({ node }: TargetRow): boolean =>
      node.kind === 'artifact' && node.artifact.path === artifact?.path;
    const active = this.#rows.find(
      (row) => isArtifact(row) && row.parent?.node.kind === 'target' && row.parent.node.active,
    );
    return active ?? this.#rows.find(isArtifact);
  }

  /** The row of a recipe, painted: below the active target where that has it. */
  recipeOf(id: string): TargetRow | undefined {
    this.#paint();
    const isRecipe = ({ node }: TargetRow): boolean => node.kind === 'recipe' && statusId(node) === id;
    const active = this.#rows.find(
      (row) => isRecipe(row) && row.parent?.node.kind === 'target' && row.parent.node.active,
    );
    return active ?? this.#rows.find(isRecipe);
  }

  getParent(row: TargetRow): TargetRow | undefined {
    return row.parent;
  }

  getChildren(row?: TargetRow): TargetRow[] {
    if (row !== undefined) {
      return [...this.#rows.children(row)];
    }
    return this.#hidden ? [] : [...this.#rows.roots()];
  }

  getTreeItem(row: TargetRow): vscode.TreeItem {
    return treeItem(row);
  }

  resolveTreeItem(item: vscode.TreeItem, { node }: TargetRow): vscode.TreeItem {
    const text = this.#tooltip(node);
    if (text !== undefined) {
      item.tooltip = new vscode.MarkdownString(text, true);
    }
    return item;
  }

  #tooltip(node: TreeNode): string | undefined {
    switch (node.kind) {
      case 'group':
        return undefined;
      case 'target':
        return targetTooltip(node, this.session.state.toolchains.get(targetId(node.choice.target)));
      case 'artifact':
        return artifactTooltip(node.artifact);
      case 'recipe':
        return recipeTooltip(node);
      case 'step':
        return stepTooltip(node);
      case 'output':
        return code(node.path);
    }
  }
}

/** The view's welcome text shows only where the tree is empty. */
function isHidden(session: Session): boolean {
  return (
    !vscode.workspace.isTrusted ||
    session.root === undefined ||
    (session.go !== undefined && session.go.kind !== 'found') ||
    (session.lastDiscovery?.hasModule === false && session.recipes.statuses.length === 0)
  );
}
