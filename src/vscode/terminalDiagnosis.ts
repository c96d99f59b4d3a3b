import * as vscode from 'vscode';
import type { LogReader } from '../core/crossbow.js';
import { parseBuildCommand, type BuildCommand } from '../core/diagnosis/command/parseBuildCommand.js';
import type { TypedBuild } from '../core/diagnosis/command/passedSince.js';
import { commandTarget } from '../core/diagnosis/command/commandTarget.js';
import { hostGoos } from '../core/build/buildEnvironment.js';
import { targetId } from '../core/target/target.js';
import { readSetting } from './settings.js';
import type { LogProblems } from './logProblems.js';
import { createOffers } from './logOffers.js';
import type { Session } from './session.js';
import { createTaskBook, taskEnvironment, type TaskBook } from './taskBook.js';

/** A program that takes the whole screen prints no log. */
const fullScreen = /\x1b\[\?(?:1049|1047|47)h/;

/** Ended by the person: says nothing about the build (128 + SIGINT, and Windows's STATUS_CONTROL_C_EXIT). */
const interrupted = new Set([130, -1073741510, 3221225786]);

/** What is known of a command that runs. */
interface Running {
  readonly command: BuildCommand;
  readonly read: Promise<LogReader | undefined>;
}

/**
 * Diagnoses builds in integrated terminals: what a person types, and tasks of tasks.json, whose terminals report the
 * same events (of type `shell` and `process` alike). Nothing is run again: the output is read while it appears.
 */
export function registerTerminalDiagnosis(
  session: Session,
  problems: LogProblems,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const running = new WeakMap<vscode.TerminalShellExecution, Running>();
  const tasks = createTaskBook();

  const started = ({ execution }: vscode.TerminalShellExecutionStartEvent): void => {
    if (!readSetting('diagnostics.enabled', true) || !readSetting('diagnostics.terminals', true)) {
      return;
    }
    const command = parseBuildCommand(execution.commandLine.value);
    if (command !== undefined && execution.cwd?.scheme !== 'vscode-vfs') {
      // Now, not later: what was printed before the first reading is lost.
      running.set(execution, { command, read: readLog(session, tasks, execution, command) });
    }
  };

  const ended = async ({
    execution,
    exitCode,
    terminal,
  }: vscode.TerminalShellExecutionEndEvent): Promise<void> => {
    const run = running.get(execution);
    running.delete(execution);
    if (run === undefined || exitCode === undefined || interrupted.has(exitCode)) {
      return;
    }
    const task = tasks.taskOf(terminal.name, execution.commandLine.value);
    const build = await describe(session, run.command, execution.cwd, taskEnvironment(task));
    if (build === undefined) {
      return;
    }
    if (exitCode === 0) {
      problems.passed(build);
      return;
    }
    const reader = await run.read;
    if (reader === undefined) {
      return;
    }
    const context = { build, terminal, task, line: execution.commandLine.value };
    const { of, options } = await createOffers(session, context);
    const diagnoses = await reader.end(options);
    problems.failed({
      ...build,
      diagnoses: diagnoses.map((diagnosis) => ({ diagnosis, offers: of(diagnosis) })),
    });
  };

  return vscode.Disposable.from(
    tasks,
    vscode.window.onDidStartTerminalShellExecution(started),
    vscode.window.onDidEndTerminalShellExecution((event) => {
      ended(event).catch((error: unknown) => {
        log.error(`Terminal: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      });
    }),
  );
}

/** Feeds the engine as the output comes. Undefined for a program that takes the whole screen. */
async function readLog(
  session: Session,
  tasks: TaskBook,
  execution: vscode.TerminalShellExecution,
  command: BuildCommand,
): Promise<LogReader | undefined> {
  let reader: LogReader | undefined;
  let last = '';
  for await (const piece of execution.read()) {
    if (fullScreen.test(last + piece)) {
      return undefined;
    }
    last = piece.slice(-8);
    if (reader === undefined) {
      const engine = await session.engine();
      const host = { goos: hostGoos(engine.host), goarch: engine.host.goarch };
      const env = taskEnvironment(tasks.runningTask(execution.commandLine.value));
      const whole = { ...command, env: { ...env, ...command.env } };
      reader = engine.crossbow.readLog(commandTarget(whole, host, session.state.catalogue));
    }
    reader.feed(piece);
  }
  return reader;
}

/** Where a build ran and for what, by its command line and the variables that its task gives it. */
async function describe(
  session: Session,
  command: BuildCommand,
  cwd: vscode.Uri | undefined,
  env: Readonly<Record<string, string>>,
): Promise<TypedBuild | undefined> {
  const start = cwd ?? session.root;
  if (start === undefined) {
    return undefined;
  }
  const { host } = await session.engine();
  const whole = { ...command, env: { ...env, ...command.env } };
  const directory = command.directories.reduce(
    (folder, next) =>
      host.isAbsolute(next)
        ? host.join(next)
        : host.join(folder, next.replace(/^~(?=$|[\\/])/, host.homeDirectory)),
    start.fsPath,
  );
  const target = commandTarget(whole, { goos: hostGoos(host), goarch: host.goarch }, session.state.catalogue);
  return { command: whole, directory, target: target === undefined ? undefined : targetId(target) };
}
