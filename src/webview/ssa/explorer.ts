import { entry } from '../../core/ssa/entry.js';
import { alignPasses } from '../../core/ssa/compareDumps.js';
import { blocksOf } from '../../core/ssa/passDiff.js';
import type { PassChanges } from '../../core/ssa/passChanges.js';
import { noMarks } from '../../core/ssa/view/diffMarks.js';
import type { Selection } from '../../core/ssa/view/selection.js';
import { placeOfSelection } from '../../core/ssa/view/translateSelection.js';
import type { SourcePlace } from '../../protocol/ssa.js';
import { element } from '../element.js';
import { createAstColumn } from './astColumn.js';
import { columnsRow } from './columnsRow.js';
import { createDetails } from './details.js';
import { createGraphView } from './graphView.js';
import { createHeader, type HeaderActions } from './header.js';
import { lineNotes } from './lineNotes.js';
import { createPassColumn } from './passColumn.js';
import { createPassStrip, passTitle } from './passStrip.js';
import { createSearchBar } from './searchBar.js';
import type { Sides } from './sides.js';
import { createCodeColumn, createSourceColumn } from './textColumns.js';
import { createStore, startState, type ColumnName, type SideName, type ViewState } from './viewState.js';

export interface Explorer {
  readonly element: HTMLElement;
  /** Selects the line that the cursor of an editor went to, where the dump knows it. */
  follow(place: SourcePlace): void;
  readonly state: ViewState;
}

interface ExplorerOptions {
  readonly sides: Sides;
  /** How it was looked at before. */
  readonly kept: ViewState | undefined;
  readonly actions: HeaderActions;
  onState(state: ViewState): void;
  onReveal(place: SourcePlace, focus: boolean): void;
  readonly onFailure: (error: unknown) => void;
}

