import * as vscode from 'vscode';
import { choiceName } from '../core/target/targetChoice.js';
import { targetId } from '../core/target/target.js';
import { toolchainStateOf } from '../core/target/targetTree.js';
import { toolchainStateText } from '../core/toolchain/toolchainState.js';
import { commands } from './contributions.js';
import type { Session } from './session.js';
import { toolchainCodicon } from './toolchainIcon.js';

/** The active target in the status bar, with its C side's state; a click picks another. */
export function registerStatusBar(session: Session): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('crossbow.target', vscode.StatusBarAlignment.Left, 40);
  item.name = 'Crossbow target';
  item.command = commands.selectTarget;
  const update = (): void => {
    const state = session.state;
    if (state.active === undefined) {
      item.text = '$(target) Select target';
      item.tooltip = 'Choose what Crossbow builds for';
    } else {
      const toolchain = toolchainStateOf(state, state.active.target);
      const building = state.running.length > 0;
      const name = choiceName(state.active);
      item.text = `${building ? '$(loading~spin)' : toolchainCodicon(toolchain)} ${name}`;
      item.tooltip = `Crossbow builds for ${name} (${targetId(state.active.target)}): ${toolchainStateText(toolchain)}. Click to choose another target.`;
      item.accessibilityInformation = { label: `Crossbow target ${name}, ${toolchainStateText(toolchain)}` };
    }
  };
  update();
  item.show();
  return vscode.Disposable.from(item, session.onDidChange(update));
}
