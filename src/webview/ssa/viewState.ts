import type { SsaDump } from '../../core/ssa/model.js';
import type { Selection } from '../../core/ssa/view/selection.js';

/** How the view is looked at; what the editor keeps of it over a reload. */
export interface ViewState {
  /** The pass before and the pass after, which are told apart. */
  readonly left: number;
  readonly right: number;
  /** False: `left` is the pass before `right`, and goes along. */
  readonly pinned: boolean;
  readonly selection: Selection;
  /** Whose ids the selection means. */
  readonly side: SideName;
  readonly columns: ColumnsShown;
  /** What is searched for, as it was typed, and whether only that is shown. */
  readonly query: string;
  readonly onlyFound: boolean;
  /** The target that it is compared with, as it was chosen. */
  readonly compared?: string;
  /** Shares of the width, by column. */
  readonly widths: Readonly<Record<ColumnName, number>>;
}

/** The dump that the view is about, or the one that it is compared with. */
export type SideName = 'one' | 'other';

export type ColumnName = 'source' | 'ast' | 'left' | 'right' | 'graph' | 'code' | 'otherCode';

export type ColumnsShown = Readonly<Record<ColumnName, boolean>>;

/** One state that all parts of the view show, and who wants to know of it. */
export interface Store {
  readonly state: ViewState;
  /** `from` is the part that made the change, which needs no scrolling to it. */
  update(change: Partial<ViewState>, from?: string): void;
  onChange(listener: (state: ViewState, before: ViewState, from: string | undefined) => void): void;
}

export function createStore(initial: ViewState): Store {
  let state = initial;
  const listeners: ((state: ViewState, before: ViewState, from: string | undefined) => void)[] = [];
  return {
    get state() {
      return state;
    },
    update(change, from) {
      const before = state;
      state = { ...state, ...change };
      for (const listener of listeners) listener(state, before, from);
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

/** What was looked at before a reload, where the dump still has it; else the first pass that rewrites. */
export function startState({ passes }: SsaDump, kept: ViewState | undefined, isCompared: boolean): ViewState {
  const last = passes.length - 1;
  const opt = passes.findIndex((it) => it.name === 'opt');
  const right = opt > 0 ? opt : Math.min(1, last);
  const fresh: ViewState = {
    left: Math.max(0, right - 1),
    right,
    pinned: false,
    selection: { kind: 'none' },
    side: 'one',
    // Beside an editor there is little room, and the source is there already.
    columns: {
      source: window.innerWidth > 900,
      ast: false,
      left: true,
      right: true,
      graph: false,
      code: true,
      otherCode: true,
    },
    widths: { source: 22, ast: 24, left: 28, right: 28, graph: 36, code: 22, otherCode: 22 },
    query: '',
    onlyFound: false,
  };
  if (kept === undefined || kept.right > last) return fresh;
  const columns = { ...fresh.columns, ...kept.columns };
  if (isCompared) return { ...fresh, ...kept, columns };
  // Without the other dump nothing of it can be selected, and what is on the left is a pass of this one.
  const left = kept.pinned && kept.left <= last ? kept.left : Math.max(0, kept.right - 1);
  const gone: Partial<ViewState> = kept.side === 'other' ? { side: 'one', selection: { kind: 'none' } } : {};
  return { ...fresh, ...kept, columns, left, ...gone };
}
