import { describeArtifact } from '../../core/artifact/describeArtifact.js';
import { sizeNotes } from '../../core/insight/size/sizeNotes.js';
import { formatCount, formatSize } from '../../core/text/formatText.js';
import type { SizeCalls, SizeSubject } from '../../protocol/size.js';
import { element } from '../element.js';
import { connectHost } from '../hostLink.js';
import { buildDetails, libraryDetails, showOrigins } from './details.js';
import { differenceTable, ownerTable, sectionTable, type Sorting } from './tables.js';
import { treemap } from './treemapView.js';

/** How the view is looked at. */
interface ViewState {
  readonly sorting?: Sorting;
}

const host = connectHost<SizeCalls, ViewState>();
const main = document.querySelector('main') ?? document.body;

host.ask('load', undefined).then(show, fail);

function fail(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  main.replaceChildren(element('p', { class: 'failure', role: 'alert' }, text));
}

function show({ subject, other }: SizeCalls['load']['answer']): void {
  const libraries = libraryDetails(subject.report);
  const otherLibraries = other && libraryDetails(other.report);
  host.ask('origins', undefined).then((origins) => {
    showOrigins(libraries, origins.subject);
    if (otherLibraries !== undefined) showOrigins(otherLibraries, origins.other);
  }, fail);
  if (other === undefined) {
    const keep = (sorting: Sorting): void => {
      host.keep({ sorting });
    };
    main.replaceChildren(
      ...heading(subject, 'h1'),
      compareButton(),
      treemap(subject.report),
      element('h2', {}, 'By package'),
      ownerTable(subject.report, host.kept?.sorting, keep),
      element('h2', {}, 'By section'),
      sectionTable(subject.report),
      element('h2', {}, 'Libraries'),
      libraries,
      ...buildDetails(subject.report),
    );
    return;
  }
  const side = (it: SizeSubject): HTMLElement =>
    element('section', { 'aria-label': it.title }, ...heading(it, 'h2'), treemap(it.report));
  main.replaceChildren(
    element('h1', {}, `${subject.title} and ${other.title}`),
    element('div', { class: 'sides' }, side(subject), side(other)),
    element('h2', {}, 'Differences by package'),
    differenceTable(subject, other),
    element('h2', {}, `Libraries of ${subject.title}`),
    libraries,
    element('h2', {}, `Libraries of ${other.title}`),
    ...(otherLibraries === undefined ? [] : [otherLibraries]),
  );
}

function heading({ title, path, report }: SizeSubject, level: 'h1' | 'h2'): readonly HTMLElement[] {
  const { facts, entries } = report;
  const packages = entries.filter((it) => it.owner.kind === 'package').length;
  return [
    element(level, {}, title),
    element('p', { class: 'path quiet' }, path),
    element(
      'p',
      {},
      `${formatSize(facts.size)} (${facts.size.toLocaleString('en')} bytes), ${describeArtifact(facts)}; ` +
        formatCount(packages, 'Go package'),
    ),
    ...sizeNotes(report).map((it) => element('p', { class: 'quiet' }, it)),
  ];
}

function compareButton(): HTMLElement {
  const button = element('button', { class: 'action', type: 'button' }, 'Compare with another binary…');
  button.addEventListener('click', () => {
    host.ask('compare', undefined).catch(fail);
  });
  return button;
}
