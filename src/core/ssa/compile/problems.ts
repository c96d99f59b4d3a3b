/** An error of the compiler or the go command, at its place. */
export interface CompileProblem {
  /** As it was printed: absolute, or from where the tool ran. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

const placed = /^(.+?\.(?:go|s|c|h|cc|cpp|m|mod|work|sum)):(\d+)(?::(\d+))?: (.*)$/;

/** The errors in lines of output. A line that begins with a tab goes on with the one before; headings of packages are left out. */
export function readProblems(lines: readonly string[]): readonly CompileProblem[] {
  const problems: { file?: string; line?: number; column?: number; message: string }[] = [];
  for (const text of lines) {
    if (text.trim() === '' || text.startsWith('# ')) continue;
    const last = problems.at(-1);
    if (text.startsWith('\t') && last !== undefined) {
      last.message += `\n${text.trim()}`;
      continue;
    }
    const found = placed.exec(text);
    if (found === null) {
      problems.push({ message: text });
      continue;
    }
    const [, file = '', line, column, message = ''] = found;
    problems.push({
      file,
      line: Number(line),
      ...(column === undefined ? {} : { column: Number(column) }),
      message,
    });
  }
  return problems;
}
