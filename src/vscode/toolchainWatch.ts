import * as vscode from 'vscode';
import { targetId, type Target } from '../core/target/target.js';
import type { ToolchainKnowledge } from '../core/target/targetTree.js';
import type { ToolchainReport } from '../core/toolchain/toolchain.js';

/** How hard to look: `fresh` asks again even where the outcome is cached, `patient` waits for slow compilers, too. */
export interface LookOptions {
  readonly fresh: boolean;
  readonly patient: boolean;
}

/** Looks for a target's toolchains. */
export type LookForToolchains = (target: Target, options: LookOptions) => Promise<ToolchainReport>;

/** Probes at once: the editor and the build want the processor too. */
const parallelProbes = 3;

/** Owns what is known of C toolchains, and the queue of probes that run in the background. */
export class ToolchainWatch implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #known = new Map<string, ToolchainKnowledge>();
  /** Targets that were looked at patiently: there is no more to find out. */
  readonly #settled = new Set<string>();
  #waiting: ({ readonly target: Target } & LookOptions)[] = [];
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

  /**
   * Asks for targets in the background; what is known or under way is not asked again, but patiently where it was
   * asked in passing before and nothing proven was found.
   */
  ask(targets: readonly Target[], patient: boolean): void {
    for (const target of targets) {
      const id = targetId(target);
      const known = this.#known.get(id);
      const open = known?.kind === 'known' && known.report.chosen === undefined && !this.#settled.has(id);
      if (known === undefined || (patient && open)) {
        this.#enqueue(target, { fresh: false, patient });
      }
    }
    this.#start();
  }

  /** Asks again for what was asked so far, and for more; rows show the old outcome until the new one is there. */
  askAgain(more: readonly Target[], fresh: boolean): void {
    const asked = [...this.#known.values()].flatMap((it) => (it.kind === 'known' ? [it.report.target] : []));
    const patient = new Set(more.map(targetId));
    for (const target of new Map([...asked, ...more].map((it) => [targetId(it), it])).values()) {
      this.#enqueue(target, { fresh, patient: patient.has(targetId(target)) });
    }
    this.#start();
  }

  #enqueue(target: Target, options: LookOptions): void {
    const id = targetId(target);
    const known = this.#known.get(id);
    if (this.#waiting.some((it) => targetId(it.target) === id)) {
      return;
    }
    const previous = known?.kind === 'known' ? known.report : known?.previous;
    this.#known.set(id, { kind: 'checking', ...(previous === undefined ? {} : { previous }) });
    this.#waiting.push({ target, ...options });
  }

  #start(): void {
    this.#changed.fire();
    this.#next();
  }

  /** The report for one target, now. */
  async report(target: Target): Promise<ToolchainReport> {
    const report = await this.look(target, { fresh: false, patient: true });
    this.#settled.add(targetId(target));
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
      void this.#probe(next.target, next).finally(() => {
        this.#probing--;
        this.#next();
      });
    }
  }

  async #probe(target: Target, options: LookOptions): Promise<void> {
    const id = targetId(target);
    try {
      this.#known.set(id, { kind: 'known', report: await this.look(target, options) });
      if (options.patient) {
        this.#settled.add(id);
      }
    } catch (error) {
      this.#known.delete(id);
      this.log.error(`Looking for C toolchains of ${id}: ${String(error)}`);
    }
    this.#changed.fire();
  }
}
