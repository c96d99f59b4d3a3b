import * as vscode from 'vscode';
import type { StepState } from '../core/recipe/recipeRun.js';
import {
  outputSpeech,
  recipeDescription,
  recipeSpeech,
  stepDescription,
  stepSpeech,
} from '../core/recipe/recipeRow.js';
import type { OutputNode, RecipeNode, StepNode } from '../core/recipe/recipeTree.js';
import type { TargetRow } from '../core/target/targetRows.js';
import { formatSize } from '../core/text/formatText.js';
import { commands, internalCommands, viewItems } from './contributions.js';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

/** A recipe's row as the editor shows it. */
export function recipeItem(node: RecipeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.name, node.children.length === 0 ? None : Collapsed);
  item.id = node.id;
  item.description = recipeDescription(node);
  item.iconPath = recipeIcon(node);
  item.accessibilityInformation = { label: recipeSpeech(node) };
  item.contextValue = [
    viewItems.recipe,
    node.state.kind === 'running' ? viewItems.busy : viewItems.idle,
    node.origin.kind === 'config' ? viewItems.written : viewItems.found,
  ].join(' ');
  return item;
}

function recipeIcon({ state }: RecipeNode): vscode.ThemeIcon {
  switch (state.kind) {
    case 'none':
    case 'partly':
      return new vscode.ThemeIcon('tasklist');
    case 'running':
      return stepIcon('running');
    case 'failed':
      return stepIcon('failed');
    case 'done':
      return stepIcon('done');
    case 'stale':
      return new vscode.ThemeIcon('history');
    case 'wrong':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  }
}

/** A step's row; opening it shows what it printed. */
export function stepItem(node: StepNode, row: TargetRow): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, node.children.length === 0 ? None : Collapsed);
  item.id = node.id;
  item.description = stepDescription(node);
  item.iconPath = stepIcon(node.step.state);
  item.accessibilityInformation = { label: stepSpeech(node) };
  item.contextValue = `${viewItems.step} ${node.step.kind === 'recipe' ? viewItems.inner : viewItems.own}`;
  if (node.step.kind !== 'recipe') {
    item.command = { command: commands.showStepOutput, title: 'Show step output', arguments: [row] };
  }
  return item;
}

/** Icons and colours of the Testing view, which people know for the same states. */
function stepIcon(state: StepState): vscode.ThemeIcon {
  switch (state) {
    case 'waiting':
      return new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('testing.iconUnset'));
    case 'running':
      return new vscode.ThemeIcon('loading~spin');
    case 'done':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'skipped':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconUnset'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    case 'cancelled':
    case 'blocked':
      return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('testing.iconSkipped'));
  }
}

const outputIcons = { archive: 'file-zip', program: 'file-binary', file: 'file' } as const;

/** A file's row; opening it shows what is in it. */
export function outputItem(node: OutputNode, row: TargetRow): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label);
  item.id = node.id;
  item.description = formatSize(node.size);
  item.iconPath = new vscode.ThemeIcon(outputIcons[node.content]);
  item.contextValue = `${viewItems.output} ${viewItems[node.content]}`;
  item.accessibilityInformation = { label: outputSpeech(node) };
  item.command = { command: internalCommands.openOutput, title: 'Open', arguments: [row] };
  return item;
}
