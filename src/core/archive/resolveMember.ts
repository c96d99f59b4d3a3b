import { linkedPath } from './nameProblem.js';
import type { SeenMember } from './verifyFile.js';

/** As many links as Linux follows (path_resolution(7)). */
const mostLinks = 40;

/** What is at a path when every link on the way is followed, absolute ones from the archive's root. */
export function resolveMember(
  members: ReadonlyMap<string, SeenMember>,
  path: string,
  links = 0,
): SeenMember | undefined {
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) {
    const name = parts.slice(0, i).join('/');
    const { header } = members.get(name) ?? {};
    if (header?.kind === 'symlink') {
      const to = linkedPath(name, header.target ?? '');
      if (to === undefined || links >= mostLinks) return undefined;
      return resolveMember(members, [to, ...parts.slice(i)].join('/'), links + 1);
    }
    if (header?.kind === 'hardlink' && i === parts.length) return members.get(header.target ?? '');
  }
  return members.get(path);
}
