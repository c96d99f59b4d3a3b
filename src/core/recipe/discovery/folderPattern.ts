/** A glob of folders as a pattern: `*` stands for any name, or a part of one, and `**` for any number of folders. */
export function folderPattern(glob: string): RegExp {
  const parts = glob
    .replace(/^\.\//, '')
    .split('/')
    .filter((it) => it !== '');
  const source = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    if (part === '**') return isLast ? '.*' : '(?:[^/]+/)*';
    const name = part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
    return isLast ? name : `${name}/`;
  });
  return new RegExp(`^${source.join('')}$`);
}
