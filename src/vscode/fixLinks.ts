import * as vscode from 'vscode';
import { fixInLine } from '../core/build/terminalText.js';
import type { Diagnosis, Fix } from '../core/diagnosis/diagnosis.js';
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
  /** What the terminal of a build or a recipe says from now on; one that passed has no diagnoses. */
  readonly set: (diagnoses: readonly Diagnosis[], origin: BuildOrigin) => void;
}

/**
 * Makes the fixes that a failed build or recipe prints into links that do what the light bulb does. A line is known by its words:
 * VS Code does not say which task a terminal is of, but names it after the task.
 */
export function createFixLinks(): FixLinks {
  const taskNames = new Set<string>();
  let failures: readonly {
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
    set(diagnoses, origin) {
      const fixes = diagnoses.flatMap((it) => it.fixes);
      const isOther = (it: BuildOrigin): boolean =>
        it.name !== origin.name || it.configPath !== origin.configPath;
      // The newest first: of two fixes of one title it is the one that is looked at.
      failures = [{ fixes, origin }, ...failures.filter((it) => isOther(it.origin))];
    },
    dispose() {
      listeners.dispose();
    },
  };
}
