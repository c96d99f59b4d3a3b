import type { ComparedCommand, ComparedPackage } from '../../core/insight/xray/compareXrays.js';
import { formatTime } from '../../core/insight/xray/kindTexts.js';
import type { XraySubject } from '../../core/insight/xray/xraySubject.js';
import type { XrayCalls } from '../../protocol/xray.js';
import { element } from '../element.js';
import { createTimelineView } from './timelineView.js';
import { createVirtualTable, type Column } from './virtualTable.js';

type Earlier = NonNullable<XrayCalls['load']['answer']['before']>;

/** Two builds: their timelines one below the other, packages by how much longer they took, commands that differ. */
export function comparisonView(
  { subject: before, comparison }: Earlier,
  after: XraySubject,
): readonly HTMLElement[] {
  const table = createVirtualTable({
    label: 'Packages in both builds',
    columns: packageColumns,
    keyOf: (it) => it.importPath,
  });
  table.set(comparison.packages);
  const { commands } = comparison;
  return [
    element('h1', {}, before.title === after.title ? after.title : `${before.title} and ${after.title}`),
    ...side('Before', before),
    ...side('After', after),
    element(
      'div',
      { class: 'lower' },
      table.element,
      element(
        'section',
        { class: 'details', 'aria-label': 'Commands that differ', tabindex: 0 },
        element('h2', {}, `Commands that differ: ${String(commands.length)}`),
        ...commands.slice(0, mostCommands).map(differingCommand),
        ...(commands.length > mostCommands ? [element('p', { class: 'quiet' }, 'And more.')] : []),
      ),
    ),
  ];
}

/** Beyond these nobody reads on; the command line has them all. */
const mostCommands = 100;

function side(name: string, subject: XraySubject): readonly HTMLElement[] {
  const { wall, critical } = subject.xray;
  const timeline = createTimelineView(subject, {
    range: undefined,
    onSelect: (id) => {
      timeline.select(id);
    },
    onRange: () => undefined,
  });
  timeline.element.setAttribute('aria-label', `Timeline ${name.toLowerCase()}`);
  timeline.element.removeAttribute('aria-describedby');
  const figures = `${subject.about}; critical path ${formatTime(critical.time)} of ${formatTime(wall)}`;
  return [element('p', {}, element('strong', {}, `${name}: `), figures), timeline.element];
}

const time = (ms: number | undefined): string => (ms === undefined ? 'absent' : formatTime(ms));

const packageColumns: readonly Column<ComparedPackage>[] = [
  { title: 'Package', text: (it) => it.importPath, className: 'wide' },
  {
    title: 'State',
    text: ({ before, after }) =>
      before?.state === after?.state
        ? (after?.state ?? '')
        : `${before?.state ?? 'absent'} → ${after?.state ?? 'absent'}`,
    className: 'medium',
  },
  { title: 'Before', number: true, text: (it) => time(it.before?.time), value: (it) => it.before?.time ?? 0 },
  { title: 'After', number: true, text: (it) => time(it.after?.time), value: (it) => it.after?.time ?? 0 },
  {
    title: 'More',
    number: true,
    text: ({ difference }) => `${difference < 0 ? '−' : '+'}${formatTime(Math.abs(difference))}`,
    value: (it) => it.difference,
  },
];

/** The words of both, those that only one has set off. */
function differingCommand({ package: path, before, after }: ComparedCommand): HTMLElement {
  const line = (sign: string, own: readonly string[], other: readonly string[] | undefined): HTMLElement => {
    const known = new Set(other);
    const words = own.map((word) =>
      known.has(word) || other === undefined ? `${word} ` : element('mark', {}, `${word} `),
    );
    return element('div', {}, element('code', {}, `${sign} `, ...words));
  };
  return element(
    'div',
    { class: 'command' },
    ...(path === undefined ? [] : [element('p', { class: 'quiet' }, path)]),
    ...(before === undefined ? [] : [line('−', before, after)]),
    ...(after === undefined ? [] : [line('+', after, before)]),
  );
}
