import * as vscode from 'vscode';
import type { MainPackage } from '../core/build/build.js';
import { selectPackages } from '../core/build/selectPackages.js';
import { emptyConfig } from '../core/config/config.js';
import type { LogReader } from '../core/crossbow.js';
import { correctCommand, environmentOfChanges } from '../core/diagnosis/command/correctCommand.js';
import type { TypedBuild } from '../core/diagnosis/command/passedSince.js';
import type { Diagnosis, Fix } from '../core/diagnosis/diagnosis.js';
import { choiceKey } from '../core/target/targetChoice.js';
import type { BuildOrigin } from './buildProblems.js';
import { taskName } from './buildTask.js';
import { internalCommands, taskType } from './contributions.js';
import { configFileName } from './engine.js';
import type { Offer } from './logProblems.js';
import type { Session } from './session.js';
import { mendTask, tasksFile } from './taskFix.js';

/** A build that ended badly, and where it was started from. */
interface FailedRun {
  readonly build: TypedBuild;
  readonly terminal: vscode.Terminal;
  /** The task of tasks.json that it was, if any. */
  readonly task: vscode.Task | undefined;
  readonly line: string;
}

interface Offers {
  /** What resolving the log's findings needs to know of the workspace. */
  readonly options: Parameters<LogReader['end']>[0];
  readonly of: (diagnosis: Diagnosis) => readonly Offer[];
}

/**
 * The fixes of a build that was not ours. crossbow.yaml does nothing to a typed `go build`, so a fix there builds the
 * same with Crossbow; beside it the command itself is mended: in tasks.json, or as a line in the terminal to be sent.
 */
export async function createOffers(session: Session, run: FailedRun): Promise<Offers> {
  const { build } = run;
  const { command, directory } = build;
  const engine = await session.engine();
  const { trusted } = session.options();
  // Listing packages runs go in the workspace.
  const known = trusted ? (await session.discover()).packages : [];
  const [pattern = '.'] = command.packages;
  const packages = selectPackages(pattern, known, directory, engine.host);
  const { config, configPath } = await settingsAt(session, packages[0], directory);
  const again = { packages, pattern: engine.host.join(directory, pattern), configPath };
  return {
    options: {
      config,
      trusted,
      directory,
      env: command.env,
      ...(command.packages.length === 1 && command.verb !== 'run' ? { pattern } : {}),
      ...(command.tags === undefined ? {} : { tags: command.tags }),
    },
    of: (diagnosis) => {
      const origin = originOf(session, run, diagnosis, again);
      return diagnosis.fixes.flatMap((fix, index) => {
        const mend = index === 0 ? mendOffer(session, run, fix) : undefined;
        const preferred = index === 0 && fix.edit.kind === 'config';
        const ours =
          origin === undefined && fix.edit.kind !== 'none'
            ? []
            : [
                {
                  title:
                    fix.edit.kind === 'config'
                      ? `${fix.title} (${configFileName}) and build with Crossbow`
                      : fix.title,
                  preferred: preferred && run.task === undefined,
                  command: internalCommands.applyFix,
                  arguments: [fix, origin],
                },
              ];
        if (mend === undefined) {
          return ours;
        }
        return run.task === undefined ? [...ours, mend] : [{ ...mend, preferred }, ...ours];
      });
    },
  };
}

async function settingsAt(
  session: Session,
  mainPackage: MainPackage | undefined,
  directory: string,
): Promise<Pick<BuildOrigin, 'configPath'> & { readonly config: typeof emptyConfig }> {
  if (mainPackage !== undefined) {
    return session.settingsOf(mainPackage);
  }
  const engine = await session.engine();
  const file = await engine.findConfig(directory, session.state.catalogue);
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory))?.uri.fsPath ?? directory;
  return {
    config: file?.config ?? emptyConfig,
    configPath: file?.path ?? engine.host.join(folder, configFileName),
  };
}

/** The Crossbow build that does what the failed command did; none where the target is not known. */
function originOf(
  session: Session,
  { build: { command, directory, target } }: FailedRun,
  diagnosis: Diagnosis,
  again: { readonly packages: readonly MainPackage[]; readonly pattern: string; readonly configPath: string },
): BuildOrigin | undefined {
  const spelling = target ?? diagnosis.target;
  const choice = spelling === undefined ? undefined : session.choice(spelling);
  if (choice === undefined) {
    return undefined;
  }
  const [only] = again.packages.length === 1 ? again.packages : [];
  const cgo = command.env['CGO_ENABLED'];
  return {
    definition: {
      type: taskType,
      package: only?.importPath ?? again.pattern,
      target: choiceKey(choice),
      ...(cgo === '1' ? { cgo: 'on' } : {}),
      ...(command.tags === undefined ? {} : { tags: [...command.tags] }),
    },
    folder: vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory)),
    choice,
    configPath: again.configPath,
    name: taskName(only?.name, choice.target),
  };
}

function mendOffer(session: Session, run: FailedRun, fix: Fix): Offer | undefined {
  const env = fix.edit.kind === 'config' ? environmentOfChanges(fix.edit.changes) : undefined;
  if (env === undefined) {
    return undefined;
  }
  const settings = Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  const offer = (title: string, mend: () => Promise<void> | void): Offer => ({
    title,
    preferred: false,
    command: internalCommands.mendCommand,
    arguments: [mend],
  });
  const { task, terminal, line } = run;
  if (task !== undefined) {
    return tasksFile(task) === undefined
      ? undefined
      : offer(`Set ${settings} for the task "${task.name}" (tasks.json) and run it again`, () =>
          mendTask(session, task, env),
        );
  }
  const corrected = correctCommand(line, env, terminal.state.shell);
  if (corrected === undefined || corrected === line) {
    return undefined;
  }
  return offer(`Type the command with ${settings} into the terminal`, () => {
    terminal.show();
    terminal.sendText(corrected, false);
  });
}
