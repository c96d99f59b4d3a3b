import type { LibraryOrigins } from '../../core/insight/size/createLibraryOrigins.js';
import { originText } from '../../core/insight/size/libraryOrigins.js';
import type { SizeReport } from '../../core/insight/size/sizeReport.js';
import { element } from '../element.js';

/**
 * The shared libraries that the program needs, with the versions of each; who brings each is filled in by
 * {@link showOrigins}, because Go is asked for it.
 */
export function libraryDetails({ facts, versions }: SizeReport): HTMLElement {
  if (facts.neededLibraries.length === 0) {
    return element('p', {}, 'It is linked statically: it needs no shared library.');
  }
  const rows = facts.neededLibraries.map((library) => {
    const needed = versions.find((it) => it.library === library)?.versions ?? [];
    return element(
      'tr',
      {},
      element('th', { scope: 'row', class: 'name' }, element('code', {}, library)),
      element('td', {}, needed.join(', ')),
      element('td', { 'data-library': library }),
    );
  });
  const head = ['Library', 'Symbol versions', 'Brought by'].map((it) => element('th', { scope: 'col' }, it));
  return element(
    'table',
    { class: 'libraries' },
    element('caption', { class: 'quiet' }, 'Shared libraries, in the order in which they are looked for'),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
}

/** Fills in who brings each library. */
export function showOrigins(table: HTMLElement, origins: LibraryOrigins): void {
  for (const cell of table.querySelectorAll<HTMLElement>('[data-library]')) {
    const origin = origins?.[cell.dataset['library'] ?? ''];
    if (origin === undefined) {
      cell.replaceChildren(
        element('span', { class: 'quiet' }, 'not known: its sources are not in this workspace'),
      );
    } else if (origin.kind === 'packages') {
      const parts = origin.by.map(({ importPath, how }) =>
        element('div', {}, element('code', {}, importPath), ` (${how})`),
      );
      cell.replaceChildren(...parts);
    } else {
      cell.replaceChildren(element('span', { class: 'quiet' }, originText(origin)));
    }
  }
}

/** A heading, then what the linker recorded of the build, as `go version -m` prints it. */
export function buildDetails({ facts, build }: SizeReport): readonly HTMLElement[] {
  const rows = [
    ['Go', facts.goVersion],
    ['Main package', build.path],
    ...build.modules.map((it) => [it.main ? 'Main module' : 'Module', `${it.path} ${it.version}`.trim()]),
    ...Object.entries(facts.goBuildSettings ?? {}),
  ].flatMap(([name = '', value]) =>
    value === undefined || value === ''
      ? []
      : [element('tr', {}, element('th', { scope: 'row', class: 'name' }, name), element('td', {}, value))],
  );
  if (rows.length === 0) return [];
  const caption = element('caption', { class: 'quiet' }, 'Recorded by Go’s linker');
  return [
    element('h2', {}, 'Build'),
    element('table', { class: 'facts' }, caption, element('tbody', {}, ...rows)),
  ];
}
