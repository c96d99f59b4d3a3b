import { compareFigures } from '../../core/ssa/compareDumps.js';
import { measureCode, type CodeMeasures } from '../../core/ssa/measureCode.js';
import { formatCount } from '../../core/text/formatText.js';
import type { SsaDocument } from '../../core/ssa/view/ssaDocument.js';
import { element } from '../element.js';
import type { Sides } from './sides.js';
import type { ColumnName, Store, ViewState } from './viewState.js';

/** What the buttons of the head do; those that are missing have no button. */
export type HeaderActions = readonly {
  readonly label: string;
  readonly title: string;
  readonly act: (state: ViewState) => void;
}[];

const columnTitles: Readonly<Record<ColumnName, string>> = {
  source: 'Source',
  ast: 'AST',
  left: 'Before',
  right: 'After',
  graph: 'Control flow',
  code: 'Machine code',
  otherCode: 'Other code',
};

/** What the view is about, figures of the code, which columns are there, and what else can be done. */
export function createHeader({ one, other }: Sides, store: Store, actions: HeaderActions): HTMLElement {
  const toggle = (name: ColumnName): HTMLElement => {
    const made = element('button', { type: 'button', class: 'toggle' }, columnTitles[name]);
    const show = (): void => {
      made.setAttribute('aria-pressed', store.state.columns[name] ? 'true' : 'false');
    };
    made.addEventListener('click', () => {
      const { columns } = store.state;
      store.update({ columns: { ...columns, [name]: !columns[name] } });
    });
    store.onChange(show);
    show();
    return made;
  };
  const names = (Object.keys(columnTitles) as ColumnName[]).filter(
    (it) => (other !== undefined || it !== 'otherCode') && (it !== 'ast' || one.document.dump.ast.length > 0),
  );
  const { name } = one.document.dump.func;
  const measures = [one, ...(other === undefined ? [] : [other])].map(({ document }) => measure(document));
  return element(
    'header',
    { class: 'head' },
    element(
      'div',
      { class: 'title' },
      element('h1', {}, other === undefined ? name : `${name}: ${one.title} and ${other.title}`),
      element(
        'p',
        { class: 'quiet' },
        factsText(one.document, other === undefined ? measures[0] : undefined),
      ),
      ...one.document.notes.map((it) => element('p', { class: 'quiet' }, it)),
    ),
    ...(other === undefined ? [] : [figuresTable(one.title, other.title, measures)]),
    element('div', { class: 'tools', role: 'toolbar', 'aria-label': 'Columns' }, ...names.map(toggle)),
    element(
      'div',
      { class: 'actions' },
      ...actions.map(({ label, title, act }) => {
        const button = element('button', { type: 'button', class: 'action', title }, label);
        button.addEventListener('click', () => {
          act(store.state);
        });
        return button;
      }),
    ),
  );
}

function measure({ dump, assembly, boundsChecks }: SsaDocument): CodeMeasures {
  return measureCode(dump, assembly, boundsChecks);
}

function factsText({ dump }: SsaDocument, measured: CodeMeasures | undefined): string {
  const { origin } = dump.func;
  return [
    ...(origin === undefined ? [] : [origin.importPath, origin.target, origin.go, ...origin.flags]),
    ...(measured === undefined ? [] : figures(measured)),
  ].join(' · ');
}

function figures({
  instructions,
  codeBytes,
  frameBytes,
  spills,
  boundsChecks,
}: CodeMeasures): readonly string[] {
  return [
    formatCount(instructions, 'instruction'),
    ...(codeBytes === undefined ? [] : [`${codeBytes.toLocaleString('en')} bytes`]),
    ...(frameBytes === undefined ? [] : [`frame ${frameBytes.toLocaleString('en')} bytes`]),
    formatCount(spills, 'spill'),
    formatCount(boundsChecks, 'bounds check'),
  ];
}

function figuresTable(one: string, other: string, measures: readonly CodeMeasures[]): HTMLElement {
  const text = (value: number | undefined): string => value?.toLocaleString('en') ?? '–';
  const compared = compareFigures(measures);
  const row = (title: string, index: number): HTMLElement =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, title),
      ...compared.map(({ values }) => {
        const [mine, theirs] = [values[index], values[1 - index]];
        const isLess = mine !== undefined && theirs !== undefined && mine < theirs;
        return element('td', { class: isLess ? 'number less' : 'number' }, text(mine));
      }),
    );
  return element(
    'table',
    { class: 'figures', 'aria-label': 'Figures of both' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('td', {}),
        ...compared.map(({ what }) => element('th', { scope: 'col', class: 'number' }, what)),
      ),
    ),
    element('tbody', {}, row(one, 0), row(other, 1)),
  );
}
