/**
 * What linker flags link: names behind `-l`, files by their names, frameworks with their suffix. `-lm` and `-l m` are
 * alike, and so are `-l:libz.a` and `/src/lib/libz.a`.
 */
export function linkedNames(flags: readonly string[]): readonly string[] {
  const names = flags.flatMap((flag, at) => {
    const before = flags[at - 1];
    if (before === '-l') return flag;
    if (before === '-framework') return `${flag}.framework`;
    if (flag.startsWith('-l')) return flag.slice(2).replace(/^:/, '');
    return /^[^-].*\.(?:a|so|dylib|tbd|lib)$/.test(flag) ? flag.replace(/^.*[\\/]/, '') : [];
  });
  return [...new Set(names)].filter((it) => it !== '');
}
