import * as vscode from 'vscode';
import { artifactDescription, targetDescription, targetSpeech } from '../core/target/targetRow.js';
import { artifactTooltip, targetTooltip } from '../core/target/targetTooltip.js';
import {
  artifactRow,
  targetTree,
  type ArtifactNode,
  type GroupNode,
  type TargetNode,
  type TreeNode,
} from '../core/target/targetTree.js';
import { targetId } from '../core/target/target.js';
import { choiceName } from '../core/target/targetChoice.js';
import { formatSize } from '../core/text/formatText.js';
import { commands, viewItems, views } from './contributions.js';
import { targetUri } from './targetBadges.js';
import type { Session } from './session.js';
import { toolchainIcon } from './toolchainIcon.js';

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
    session.builds.onDidBuild(({ artifacts: [first] }) => {
      const way = first === undefined ? undefined : artifactRow(targetTree(session.state), first.path);
      const row = way?.at(-1);
      if (way !== undefined && row !== undefined && view.visible) {
        provider.showNow(way);
        void view.reveal(row, { select: false, focus: false });
      }
    }),
    view.onDidExpandElement(({ element }) => {
      if (element.kind === 'group') {
        session.probe(element.children.map((it) => it.choice.target));
      }
    }),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) {
        provider.probeOpenGroups();
      }
    }),
  );
}

class TargetsProvider implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscription: vscode.Disposable;
  readonly #parents = new Map<string, TreeNode>();
  #pending: NodeJS.Timeout | undefined;

  constructor(private readonly session: Session) {
    // Progress of a build comes many times a second; the tree is painted at most ten times.
    this.#subscription = session.onDidChange(() => {
      this.#pending ??= setTimeout(() => {
        this.#pending = undefined;
        this.#changed.fire(undefined);
      }, 100);
    });
  }

  dispose(): void {
    clearTimeout(this.#pending);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  probeOpenGroups(): void {
    const devices = this.session.state.catalogue.devices;
    this.session.probe(devices.map((it) => it.target));
  }

  /** Paints at once, and remembers how to get to a row that is to be revealed. */
  showNow(way: readonly TreeNode[]): void {
    way.forEach((node, depth) => {
      const parent = way[depth - 1];
      if (parent !== undefined) {
        this.#parents.set(node.id, parent);
      }
    });
    this.#changed.fire(undefined);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node.id);
  }

  getChildren(node?: TreeNode): readonly TreeNode[] & TreeNode[] {
    if (node !== undefined) {
      return node.kind === 'artifact' ? [] : [...node.children];
    }
    return hidden(this.session) ? [] : [...targetTree(this.session.state)];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node);
      case 'target':
        return targetItem(node);
      case 'artifact':
        return artifactItem(node);
    }
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node.kind !== 'group') {
      const text =
        node.kind === 'artifact'
          ? artifactTooltip(node.artifact)
          : targetTooltip(node, this.session.state.toolchains.get(targetId(node.choice.target)));
      item.tooltip = new vscode.MarkdownString(text, true);
    }
    return item;
  }
}

/** The view's welcome text shows only where the tree is empty. */
function hidden(session: Session): boolean {
  return (
    !vscode.workspace.isTrusted ||
    session.root === undefined ||
    (session.go !== undefined && session.go.kind !== 'found') ||
    session.lastDiscovery?.hasModule === false
  );
}

function groupItem(node: GroupNode): vscode.TreeItem {
  const open = node.role !== 'system';
  const item = new vscode.TreeItem(
    node.label,
    open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = node.id;
  item.contextValue = viewItems.group;
  item.iconPath = new vscode.ThemeIcon(groupIcons[node.role]);
  return item;
}

const groupIcons = { pinned: 'pinned', devices: 'circuit-board', system: 'vm' } as const;

function targetItem(node: TargetNode): vscode.TreeItem {
  const label: vscode.TreeItemLabel = { label: node.label };
  const item = new vscode.TreeItem(label, collapsible(node));
  item.id = node.id;
  item.description = targetDescription(node);
  item.iconPath = targetIcon(node);
  item.resourceUri = targetUri(node);
  item.accessibilityInformation = { label: targetSpeech(node) };
  item.contextValue = [
    viewItems.target,
    ...(node.active ? [viewItems.active] : []),
    ...(node.pinned ? [viewItems.pinned] : []),
    ...(node.build.kind === 'running' ? [viewItems.running] : []),
    ...(node.toolchain === 'not-needed' ? [] : [viewItems.cgo]),
    ...(node.children.some((it) => it.kind === 'artifact') ? [viewItems.built] : []),
  ].join(' ');
  item.command = { command: commands.setActive, title: 'Set as Active Target', arguments: [node] };
  return item;
}

function targetIcon(node: TargetNode): vscode.ThemeIcon {
  if (node.build.kind === 'running') {
    return new vscode.ThemeIcon('loading~spin');
  }
  const wanted = node.active || node.pinned;
  return node.toolchain === 'missing' && wanted
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : toolchainIcon(node.toolchain);
}

/** A built target shows its artifacts at once; further levels are opened by hand. */
function collapsible(node: TargetNode): vscode.TreeItemCollapsibleState {
  if (node.children.length === 0) {
    return vscode.TreeItemCollapsibleState.None;
  }
  return node.children.some((it) => it.kind === 'artifact')
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function artifactItem(node: ArtifactNode): vscode.TreeItem {
  const path = vscode.Uri.file(node.artifact.path);
  const name = path.path.split('/').at(-1) ?? node.artifact.path;
  const item = new vscode.TreeItem(name);
  item.id = node.id;
  item.description = artifactDescription(node);
  item.iconPath = new vscode.ThemeIcon('file-binary');
  item.contextValue = viewItems.artifact;
  item.accessibilityInformation = {
    label: `${name}, artifact, ${formatSize(node.artifact.facts.size)}${node.stale ? ', stale' : ''}`,
  };
  return item;
}
