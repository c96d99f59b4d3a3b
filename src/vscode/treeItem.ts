import * as vscode from 'vscode';
import {
  artifactDescription,
  artifactSpeech,
  targetDescription,
  targetSpeech,
} from '../core/target/targetRow.js';
import type { ArtifactNode, GroupNode, TargetNode } from '../core/target/targetTree.js';
import { commands, viewItems } from './contributions.js';
import { outputItem, recipeItem, stepItem } from './recipeItems.js';
import { targetUri } from './targetBadges.js';
import type { TargetRow } from '../core/target/targetRows.js';
import { toolchainIcon } from './toolchainIcon.js';

/** A row of the Targets view as the editor shows it. */
export function treeItem(row: TargetRow): vscode.TreeItem {
  switch (row.node.kind) {
    case 'group':
      return groupItem(row.node);
    case 'target':
      return targetItem(row.node, row);
    case 'artifact':
      return artifactItem(row.node);
    case 'recipe':
      return recipeItem(row.node);
    case 'step':
      return stepItem(row.node, row);
    case 'output':
      return outputItem(row.node, row);
  }
}

const groupIcons = { pinned: 'pinned', devices: 'circuit-board', family: undefined, system: 'vm' } as const;

function groupItem(node: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    node.label,
    node.open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = node.id;
  item.contextValue = viewItems.group;
  const icon = groupIcons[node.role];
  if (icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(icon);
  }
  return item;
}

function targetItem(node: TargetNode, row: TargetRow): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, collapsible(node));
  // A row that gets its first children stays closed, whatever it says, unless it is another row to the editor.
  item.id = node.children.some((it) => it.kind === 'recipe') ? `${node.id}:recipes` : node.id;
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
  item.command = { command: commands.setActive, title: 'Set as active target', arguments: [row] };
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

/** A target shows its artifacts and recipes at once; further levels are opened by hand. */
function collapsible(node: TargetNode): vscode.TreeItemCollapsibleState {
  if (node.children.length === 0) {
    return vscode.TreeItemCollapsibleState.None;
  }
  return node.children.some((it) => it.kind !== 'target')
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function artifactItem(node: ArtifactNode): vscode.TreeItem {
  const name = vscode.Uri.file(node.artifact.path).path.split('/').at(-1) ?? node.artifact.path;
  const item = new vscode.TreeItem(name);
  item.id = node.id;
  item.description = artifactDescription(node);
  item.iconPath = new vscode.ThemeIcon('file-binary');
  item.contextValue = viewItems.artifact;
  item.accessibilityInformation = { label: `${name}, ${artifactSpeech(node)}` };
  return item;
}
