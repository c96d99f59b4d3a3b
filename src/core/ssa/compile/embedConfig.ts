/**
 * What the compiler wants to know of `//go:embed` (its -embedcfg): which files each pattern stands for, and where they
 * are. The go command lists patterns and files, and not which belong together (its rules: go/doc of package embed).
 */
export function embedConfig(
  patterns: readonly string[],
  files: readonly string[],
  pathOf: (file: string) => string,
): string {
  return JSON.stringify({
    Patterns: Object.fromEntries(
      patterns.map((pattern) => [pattern, files.filter((it) => isEmbedded(pattern, it))]),
    ),
    Files: Object.fromEntries(files.map((it) => [it, pathOf(it)])),
  });
}

/** A pattern stands for files and whole folders; in folders what begins with `.` or `_` is left out but for `all:`. */
function isEmbedded(pattern: string, file: string): boolean {
  const all = pattern.startsWith('all:');
  const wanted = all ? pattern.slice(4) : pattern;
  const parts = file.split('/');
  if (wanted === '.') return all || parts.every(isVisible);
  const matches = globOf(wanted);
  return parts.some(
    (_, index) =>
      matches.test(parts.slice(0, index + 1).join('/')) && (all || parts.slice(index + 1).every(isVisible)),
  );
}

function isVisible(name: string): boolean {
  return !/^[._]/.test(name);
}

/** A pattern of Go's path.Match. */
function globOf(pattern: string): RegExp {
  const source = pattern.replace(
    /\\(.)|\[\^?(?:\\.|[^\]\\])+\]|[*?]|[^*?[\\]+/g,
    (part: string, escaped?: string) => {
      if (escaped !== undefined) return literal(escaped);
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.startsWith('[') ? part : literal(part);
    },
  );
  return new RegExp(`^${source}$`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
