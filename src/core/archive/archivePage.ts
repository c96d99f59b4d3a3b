import { formatCount, formatSize } from '../text/formatText.js';
import type { ArchiveListing, ListedEntry } from './listArchive.js';
import { shownName } from './nameProblem.js';
import { purposeOf } from './verifyFile.js';

/** An archive's listing as a text for people, in columns; names that hold what can't be shown have it spelled out. */
export function archivePage(path: string, listing: ArchiveListing): string {
  const { entries, more, unpackedSize, verification } = listing;
  const name = path.split(/[\\/]/).at(-1) ?? path;
  const count = formatCount(entries.filter((it) => it.depth === 0).length, 'entry').replace(
    /entrys$/,
    'entries',
  );
  const purpose = verification === undefined ? '' : `, for ${purposeOf(verification, undefined)}`;
  const problems = (verification?.problems ?? []).map(({ place, message }) => {
    const inner = place.startsWith(path) ? place.slice(path.length + ' > '.length) : place;
    return `  ✗ ${inner === '' ? '' : `${inner}: `}${shownName(message)}\n`;
  });
  return [
    `${shownName(name)}\n`,
    `${count}, ${formatSize(unpackedSize)} unpacked${purpose}\n`,
    ...(verification === undefined ? ['Cancelled: this is what was read until then.\n'] : []),
    ...(problems.length === 0 ? [] : ['\nProblems\n', ...problems]),
    '\n',
    ...table(entries),
    ...(more === 0 ? [] : [`… and ${String(more)} more\n`]),
  ].join('');
}

function table(entries: readonly ListedEntry[]): readonly string[] {
  const rows = [
    ['Mode', 'Owner', 'Size', 'Content', 'Name'] as const,
    ...entries.map(
      (it) =>
        [
          modeText(it),
          `${String(it.uid)}:${String(it.gid)}`,
          sizeText(it),
          it.content ?? '',
          nameText(it),
        ] as const,
    ),
  ];
  const width = (column: 0 | 1 | 2 | 3): number =>
    rows.reduce((most, row) => Math.max(most, row[column].length), 0);
  const [mode, owner, size, content] = [width(0), width(1), width(2), width(3)];
  return rows.map((row) =>
    [
      row[0].padEnd(mode),
      row[1].padEnd(owner),
      row[2].padStart(size),
      row[3].padEnd(content),
      `${row[4]}\n`,
    ].join('  '),
  );
}

function sizeText({ kind, size }: ListedEntry): string {
  return kind === 'file' ? formatSize(size) : '-';
}

function nameText({ path, kind, depth, target, refused }: ListedEntry): string {
  const name = `${'  '.repeat(depth)}${shownName(path)}${kind === 'directory' ? '/' : ''}`;
  const to = target === undefined ? '' : ` ${kind === 'hardlink' ? '=' : '→'} ${shownName(target)}`;
  return `${name}${to}${refused === undefined ? '' : `  ✗ refused: ${shownName(refused)}`}`;
}

const kindLetters = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  hardlink: 'h',
  device: 'c',
  fifo: 'p',
} as const;

/** Mode as `ls -l` writes it (POSIX, ls, "long format"); question marks where the archive tells none. */
function modeText({ kind, mode }: ListedEntry): string {
  if (mode === undefined) return `${kindLetters[kind]}?????????`;
  const triple = (bits: number, special: boolean, letter: string): string => {
    const x = (bits & 1) !== 0;
    return [
      bits & 4 ? 'r' : '-',
      bits & 2 ? 'w' : '-',
      special ? (x ? letter : letter.toUpperCase()) : x ? 'x' : '-',
    ].join('');
  };
  return [
    kindLetters[kind],
    triple(mode >> 6, (mode & 0o4000) !== 0, 's'),
    triple(mode >> 3, (mode & 0o2000) !== 0, 's'),
    triple(mode, (mode & 0o1000) !== 0, 't'),
  ].join('');
}
