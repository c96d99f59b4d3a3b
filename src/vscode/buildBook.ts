import * as vscode from 'vscode';
import type { BuildResult } from '../core/build/build.js';
import { markStale, recordBuild, type BuildRecord, type RunningBuild } from '../core/build/buildHistory.js';
import { targetId, type Target } from '../core/target/target.js';

const historyKey = 'history';

/** Owns the builds of this workspace: those that run, and how the last ones ended, across reloads. */
export class BuildBook implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #built = new vscode.EventEmitter<BuildResult>();
  /** A build of this window passed: its artifacts are there. */
  readonly onDidBuild = this.#built.event;
  #history: readonly BuildRecord[];
  #running: readonly RunningBuild[] = [];

  constructor(private readonly memory: vscode.Memento) {
    this.#history = memory.get<BuildRecord[]>(historyKey) ?? [];
  }

  dispose(): void {
    this.#changed.dispose();
    this.#built.dispose();
  }

  get history(): readonly BuildRecord[] {
    return this.#history;
  }

  get running(): readonly RunningBuild[] {
    return this.#running;
  }

  /** Notes that a build is under way. */
  progress(build: RunningBuild): void {
    this.#running = [...this.#without(build.target, build.importPath), build];
    this.#changed.fire();
  }

  /** Notes how a build ended. */
  ended(result: BuildResult, device: string | undefined): void {
    this.#running = this.#without(result.target, result.importPath);
    this.set(recordBuild(this.#history, result, Date.now(), device));
    if (result.outcome === 'ok') {
      this.#built.fire(result);
    }
  }

  /** Forgets a build that never came to an end of its own. */
  gone(target: Target, importPath: string): void {
    this.#running = this.#without(target, importPath);
    this.#changed.fire();
  }

  sourcesChanged(): void {
    const marked = markStale(this.#history);
    if (marked !== this.#history) {
      this.set(marked);
    }
  }

  set(history: readonly BuildRecord[]): void {
    if (history !== this.#history) {
      this.#history = history;
      void this.memory.update(historyKey, history);
    }
    this.#changed.fire();
  }

  #without(target: Target, importPath: string): readonly RunningBuild[] {
    const id = targetId(target);
    return this.#running.filter((it) => it.importPath !== importPath || targetId(it.target) !== id);
  }
}
