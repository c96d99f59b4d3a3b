import * as vscode from 'vscode';
import { targetPick, type PickRow } from '../core/target/targetPick.js';
import type { TargetChoice } from '../core/target/targetChoice.js';
import { choiceName } from '../core/target/targetChoice.js';
import type { Session } from './session.js';
import { toolchainIcon } from './toolchainIcon.js';

interface RowItem extends vscode.QuickPickItem {
  readonly choice?: TargetChoice;
}

/** Lets a person pick a target by any spelling; undefined when they leave without one. */
export function pickTarget(session: Session, title: string): Promise<TargetChoice | undefined> {
  const picker = vscode.window.createQuickPick<RowItem>();
  picker.title = title;
  picker.placeholder = 'A device or target: pi 3b+, linux/arm/v7, aarch64-linux-gnu, GOARCH=riscv64 …';
  const show = (): void => {
    const rows = targetPick(session.state, picker.value);
    const previous = picker.activeItems[0]?.label;
    picker.items = rows.map(rowItem);
    const again = picker.items.find((it) => it.label === previous && it.kind !== separator);
    if (again !== undefined && picker.value === '') {
      picker.activeItems = [again];
    }
  };
  show();
  const active = picker.items.find((it) => it.description?.split(' · ').includes('active'));
  if (active !== undefined) {
    picker.activeItems = [active];
  }
  return new Promise((resolve) => {
    const subscriptions = vscode.Disposable.from(
      picker,
      picker.onDidChangeValue(show),
      session.onDidChange(show),
      picker.onDidAccept(() => {
        const choice = picker.selectedItems[0]?.choice;
        if (choice !== undefined) {
          resolve(choice);
          picker.hide();
        }
      }),
      picker.onDidHide(() => {
        resolve(undefined);
        subscriptions.dispose();
      }),
    );
    picker.show();
  });
}

const separator = vscode.QuickPickItemKind.Separator;

/** Filtering is the core's, by every spelling; `alwaysShow` keeps the editor from filtering by label again. */
function rowItem(row: PickRow): RowItem {
  switch (row.kind) {
    case 'separator':
      return { label: row.label, kind: separator };
    case 'choice':
      return {
        label: row.label,
        description: row.description,
        iconPath: toolchainIcon(row.toolchain),
        alwaysShow: true,
        choice: row.choice,
      };
    case 'typed':
      return {
        label: row.label,
        iconPath: new vscode.ThemeIcon('add'),
        alwaysShow: true,
        choice: row.choice,
      };
    case 'refused':
      return row.nearest === undefined
        ? { label: row.message, iconPath: new vscode.ThemeIcon('error'), alwaysShow: true }
        : {
            label: `Use ${choiceName(row.nearest)}`,
            detail: row.message,
            iconPath: new vscode.ThemeIcon('error'),
            alwaysShow: true,
            choice: row.nearest,
          };
  }
}
