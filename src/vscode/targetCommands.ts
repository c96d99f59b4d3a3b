import * as vscode from 'vscode';
import type { BuildRequest } from '../core/build/build.js';
import { choiceKey, choiceName, sameChoice, type TargetChoice } from '../core/target/targetChoice.js';
import { targetId } from '../core/target/target.js';
import type { TargetNode } from '../core/target/targetTree.js';
import type { BuildJob } from './buildJob.js';
import { packageTask, type RunDefinition } from './buildTask.js';
import { changeConfig } from './configFile.js';
import { packageToBuild } from './packagePicker.js';
import type { Session } from './session.js';
import { pickTarget } from './targetPicker.js';

/** What the commands of a target's row do; also called from the palette, where no row is given. */
export interface TargetCommands {
  readonly build: (node?: TargetNode) => Promise<void>;
  readonly buildPinned: () => Promise<void>;
  readonly cancel: (node?: TargetNode) => void;
  readonly select: () => Promise<void>;
  readonly setActive: (node?: TargetNode) => Promise<void>;
  readonly pin: (node?: TargetNode) => Promise<void>;
  readonly unpin: (node?: TargetNode) => Promise<void>;
  readonly copyCommand: (node?: TargetNode) => Promise<void>;
}

/** Makes the commands of targets. */
export function createTargetCommands(session: Session, job: BuildJob, run: RunDefinition): TargetCommands {
  const start = async (choices: readonly TargetChoice[]): Promise<void> => {
    const picked = await packageToBuild(session);
    if (picked === undefined) {
      return;
    }
    const mainPackage = picked.kind === 'one' ? picked.package : undefined;
    for (const choice of choices) {
      await vscode.tasks.executeTask(packageTask(run, choice, mainPackage));
    }
  };
  const select = async (): Promise<TargetChoice | undefined> => {
    const choice = await pickTarget(session, 'Active target');
    if (choice !== undefined) {
      session.setActive(choice);
    }
    return choice;
  };
  const setPins = async (keys: readonly string[]): Promise<void> => {
    if (session.configFile !== undefined) {
      await changeConfig(session, session.configFile.path, [{ path: ['pinned'], value: keys }]);
      session.probeAgain(false);
    } else {
      session.setPinned(keys);
    }
  };
  return {
    async build(node) {
      const choice = node?.choice ?? session.active ?? (await select());
      if (choice !== undefined) {
        await start([choice]);
      }
    },
    async buildPinned() {
      await start(session.state.pinned);
    },
    cancel(node) {
      if (node === undefined) {
        session.state.running.forEach((it) => {
          job.cancel(targetId(it.target));
        });
      } else {
        job.cancel(targetId(node.choice.target));
      }
    },
    async select() {
      await select();
    },
    async setActive(node) {
      if (node === undefined) {
        await select();
      } else {
        session.setActive(node.choice);
      }
    },
    async pin(node) {
      const choice = node?.choice ?? (await pickTarget(session, 'Pin a target'));
      if (choice !== undefined && !session.state.pinned.some((it) => sameChoice(it, choice))) {
        await setPins([...session.pinnedKeys, choiceKey(choice)]);
      }
    },
    async unpin(node) {
      if (node === undefined) {
        return;
      }
      const before = session.pinnedKeys;
      await setPins(
        before.filter((key) => {
          const pinned = session.choice(key);
          return pinned === undefined || !sameChoice(pinned, node.choice);
        }),
      );
      const message = `Unpinned ${choiceName(node.choice)}`;
      void vscode.window.showInformationMessage(message, 'Undo').then(async (answer) => {
        if (answer === 'Undo') {
          await setPins(before);
        }
      });
    },
    async copyCommand(node) {
      const choice = node?.choice ?? session.active ?? (await select());
      const picked = choice === undefined ? undefined : await packageToBuild(session);
      if (choice === undefined || picked === undefined) {
        return;
      }
      const packages = picked.kind === 'one' ? [picked.package] : (await session.discover()).packages;
      const engine = await session.engine();
      const lines = await Promise.all(
        packages.map(async (it) => {
          const { root, config } = await session.settingsOf(it);
          const request: BuildRequest = { target: choice.target, package: it, root };
          return engine.crossbow.shellCommand(request, { ...session.options(), config });
        }),
      );
      await vscode.env.clipboard.writeText(lines.join('\n'));
      vscode.window.setStatusBarMessage(`$(check) Copied the build command for ${choiceName(choice)}`, 4000);
    },
  };
}
