import * as vscode from 'vscode';

export type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/**
 * Jobs of one kind that run in this window, each with a notification. One is cancelled by that, by its caller's signal,
 * or by what it is of.
 */
export class RunningJobs<T> {
  readonly #running = new Map<AbortController, T>();

  async run<R>(
    of: T,
    title: string,
    caller: AbortSignal,
    work: (progress: Progress, signal: AbortSignal) => Promise<R>,
  ): Promise<R> {
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort();
    };
    if (caller.aborted) {
      abort();
    }
    caller.addEventListener('abort', abort, { once: true });
    this.#running.set(controller, of);
    try {
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title, cancellable: true },
        (progress, token) => {
          token.onCancellationRequested(abort);
          return work(progress, controller.signal);
        },
      );
    } finally {
      this.#running.delete(controller);
      caller.removeEventListener('abort', abort);
    }
  }

  cancel(isMeant: (of: T) => boolean): void {
    for (const [controller, of] of this.#running) {
      if (isMeant(of)) {
        controller.abort();
      }
    }
  }
}
