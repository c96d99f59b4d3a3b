import * as vscode from 'vscode';
import type { BuildResult } from '../core/build/build.js';
import { fixInLine } from '../core/build/terminalText.js';
import type { Fix } from '../core/diagnosis/diagnosis.js';
import { targetId } from '../core/target/target.js';
import type { BuildOrigin } from './buildProblems.js';
import { internalCommands, taskType } from './contributions.js';

/** A fix that a terminal names. */
class FixLink extends vscode.TerminalLink {
  constructor(
    start: number,
    readonly fix: Fix,
    readonly origin: BuildOrigin,
  ) {
    const tooltip = fix.edit.kind === 'none' ? 'Show what to do' : 'Apply this fix and build again';
    super(start, fix.title.length, tooltip);
  }
}

/** Fixes as links, in the terminals of our tasks. */
export interface FixLinks {
  readonly dispose: () => void;
  /** What the terminal of a build says from now on; a build that passed has no fixes. */
  readonly set: (result: BuildResult, origin: BuildOrigin) => void;
}

/**
 * Makes the fixes that a failed build prints into links that do what the light bulb does. A line is known by its words:
 * VS Code does not say which task a terminal is of, but names it after the task.
 */
export function createFixLinks(): FixLinks {
  const taskNames = new Set<string>();
  let failures: readonly {
    readonly key: string;
    readonly fixes: readonly Fix[];
    readonly origin: BuildOrigin;
  }[] = [];

  const provider: vscode.TerminalLinkProvider<FixLink> = {
    provideTerminalLinks({ line, terminal }) {
      const named = fixInLine(line);
      if (named === undefined || ![...taskNames].some((it) => terminal.name.includes(it))) {
        return [];
      }
      for (const { fixes, origin } of failures) {
        const fix = fixes.find((it) => it.title === named.title);
        if (fix !== undefined) {
          return [new FixLink(named.start, fix, origin)];
        }
      }
      return [];
    },
    async handleTerminalLink({ fix, origin }) {
      await vscode.commands.executeCommand(internalCommands.applyFix, fix, origin);
    },
  };
  const listeners = vscode.Disposable.from(
    vscode.window.registerTerminalLinkProvider(provider),
    vscode.tasks.onDidStartTask(({ execution: { task } }) => {
      if (task.definition.type === taskType) {
        taskNames.add(task.name);
      }
    }),
  );

  return {
    set(result, origin) {
      if (result.outcome === 'cancelled') {
        return;
      }
      const key = `${targetId(result.target)} ${result.importPath}`;
      const fixes = result.diagnoses.flatMap((it) => it.fixes);
      // The newest first: of two fixes of one name it is the one that is looked at.
      failures = [{ key, fixes, origin }, ...failures.filter((it) => it.key !== key)];
    },
    dispose() {
      listeners.dispose();
    },
  };
}
