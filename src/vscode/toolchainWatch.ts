import * as vscode from 'vscode';
import { targetId, type Target } from '../core/target/target.js';
import type { ToolchainKnowledge } from '../core/target/targetTree.js';
import type { ToolchainReport } from '../core/toolchain/toolchain.js';

/** Looks for a target's toolchains; `fresh` asks again even where the outcome is cached. */
export type LookForToolchains = (target: Target, fresh: boolean) => Promise<ToolchainReport>;

/** Probes at once: the editor and the build want the processor too. */
const parallelProbes = 3;

/** Owns what is known of C toolchains, and the queue of probes that run in the background. */
export class ToolchainWatch implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #known = new Map<string, ToolchainKnowledge>();
  #waiting: { readonly target: Target; readonly fresh: boolean }[] = [];
  #probing = 0;

  constructor(
    private readonly look: LookForToolchains,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  dispose(): void {
    this.#waiting = [];
    this.#changed.dispose();
  }

  /** By target id. */
  get known(): ReadonlyMap<string, ToolchainKnowledge> {
    return this.#known;
  }

  /** Asks for targets in the background; what is known or under way is not asked again. */
  ask(targets: readonly Target[]): void {
    for (const target of targets) {
      if (!this.#known.has(targetId(target))) {
        this.#enqueue(target, false);
      }
    }
    this.#start();
  }

  /** Asks again for what was asked so far, and for more; rows show the old outcome until the new one is there. */
  askAgain(more: readonly Target[], fresh: boolean): void {
    const asked = [...this.#known.values()].flatMap((it) => (it.kind === 'known' ? [it.report.target] : []));
    for (const target of new Map([...asked, ...more].map((it) => [targetId(it), it])).values()) {
      this.#enqueue(target, fresh);
    }
    this.#start();
  }

  #enqueue(target: Target, fresh: boolean): void {
    const id = targetId(target);
    const known = this.#known.get(id);
    if (this.#waiting.some((it) => targetId(it.target) === id)) {
      return;
    }
    const previous = known?.kind === 'known' ? known.report : known?.previous;
    this.#known.set(id, { kind: 'checking', ...(previous === undefined ? {} : { previous }) });
    this.#waiting.push({ target, fresh });
  }

  #start(): void {
    this.#changed.fire();
    this.#next();
  }

  /** The report for one target, now. */
  async report(target: Target): Promise<ToolchainReport> {
    const report = await this.look(target, false);
    this.#known.set(targetId(target), { kind: 'known', report });
    this.#changed.fire();
    return report;
  }

  #next(): void {
    while (this.#probing < parallelProbes) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        return;
      }
      this.#probing++;
      void this.#probe(next.target, next.fresh).finally(() => {
        this.#probing--;
        this.#next();
      });
    }
  }

  async #probe(target: Target, fresh: boolean): Promise<void> {
    const id = targetId(target);
    try {
      this.#known.set(id, { kind: 'known', report: await this.look(target, fresh) });
    } catch (error) {
      this.#known.delete(id);
      this.log.error(`Looking for C toolchains of ${id}: ${String(error)}`);
    }
    this.#changed.fire();
  }
}
