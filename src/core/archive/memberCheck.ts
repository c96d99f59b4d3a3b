import type { MemberHeader } from './archive.js';
import { linkedPath, nameProblem, shownName } from './nameProblem.js';

/** What is wrong with a member, given those before it. */
export interface MemberProblem {
  /** `hostile`: unpacked, it would write or lead to where it must not. `doubtful`: unpackers don't agree on it. */
  readonly kind: 'hostile' | 'doubtful';
  /** A sentence that names the member. */
  readonly message: string;
}

/**
 * Looks at an archive's members in their order. An absolute link is no harm by itself, for in a root filesystem it
 * starts at that root; but nothing is written through one, nor through one that climbs out.
 */
export function createMemberCheck(): (member: MemberHeader) => MemberProblem | undefined {
  const seen = new Map<string, MemberHeader>();
  /** Links that lead out when an archive is unpacked in a folder, by their paths. */
  const leadingOut = new Set<string>();

  return (member) => {
    const { path, kind, target } = member;
    const name = shownName(path);
    const hostile = (message: string): MemberProblem => ({ kind: 'hostile', message });
    const unfit = nameProblem(path);
    if (unfit !== undefined) return hostile(`${name === '' ? 'The name of an entry' : name} ${unfit}.`);
    if (kind === 'device') return hostile(`${name} is a device node.`);
    if (kind === 'fifo') return hostile(`${name} is a named pipe.`);
    const through = leadingOut.size === 0 ? undefined : linkOnTheWay(path, leadingOut);
    if (through !== undefined) {
      return hostile(
        `${name} would be written through ${shownName(through)}, a link that leads out of the archive.`,
      );
    }
    const before = seen.get(path);
    seen.set(path, member);
    if (kind === 'symlink') {
      const to = target ?? '';
      if (to.startsWith('/') || to.includes('\\') || linkedPath(path, to) === undefined) leadingOut.add(path);
      if (to === '' || to.includes('\0')) return hostile(`${name} is a link to nowhere.`);
    } else {
      leadingOut.delete(path);
    }
    if (kind === 'hardlink') {
      const problem = hardLinkProblem(name, target ?? '', seen);
      if (problem !== undefined) return hostile(problem);
      if (leadingOut.has(target ?? '')) leadingOut.add(path);
    }
    if (before !== undefined && !(before.kind === 'directory' && kind === 'directory')) {
      return {
        kind: 'doubtful',
        message: `${name} is in the archive twice: which one counts depends on who unpacks it.`,
      };
    }
    return undefined;
  };
}

function hardLinkProblem(
  name: string,
  target: string,
  seen: ReadonlyMap<string, MemberHeader>,
): string | undefined {
  const unfit = nameProblem(target);
  if (unfit !== undefined) return `${name} is a hard link to ${shownName(target)}, which ${unfit}.`;
  return seen.has(target)
    ? undefined
    : `${name} is a hard link to ${shownName(target)}, which is not before it in the archive.`;
}

function linkOnTheWay(path: string, links: ReadonlySet<string>): string | undefined {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const parent = path.slice(0, end);
    if (links.has(parent)) return parent;
  }
  return undefined;
}
