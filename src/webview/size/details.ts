import type { SizeReport } from '../../core/insight/size/sizeReport.js';
import { element } from '../element.js';

/** A heading, then the shared libraries that the program needs and the versions it needs of each. */
export function libraryDetails({ facts, versions }: SizeReport): readonly HTMLElement[] {
  const title = element('h2', {}, 'Libraries');
  if (facts.neededLibraries.length === 0) {
    return [title, element('p', {}, 'It is linked statically: it needs no shared library.')];
  }
  const items = facts.neededLibraries.map((library) => {
    const needed = versions.find((it) => it.library === library)?.versions ?? [];
    const tail = needed.length === 0 ? '' : `: ${needed.join(', ')}`;
    return element('li', {}, element('code', {}, library), tail);
  });
  return [title, element('ul', {}, ...items)];
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
