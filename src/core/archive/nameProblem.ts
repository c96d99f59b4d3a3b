/**
 * Why a path may not stand in an archive, as the second half of a sentence about it; `undefined` where it may. Read
 * archives and written definitions are held to the same: a path stays below the folder it is unpacked in, on every
 * system, and is what it looks like.
 */
export function nameProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (/[\u0000-\u001f\u007f-\u009f]/.test(path)) return 'holds control characters';
  if (path.startsWith('/')) return 'is absolute';
  if (/^[A-Za-z]:/.test(path)) return 'names a drive of Windows';
  const parts = path.split(/[\\/]/);
  if (parts.includes('..')) return 'leads out of the archive with ".."';
  if (path.includes('\\')) return 'holds a backslash, which is a separator on Windows';
  return undefined;
}

/** A name for messages, what can't be shown in it spelled out. */
export function shownName(path: string): string {
  return path.replace(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/**
 * The path that a link leads to, from the archive's root, which an absolute target starts at; `undefined` where it
 * climbs out.
 */
export function linkedPath(path: string, target: string): string | undefined {
  const parts = target.startsWith('/') ? [] : path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