/** The view of a dump, or of two: strip of passes, columns, details; all show one state. */
export function showExplorer(options: ExplorerOptions): Explorer {
  const { sides, kept, actions, onFailure } = options;
  const { one, other } = sides;
  const { dump } = one.model;
  const store = createStore(startState(dump, kept, other !== undefined));
  let marks = noMarks;
  let changes: readonly PassChanges[] = [];

  // The other dump has passes of its own: beside a pass stands the one of the same name, or the last before it.
  const aligned = other === undefined ? [] : alignPasses(dump, other.model.dump);
  const beside = (pass: number): number => {
    if (other === undefined) return Math.max(0, pass - 1);
    const upTo = aligned.slice(0, aligned.findIndex((it) => it.one === pass) + 1);
    return upTo.findLast((it) => it.other !== undefined)?.other ?? 0;
  };
  const showPass = (right: number): void => {
    const { pinned, left } = store.state;
    store.update({ right, left: pinned && other === undefined ? left : beside(right) });
  };
  const sideOf = (name: SideName): typeof one => (name === 'other' ? (other ?? one) : one);
  const revealInEditor = (side: SideName, selection: Selection, focus: boolean): void => {
    const { model } = sideOf(side);
    const place = placeOfSelection(model, selection);
    const file = place === undefined ? undefined : model.dump.files[place.file];
    if (place !== undefined && file !== undefined) options.onReveal({ file, line: place.line }, focus);
  };
  const reactions = (from: string, side: SideName) => ({
    lit: () => sides.lit(side),
    onSelect: (selection: Selection) => {
      store.update({ selection, side }, from);
    },
    onOpen: (selection: Selection) => {
      revealInEditor(side, selection, true);
    },
  });

  const strip = createPassStrip(dump, showPass);
  const told = element('p', { class: 'told', role: 'status' });
  const finder = createSearchBar(one.model, store, {
    onHits: () => {
      left.show();
      right.show();
      strip.found(finder.counts());
    },
    onStep: (by) => {
      right.step(by);
    },
  });
  const leftSide: SideName = other === undefined ? 'one' : 'other';
  const passColumn = (name: 'left' | 'right', side: SideName, label: string) =>
    createPassColumn(sideOf(side).model, {
      ...reactions(name, side),
      name,
      label,
      pass: () => store.state[name],
      marks: () => marks[name].values,
      blockMarks: () => marks[name].blocks,
      found: () => ({
        hits: side === 'one' ? finder.hits() : undefined,
        only: side === 'one' && store.state.onlyFound,
      }),
      onPass: (pass) => {
        if (name === 'right') showPass(pass);
        else store.update({ left: pass, pinned: true });
      },
    });
  const left = passColumn('left', leftSide, other === undefined ? 'Pass before' : `Pass for ${other.title}`);
  const right = passColumn('right', 'one', other === undefined ? 'Pass after' : `Pass for ${one.title}`);
  const source = createSourceColumn(one.model, lineNotes(one.document), reactions('source', 'one'));
  const ast = createAstColumn(one.model, reactions('ast', 'one'));
  const code = createCodeColumn(one.model, other === undefined ? '' : one.title, reactions('code', 'one'));
  const otherCode =
    other === undefined
      ? undefined
      : createCodeColumn(other.model, other.title, reactions('otherCode', 'other'));
  const graph = createGraphView({
    onBlock: (id) => {
      store.update({ selection: { kind: 'block', id, pass: store.state.right }, side: 'one' }, 'graph');
    },
  });
  const onOnly = (query: string): void => {
    store.update({ query, onlyFound: true });
  };
  const details = {
    one: createDetails(one.model, { ...reactions('details', 'one'), onPass: showPass, onOnly }),
    other: createDetails(sideOf('other').model, {
      ...reactions('details', 'other'),
      onPass: (pass) => {
        store.update({ left: pass });
      },
      onOnly,
    }),
  };
  const detailsPlace = element('div', { class: 'details-place' }, details.one.element);
  const texts = [
    ['source', source],
    ['ast', ast],
    ['code', code],
    ...(otherCode === undefined ? [] : ([['otherCode', otherCode]] as const)),
  ] as const;

  const tell = (): void => {
    told.textContent = passTitle(dump, store.state.right, changes[store.state.right]);
  };
  const compare = (): void => {
    marks = noMarks;
    if (other !== undefined) return;
    const { left: from, right: to } = store.state;
    one.analysis
      .ask('diff', { from, to })
      .then((found) => {
        if (store.state.left !== from || store.state.right !== to) return;
        marks = found;
        left.refresh();
        right.refresh();
      })
      .catch(onFailure);
  };
  const drawFlow = (): void => {
    const { right: pass, columns } = store.state;
    if (!columns.graph) return;
    one.analysis
      .ask('flow', { pass })
      .then((picture) => {
        if (store.state.right !== pass) return;
        graph.show(picture, entry(dump.passes, pass).name);
        markFlow();
      })
      .catch(onFailure);
  };
  /** The selected block, and the blocks that hold what is lit. */
  const markFlow = (): void => {
    const { selection, right: pass, columns } = store.state;
    if (!columns.graph) return;
    const roles = sides.lit('one').values(pass);
    const lit = blocksOf(dump, pass)
      .filter(({ values }) => values.some((it) => roles.has(entry(dump.values, it).id)))
      .map((it) => it.id);
    graph.select(sides.lit('one').block(pass), new Set(lit));
    const [first] = lit;
    if (selection.kind === 'block') graph.reveal(selection.id);
    else if (first !== undefined) graph.reveal(first);
  };
  const showDetails = (): void => {
    const { selection, side } = store.state;
    const shown = details[side];
    shown.show(selection);
    detailsPlace.replaceChildren(shown.element);
    if (selection.kind !== 'value') return;
    sideOf(side)
      .analysis.ask('history', { id: selection.id, pass: selection.pass })
      .then((history) => {
        shown.tell(selection, history);
      })
      .catch(onFailure);
  };
  const showSelection = (state: ViewState, from: string | undefined): void => {
    sides.select(state.side, state.selection);
    for (const [name, column] of [
      ['left', left],
      ['right', right],
    ] as const) {
      column.reveal(state.selection, from === name ? 'nearest' : 'center');
      column.refresh();
    }
    for (const [name, column] of texts) {
      if (!state.columns[name]) continue;
      if (from !== name) column.reveal('center');
      column.list.refresh();
    }
    markFlow();
    showDetails();
    if (from !== 'cursor') revealInEditor(state.side, state.selection, false);
  };

  store.onChange((state, before, from) => {
    if (state.left !== before.left || state.right !== before.right) {
      strip.show(state.left, state.right);
      compare();
      if (state.left !== before.left) left.show();
      if (state.right !== before.right) right.show();
      drawFlow();
      tell();
    }
    if (state.columns.graph && !before.columns.graph) drawFlow();
    if (state.columns !== before.columns)
      for (const [name, column] of texts) if (state.columns[name]) column.list.refresh();
    if (state.selection !== before.selection) showSelection(state, from);
    options.onState(state);
  });

  const columns = new Map<ColumnName, HTMLElement>([
    ['source', source.element],
    ['ast', ast.element],
    ['left', left.element],
    ['right', right.element],
    ['graph', graph.element],
    ['code', code.element],
    ...(otherCode === undefined ? [] : ([['otherCode', otherCode.element]] as const)),
  ]);
  if (other !== undefined) store.update({ left: beside(store.state.right) });
  strip.show(store.state.left, store.state.right);
  tell();
  const box = element(
    'div',
    { class: 'explorer' },
    createHeader(sides, store, actions),
    strip.element,
    element('div', { class: 'under' }, told, finder.element),
    columnsRow(columns, store),
    detailsPlace,
  );
  box.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    const by = event.key === ']' ? 1 : event.key === '[' ? -1 : undefined;
    if (by !== undefined) showPass(strip.step(store.state.right, by, false));
    else if (event.key === '/') finder.focus();
    else return;
    event.preventDefault();
  });
  // The first frame waits for none of what follows.
  requestAnimationFrame(() => {
    sides.select(store.state.side, store.state.selection);
    left.refresh();
    right.refresh();
    for (const [name, column] of texts) if (store.state.columns[name]) column.list.refresh();
    for (const side of [one, ...(other === undefined ? [] : [other])]) {
      side.analysis
        .ask('open', side.packed)
        .then((counted) => {
          if (side !== one) return;
          changes = counted;
          strip.measure(changes);
          tell();
        })
        .catch(onFailure);
    }
    strip.found(finder.counts());
    compare();
    drawFlow();
    showDetails();
    requestIdleCallback(() => {
      sides.prepare();
    });
  });
  return {
    element: box,
    follow({ file: path, line }) {
      const file = dump.files.indexOf(path);
      if (file >= 0)
        store.update({ selection: { kind: 'place', place: { file, line } }, side: 'one' }, 'cursor');
    },
    get state() {
      return store.state;
    },
  };
}
