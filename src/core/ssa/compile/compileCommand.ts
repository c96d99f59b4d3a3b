import type { Host } from '../../ports.js';

/** The compiler's command for one package, as the go command gave it. */
export interface CompileCommand {
  /** Program and arguments; a toolexec of the user's own comes first. */
  readonly words: readonly string[];
  /** Folder that relative file names start from. */
  readonly cwd: string;
  /** The package's path as the linker knows it: `main` for a program. */
  readonly packagePath: string;
  /** Go files, absolute. */
  readonly files: readonly string[];
}

/** Flags with a value that are left out of a replay: where to write, and what hides the places of sources. */
const dropped = new Set(['-o', '-trimpath', '-asmhdr', '-buildid', '-linkobj']);

/** Reads recorded words; `from` is the go command's object folder and `to` the copy of it. */
export function readCompileCommand(
  host: Pick<Host, 'isAbsolute' | 'join'>,
  recorded: readonly string[],
  {
    cwd,
    from,
    to,
    mark,
  }: { readonly cwd: string; readonly from: string; readonly to: string; readonly mark: string },
): CompileCommand {
  const words: string[] = [];
  const files: string[] = [];
  const firstFlag = recorded.findIndex((it) => it.startsWith('-'));
  for (let at = 0; at < recorded.length; at++) {
    const word = recorded[at] ?? '';
    if (dropped.has(word) && at >= firstFlag) {
      at++;
    } else if (word.includes(mark)) {
      continue;
    } else if (at > firstFlag && !word.startsWith('-') && word.endsWith('.go')) {
      files.push(moved(host.isAbsolute(word) ? word : host.join(cwd, word), from, to));
    } else {
      words.push(moved(word, from, to));
    }
  }
  return { words, cwd, packagePath: words[words.indexOf('-p') + 1] ?? '', files };
}

/** The folder the go command works in for this package: that of `-o`. */
export function objectFolder(host: Pick<Host, 'dirname'>, recorded: readonly string[]): string {
  return host.dirname(recorded[recorded.indexOf('-o') + 1] ?? '');
}

/** A text with the object folder's path replaced, wherever it stands. */
export function moved(text: string, from: string, to: string): string {
  return from === '' || from === '.' ? text : text.replaceAll(from, to);
}

/** Program and arguments of a replay with more flags, other files, and an output of its own. */
export function replayWords(
  command: CompileCommand,
  {
    flags,
    files,
    output,
  }: { readonly flags: readonly string[]; readonly files: readonly string[]; readonly output: string },
): readonly string[] {
  return [...command.words, ...flags, '-o', output, ...files];
}
