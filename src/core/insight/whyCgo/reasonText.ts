import { formatCount } from '../../text/formatText.js';
import type { CgoReason, CgoRoute, WhyCgo, WithoutCgo } from './whyCgo.js';

/** A route as a line: `concourse → skymarshal/storage → dex/storage/sql → go-sqlite3 → C`. */
export function chainText({ steps }: Pick<CgoRoute, 'steps'>): string {
  return [...steps.map((it) => it.label), 'C'].join(' → ');
}

/** What becomes of a package without cgo, as a sentence without its end. */
export function withoutText(without: WithoutCgo): string {
  switch (without.kind) {
    case 'left-out':
      return 'is left out without cgo: only files for cgo import it';
    case 'builds':
      return without.files.length === 0
        ? 'builds without cgo: its other files have all that is used of it'
        : `builds without cgo: ${without.files.slice(0, 3).join(', ')} ${without.files.length === 1 ? 'takes' : 'take'} over`;
    case 'stub':
      return `builds without cgo, and then fails when it runs: "${without.message}"`;
    case 'breaks':
      return `does not build without cgo: ${without.names.slice(0, 4).join(', ')} would be missing`;
    case 'empty':
      return 'does not build without cgo: all its Go files would be left out';
  }
}

/** What a package asks of the C side, a line for each kind: files by language, libraries, pkg-config. */
export function needTexts({ needs }: Pick<CgoReason, 'needs'>): readonly string[] {
  return [
    ...needs.files.map(({ language, files }) => `${language}: ${listed(files)}`),
    ...(needs.libraries.length === 0 ? [] : [`libraries: ${needs.libraries.join(', ')}`]),
    ...(needs.pkgConfig.length === 0 ? [] : [`pkg-config: ${needs.pkgConfig.join(', ')}`]),
  ];
}

function listed(files: readonly string[]): string {
  const shown = files.slice(0, 5);
  return (
    shown.join(', ') + (files.length > shown.length ? ` and ${String(files.length - shown.length)} more` : '')
  );
}

/** Through how many packages a main package, or any of them, needs C: `cgo through 2 packages`, `no cgo`. */
export function throughText(answer: WhyCgo, main?: string): string {
  switch (answer.kind) {
    case 'unsupported':
      return 'no cgo for this target';
    case 'unknown':
      return 'cgo not known';
    case 'known': {
      const packages = answer.packages.filter(
        ({ routes }) => main === undefined || routes.some((it) => it.main === main),
      );
      return packages.length === 0 ? 'no cgo' : `cgo through ${formatCount(packages.length, 'package')}`;
    }
  }
}
