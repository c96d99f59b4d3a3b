import { formatTime } from '../../core/insight/xray/kindTexts.js';
import { formatCount } from '../../core/text/formatText.js';
import type { XraySubject } from '../../core/insight/xray/xraySubject.js';
import type { XrayCalls } from '../../protocol/xray.js';
import { element } from '../element.js';
import { connectHost } from '../hostLink.js';
import { isAlone } from '../playHost.js';
import { comparisonView } from './comparisonView.js';
import { actionDetails, commandElement, failureElement, type DetailActions } from './details.js';
import { everything, filterBar, passes, type Filter } from './filters.js';
import { actionColumns, packageColumns, processColumns, processRows } from './tables.js';
import { createTabs, type Tab } from './tabs.js';
import { createTimelineView } from './timelineView.js';
import { createVirtualTable, type TableSorting } from './virtualTable.js';

/** How the view is looked at. */
interface ViewState {
  readonly filter?: Filter;
  readonly range?: { readonly from: number; readonly to: number };
  readonly tab?: number;
  readonly selected?: number;
  readonly sorting?: Readonly<Record<string, TableSorting>>;
}

const host = connectHost<XrayCalls, ViewState>();
const main = document.querySelector('main') ?? document.body;
let state: ViewState = host.kept ?? {};

host.ask('load', undefined).then(({ subject, before }) => {
  if (before === undefined) show(subject);
  else main.replaceChildren(...comparisonView(before, subject));
}, fail);

function fail(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  main.replaceChildren(element('p', { class: 'failure', role: 'alert' }, text));
}

function keep(part: Partial<ViewState>): void {
  state = { ...state, ...part };
  host.keep(state);
}

const detailActions: DetailActions = {
  commands: (id) => host.ask('commands', id),
  copy: async (line) => {
    await host.ask('copy', line);
  },
};

function show(subject: XraySubject): void {
  const { xray } = subject;
  const { actions, packages, failures } = xray;
  const byId = new Map(actions.map((it) => [it.id, it]));
  let filter = state.filter ?? everything;
  const details = element('section', { class: 'details', 'aria-label': 'Details', 'aria-live': 'polite' });
  const sorting = (name: string): { sorting?: TableSorting; onSort: (it: TableSorting) => void } => ({
    ...(state.sorting?.[name] === undefined ? {} : { sorting: state.sorting[name] }),
    onSort: (it) => {
      keep({ sorting: { ...state.sorting, [name]: it } });
    },
  });

  const timeline = createTimelineView(subject, {
    range: state.range,
    onSelect: (id) => {
      select(id);
    },
    onRange: () => {
      keep({ range: timeline.range });
    },
  });
  const actionTable = createVirtualTable({
    label: 'Actions of the build',
    columns: actionColumns,
    keyOf: (it) => it.id,
    ...{ sorting: { column: 5, descending: true }, ...sorting('actions') },
    onSelect: (it) => {
      select(it.id);
    },
  });
  const packageTable = createVirtualTable({
    label: 'Packages of the build',
    columns: packageColumns,
    keyOf: (it) => it.importPath,
    ...{ sorting: { column: 5, descending: true }, ...sorting('packages') },
    onSelect: ({ importPath }) => {
      const own = actions.filter((it) => it.package === importPath);
      const longest = own.sort((a, b) => (b.end ?? 0) - (b.start ?? 0) - ((a.end ?? 0) - (a.start ?? 0)))[0];
      if (longest !== undefined) select(longest.id);
    },
  });

  const select = (id: number): void => {
    const action = byId.get(id);
    if (action === undefined) return;
    keep({ selected: id });
    timeline.select(id);
    actionTable.select(id);
    const failure = failures.find((it) => it.actions.includes(id));
    details.replaceChildren(actionDetails(action, failure, detailActions));
  };
  const applyFilter = (): void => {
    const isShown = passes(filter);
    timeline.filter(isShown);
    const shown = actions.filter(isShown);
    actionTable.set(shown);
    const named = new Set(shown.map((it) => it.package));
    packageTable.set(packages.filter((it) => named.has(it.importPath)));
  };

  const tabs: readonly Tab[] = [
    { name: 'Actions', content: () => actionTable.element },
    { name: 'Packages', content: () => packageTable.element },
    { name: 'Who ran what', content: () => processTab(details, select) },
  ];
  main.replaceChildren(
    element('h1', {}, subject.title),
    element('p', {}, subject.about),
    figures(subject),
    compilerNotes(),
    ...xray.gaps.map((it) => element('p', { class: 'failure' }, it)),
    filterBar(
      actions,
      filter,
      (changed) => {
        filter = changed;
        keep({ filter });
        applyFilter();
      },
      ...(isAlone() ? [] : [compareButton()]),
    ),
    timeline.element,
    element(
      'p',
      { id: 'timeline-keys', class: 'quiet hint' },
      'In the timeline: arrow keys walk from action to action, + and − zoom, [ and ] move, 0 shows all. A stripe marks the critical path.',
    ),
    element(
      'div',
      { class: 'lower' },
      createTabs('Tables', tabs, state.tab ?? 0, (tab) => {
        keep({ tab });
      }),
      details,
    ),
  );
  applyFilter();
  const first = state.selected ?? failures[0]?.actions[0];
  if (first !== undefined) select(first);
  else details.append(...failures.map(failureElement));
}

