import * as vscode from 'vscode';
import type { RecipeEvent, RecipeResult } from '../core/recipe/recipeRun.js';
import { lastRun, type LastRun } from '../core/recipe/recipeStatus.js';

/** Characters that are kept of what a step printed: the end, where the reason is. */
const keptLog = 64 * 1024;

/** What the steps of recipes printed, and how the last runs ended; kept across reloads in the workspace's storage. */
export class RecipeLogs implements vscode.Disposable {
  readonly #logs = new Map<string, Map<string, string>>();

  readonly #changed = new vscode.EventEmitter<void>();
  /** Something was printed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly storage: vscode.Uri | undefined) {}

  dispose(): void {
    this.#changed.dispose();
  }

  /** Commands of a step and what they printed, as far as it is known. */
  async of(id: string, step: string): Promise<string> {
    const now = this.#logs.get(id)?.get(step);
    return now ?? (await this.last(id))?.steps.find((it) => it.id === step)?.log ?? '';
  }

  event(id: string, event: RecipeEvent): void {
    switch (event.kind) {
      case 'step':
        if (event.state === 'running') {
          this.#logsOf(id).set(event.step, '');
        }
        break;
      case 'command':
        this.#add(id, event.step, `$ ${event.line}\n`);
        break;
      case 'output':
        this.#add(id, event.step, event.text);
        break;
      case 'planned':
      case 'waiting':
      case 'progress':
        break;
    }
  }

  /** Keeps how a run ended. A run that could not begin tells nothing of its steps. */
  async ended(id: string, result: RecipeResult): Promise<void> {
    if (result.steps.length === 0) {
      return;
    }
    const before = await this.last(id);
    const logs = this.#logs.get(id);
    const run = lastRun(
      result,
      Date.now(),
      (step) => logs?.get(step) ?? before?.steps.find((it) => it.id === step)?.log ?? '',
    );
    const file = this.#file(id);
    if (file !== undefined) {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(run)));
    }
  }

  /** How the last run of this id ended that a window of this workspace made. */
  async last(id: string): Promise<LastRun | undefined> {
    const file = this.#file(id);
    if (file === undefined) {
      return undefined;
    }
    try {
      return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) as LastRun;
    } catch {
      // Not there yet, or cut off by a crash: then nothing is known of it.
      return undefined;
    }
  }

  #add(id: string, step: string, text: string): void {
    const logs = this.#logsOf(id);
    const log = (logs.get(step) ?? '') + text;
    logs.set(step, log.length > 2 * keptLog ? log.slice(-keptLog) : log);
    this.#changed.fire();
  }

  #logsOf(id: string): Map<string, string> {
    const known = this.#logs.get(id) ?? new Map<string, string>();
    this.#logs.set(id, known);
    return known;
  }

  #file(id: string): vscode.Uri | undefined {
    if (this.storage === undefined) {
      return undefined;
    }
    const name = Buffer.from(id).toString('base64url');
    return vscode.Uri.joinPath(this.storage, 'recipes', `${name}.json`);
  }
}
