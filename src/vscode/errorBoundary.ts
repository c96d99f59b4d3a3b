import * as vscode from 'vscode';
import { commands, type CommandId } from './contributions.js';

/** A tool that failed: an error that carries the command line and what it said. */
interface ToolError extends Error {
  readonly commandLine: string;
  readonly stderr: string;
}

/** Runs work that a person asked for; whatever it throws becomes one message and a line in the log. */
export async function guarded<T>(
  log: vscode.LogOutputChannel,
  title: string,
  work: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    void report(log, title, error);
    return undefined;
  }
}

/** Tells about a failure: cancellation is quiet, a failed tool shows its command line and its words. */
async function report(log: vscode.LogOutputChannel, title: string, error: unknown): Promise<void> {
  if (isCancellation(error)) {
    log.debug(`${title}: cancelled`);
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isToolError(error)) {
    log.error(`${title}: ${message}\n$ ${error.commandLine}\n${error.stderr}`);
  } else {
    log.error(`${title}: ${error instanceof Error ? (error.stack ?? message) : message}`);
  }
  const line = isToolError(error) ? lastLine(error.stderr) || message : message;
  const choice = await vscode.window.showErrorMessage(`${title}: ${line}`, 'Show log');
  if (choice === 'Show log') {
    await vscode.commands.executeCommand(commands.showLog);
  }
}

/** Registers commands, each behind the boundary. The table's type makes sure that none is forgotten. */
export function registerCommands(
  log: vscode.LogOutputChannel,
  table: Readonly<Record<CommandId, (row?: unknown) => unknown>>,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(table).map(([id, handler]) =>
      vscode.commands.registerCommand(id, (row?: unknown) => guarded(log, 'Crossbow', () => handler(row))),
    ),
  );
}

function isCancellation(error: unknown): boolean {
  return error instanceof vscode.CancellationError || (error instanceof Error && error.name === 'AbortError');
}

function isToolError(error: unknown): error is ToolError {
  return error instanceof Error && 'commandLine' in error && 'stderr' in error;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
