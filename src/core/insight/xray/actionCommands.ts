import { formatShellWords } from '../../build/shellCommand.js';
import type { XrayProcess } from './xray.js';

/** A command that Go ran for an action. */
export interface ActionCommand {
  /** As a shell reads it. */
  readonly line: string;
  readonly time?: XrayProcess['time'];
}

/** The commands of an action; what they started themselves is not among them. `platform` decides whose quoting it is. */
export function actionCommands(
  root: XrayProcess,
  action: number,
  platform: string,
): readonly ActionCommand[] {
  return root.children.flatMap((it) => {
    if (it.action !== action) return actionCommands(it, action, platform);
    const line = formatShellWords(it.words, platform);
    return [it.time === undefined ? { line } : { line, time: it.time }];
  });
}