function figures({ xray }: XraySubject): HTMLElement {
  const { wall, critical, total, lanes, lanesAre, packages } = xray;
  const built = packages.filter((it) => it.state === 'built' || it.state === 'failed').length;
  const commands = xray.actions.reduce((sum, it) => sum + it.commands, 0);
  const parts = [
    `${formatTime(wall)} in all`,
    `critical path ${formatTime(critical.time)}`,
    `actions together ${formatTime(total.time)}, ${lanesAre === 'workers' ? `by ${formatCount(lanes, 'worker')} of go’s, a lane each` : `up to ${String(lanes)} at once`}`,
    `CPU of commands ${formatTime(total.user + total.system)}`,
    `${String(built)} of ${formatCount(packages.length, 'package')} built`,
    formatCount(commands, 'command'),
  ];
  return element('p', { class: 'quiet' }, parts.join(' · '));
}

/** Which C compilers there were; one that is not the target's stands out. */
function compilerNotes(): HTMLElement {
  const notes = element('div', { class: 'compilers', 'aria-live': 'polite' });
  host.ask('compilers', undefined).then((compilers) => {
    notes.append(
      ...compilers.map(({ words, calls, path, machine, objection }) => {
        const who = `${words.join(' ')} × ${String(calls)}: ${path ?? 'not there any more'}`;
        if (objection !== undefined) return element('p', { class: 'failure' }, `${who} ${objection}`);
        return element('p', { class: 'quiet' }, machine === undefined ? who : `${who}, for ${machine}`);
      }),
    );
  }, fail);
  return notes;
}

function compareButton(): HTMLElement {
  const button = element('button', { class: 'action', type: 'button' }, 'Compare with another build…');
  button.addEventListener('click', () => {
    host.ask('compare', undefined).catch(fail);
  });
  return button;
}

/** Filled when it is first shown: the words of all commands are most of what there is to know. */
function processTab(details: HTMLElement, select: (id: number) => void): HTMLElement {
  const table = createVirtualTable({
    label: 'Processes of the build',
    columns: processColumns,
    keyOf: (it) => it.key,
    levelOf: (it) => it.level,
    onSelect: ({ process }) => {
      if (process.action !== undefined) select(process.action);
      details.replaceChildren(
        element('h2', {}, process.words[0]?.split(/[\\/]/).at(-1) ?? ''),
        ...(process.package === undefined ? [] : [element('p', { class: 'quiet' }, process.package)]),
        commandElement({ line: process.words.join(' ') }, async () => {
          await host.ask('copy', process.words);
        }),
      );
    },
  });
  host.ask('processes', undefined).then((root) => {
    table.set(processRows(root));
  }, fail);
  return table.element;
}
