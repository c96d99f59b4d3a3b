import type { ArchiveEntry, MemberHeader } from '../archive/archive.js';
import { linkedPath } from '../archive/nameProblem.js';
import { withParents } from './entries.js';

/** A base archive's members as they are written, and the entries that follow them. */
interface Merged {
  /** One for each member of the base; `undefined` where it is left out. */
  readonly members: readonly (ArchiveEntry | undefined)[];
  readonly entries: readonly ArchiveEntry[];
}

/** Links on the way that are followed; Linux follows as many (path_resolution(7)). */
const mostLinks = 40;

/**
 * Lays entries over a base archive, whose order, owners, modes and times stay. An entry takes the place of the base's
 * at its path, and goes where the base's links lead (`bin/x` is `usr/bin/x` where `bin` is a link). Paths in
 * `ifMissing` keep the base's. Throws where a file would take a folder's place, or the other way round.
 */
export function mergeBase(
  base: readonly MemberHeader[],
  entries: readonly ArchiveEntry[],
  ifMissing: { has(path: string): boolean },
): Merged {
  // What comes later in an archive takes the place of what was there.
  const last = new Map(base.map((member, i) => [member.path, i]));
  const at = (path: string): MemberHeader | undefined => base[last.get(path) ?? -1];
  const own = new Map<string, ArchiveEntry>();
  for (const entry of entries) {
    const path = followed(entry.path, at);
    const there = at(path);
    const explicit = entry.kind !== 'directory';
    if (there !== undefined && explicit && ifMissing.has(entry.path)) continue;
    // A link to a folder stands for it: what lies below has been sent where it leads.
    if (there?.kind === 'symlink' && entry.kind === 'directory') continue;
    if (there !== undefined && (there.kind === 'directory') !== (entry.kind === 'directory')) {
      throw new Error(`The entry ${entry.path} can't take the place of the base's ${there.kind} ${path}.`);
    }
    // A folder that both have stays the base's.
    if (there?.kind !== 'directory') own.set(path, { ...entry, path });
  }
  const heirs = linkHeirs(base, own);
  const members = base.map((member, i): ArchiveEntry | undefined => {
    if (member.path === '.' || last.get(member.path) !== i) return undefined;
    if (!own.has(member.path)) return kept(member, member.path, heirs);
    const heir = member.kind === 'file' ? heirs.get(member.path) : undefined;
    return heir === undefined ? undefined : kept(member, heir, heirs);
  });
  return {
    members,
    entries: withParents(own.values()).filter((it) => own.has(it.path) || at(it.path) === undefined),
  };
}

/** Where a path's folders lead in the base; its last name is not followed, for that is what is replaced. */
function followed(path: string, at: (path: string) => MemberHeader | undefined): string {
  let rest = path.split('/');
  let done: string[] = [];
  for (let links = 0; rest.length > 1;) {
    const name = [...done, rest[0]].join('/');
    const member = at(name);
    if (member?.kind !== 'symlink') {
      done.push(rest[0] ?? '');
      rest = rest.slice(1);
      continue;
    }
    const to = linkedPath(name, member.target ?? '');
    if (to === undefined || ++links > mostLinks) {
      throw new Error(`The entry ${path} lies behind the base's link ${name}, which leads nowhere.`);
    }
    rest = [...to.split('/').filter((part) => part !== ''), ...rest.slice(1)];
    done = [];
  }
  return [...done, ...rest].join('/');
}

/** For a file that is replaced but has other names by hard links: the first of those takes over its content. */
function linkHeirs(
  base: readonly MemberHeader[],
  own: ReadonlyMap<string, ArchiveEntry>,
): ReadonlyMap<string, string> {
  const heirs = new Map<string, string>();
  for (const { kind, path, target } of base) {
    if (
      kind === 'hardlink' &&
      target !== undefined &&
      own.has(target) &&
      !own.has(path) &&
      !heirs.has(target)
    ) {
      heirs.set(target, path);
    }
  }
  return heirs;
}

function kept(
  member: MemberHeader,
  path: string,
  heirs: ReadonlyMap<string, string>,
): ArchiveEntry | undefined {
  const { kind, mode = kind === 'directory' ? 0o755 : 0o644, uid, gid, mtime } = member;
  const place = { path, mode, uid, gid, mtime };
  switch (kind) {
    case 'directory':
      return { kind, ...place };
    case 'file':
      return { kind, ...place, content: { from: 'base' } };
    case 'symlink':
      return { kind, ...place, target: member.target ?? '' };
    case 'hardlink': {
      const target = member.target ?? '';
      const heir = heirs.get(target);
      return heir === path ? undefined : { kind, ...place, target: heir ?? target };
    }
    case 'device':
    case 'fifo':
      return undefined;
  }
}
