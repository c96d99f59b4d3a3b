import * as vscode from 'vscode';
import { throughText } from '../core/insight/whyCgo/reasonText.js';
import type { SourcePlace } from '../core/insight/whyCgo/whyCgo.js';
import { whyCgoTree, type WhyCgoNode } from '../core/insight/whyCgo/whyCgoTree.js';
import { choiceName } from '../core/target/targetChoice.js';
import { viewItems, views } from './contributions.js';
import type { WhyCgoModel, WhyCgoState } from './whyCgoModel.js';

/** The view "Why cgo": the import chains that bring C into the programs, for the active target. */
export function registerWhyCgoView(model: WhyCgoModel): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<WhyCgoNode>(views.whyCgo, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => [...(node?.children ?? roots(model.state))],
      getTreeItem: treeItem,
    },
  });
  const paint = (): void => {
    const { state } = model;
    view.description = state.kind === 'idle' ? '' : choiceName(state.choice);
    view.message = messageOf(state) ?? '';
    changed.fire(undefined);
  };
  paint();
  if (view.visible) model.want();
  return vscode.Disposable.from(
    view,
    changed,
    model.onDidChange(paint),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) model.want();
    }),
  );
}

function roots(state: WhyCgoState): readonly WhyCgoNode[] {
  return state.kind === 'answered' ? whyCgoTree(state.answer) : [];
}

/** What is said above the rows; undefined where they, or the welcome text, say it. */
function messageOf(state: WhyCgoState): string | undefined {
  switch (state.kind) {
    case 'idle':
      return undefined;
    case 'asking':
      return 'Asking Go for the packages…';
    case 'answered': {
      const { answer, choice } = state;
      if (answer.kind === 'unknown') return `Go could not list the packages: ${answer.message}`;
      if (answer.kind === 'unsupported')
        return `Go has no cgo for ${choiceName(choice)}: everything is built without C.`;
      return answer.packages.length === 0
        ? `No program here needs C for ${choiceName(choice)}.`
        : `${capital(throughText(answer))}.`;
    }
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const icons: Readonly<Record<WhyCgoNode['kind'], string>> = {
  program: 'package',
  chain: 'references',
  step: 'arrow-small-right',
  need: 'symbol-property',
  without: 'circle-slash',
  alternative: 'lightbulb',
  standard: 'library',
  problem: 'warning',
};

function treeItem(node: WhyCgoNode): vscode.TreeItem {
  const state =
    node.children.length === 0
      ? vscode.TreeItemCollapsibleState.None
      : node.open
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(node.label, state);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(icons[node.kind]);
  item.tooltip = [node.label, node.description].filter((it) => it !== undefined).join('\n');
  if (node.description !== undefined) item.description = node.description;
  if (node.chain !== undefined) item.contextValue = viewItems.chain;
  if (node.place !== undefined) item.command = openPlace(node.place);
  return item;
}

function openPlace({ path, line, column }: SourcePlace): vscode.Command {
  const at = new vscode.Position(line - 1, column - 1);
  return {
    command: 'vscode.open',
    title: 'Open',
    arguments: [vscode.Uri.file(path), { selection: new vscode.Range(at, at) }],
  };
}

/** Copies the chain of a row, as text. */
export async function copyChain(row: unknown): Promise<void> {
  const { chain } = (row ?? {}) as Partial<WhyCgoNode>;
  if (chain === undefined) return;
  await vscode.env.clipboard.writeText(chain);
  vscode.window.setStatusBarMessage('Copied the chain', 3000);
}
