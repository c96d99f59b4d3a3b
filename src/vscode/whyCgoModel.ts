import * as vscode from 'vscode';
import type { WhyCgo } from '../core/insight/whyCgo/whyCgo.js';
import { choiceKey, type TargetChoice } from '../core/target/targetChoice.js';
import type { Session } from './session.js';

/** The answer for the active target, as far as it is known. */
export type WhyCgoState =
  /** There is nothing to ask: no target is active, or the workspace is not trusted. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking'; readonly choice: TargetChoice }
  | { readonly kind: 'answered'; readonly choice: TargetChoice; readonly answer: WhyCgo };

/** Files whose change may change the answer: what go takes into packages, and what makes them modules. */
const sources = '**/{*.{go,c,cc,cpp,cxx,m,f90,h,hh,hpp,s,S,swig,swigcxx,syso},go.mod,go.sum,go.work}';

/**
 * Asks why cgo for the active target, once somebody looks: the view or a lens. Nothing is asked in a workspace that is
 * not trusted, and nothing is downloaded.
 */
export class WhyCgoModel implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #owned: vscode.Disposable;
  #state: WhyCgoState = { kind: 'idle' };
  #wanted = false;
  #active: string | undefined;
  #asking = false;
  /** What changed while an answer was found asks for another one, and many changes for no more than one. */
  #again = false;
  /** A source changed, perhaps before the state was noted that the last answer is remembered with. */
  #stale = false;

  constructor(
    private readonly session: Session,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#active = this.#key();
    const watcher = vscode.workspace.createFileSystemWatcher(sources);
    const refresh = (): void => {
      this.refresh();
    };
    const changed = (): void => {
      this.#stale = true;
      this.refresh();
    };
    this.#owned = vscode.Disposable.from(
      session.onDidChange(() => {
        const key = this.#key();
        if (key !== this.#active) {
          this.#active = key;
          refresh();
        }
      }),
      session.onDidLearn(refresh),
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
    );
  }

  dispose(): void {
    this.#owned.dispose();
    this.#changed.dispose();
  }

  get state(): WhyCgoState {
    return this.#state;
  }

  /** From the first call on the answer is kept up to date. */
  want(): void {
    if (!this.#wanted) {
      this.#wanted = true;
      this.refresh();
    }
  }

  /** Asks again; what is known stays in sight meanwhile, if it is for the same target. */
  refresh(): void {
    if (!this.#wanted) return;
    if (this.#asking) this.#again = true;
    else void this.#ask();
  }

  #key(): string | undefined {
    const { active } = this.session;
    return vscode.workspace.isTrusted && active !== undefined ? choiceKey(active) : undefined;
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    do {
      const fresh = this.#stale || this.#again;
      this.#again = false;
      this.#stale = false;
      const choice = vscode.workspace.isTrusted ? this.session.active : undefined;
      if (choice === undefined) {
        this.#set({ kind: 'idle' });
      } else {
        if (this.#state.kind === 'idle' || choiceKey(this.#state.choice) !== choiceKey(choice)) {
          this.#set({ kind: 'asking', choice });
        }
        const answer = await this.#answer(choice, fresh);
        if (this.#key() === choiceKey(choice)) this.#set({ kind: 'answered', choice, answer });
      }
      // The answer may be of sources as they were when the change came.
    } while (this.#mustAskAgain());
    this.#asking = false;
  }

  #mustAskAgain(): boolean {
    return this.#again;
  }

  async #answer({ target }: TargetChoice, fresh: boolean): Promise<WhyCgo> {
    try {
      const { crossbow } = await this.session.engine();
      const { packages } = await this.session.discover();
      return await crossbow.whyCgo(target, packages, {
        ...this.session.options(),
        offline: true,
        fresh,
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.log.error(`Why cgo: ${message}`);
      return { kind: 'unknown', target, message };
    }
  }

  #set(state: WhyCgoState): void {
    this.#state = state;
    this.#changed.fire();
  }
}
