/** What the go command said, piece by piece. */
export type GoOutput =
  /** Text for the terminal, ending with a newline except perhaps at the very end. */
  | { readonly kind: 'text'; readonly text: string; readonly importPath?: string }
  /** Work on a package began (`-v` prints its bare name). */
  | { readonly kind: 'package'; readonly importPath: string }
  | { readonly kind: 'failed'; readonly importPath: string };

export interface GoOutputParser {
  /** Takes raw text as it arrives; a line may come in pieces. */
  write(text: string): void;
  /** Hands over what is left of a last line without a newline. */
  end(): void;
}

/** A line that grows beyond this is passed on in pieces: a tool that prints garbage must not fill memory. */
const longestLine = 1024 * 1024;

/** Reads `go build -json -v` (go help buildjson). Lines that are no event pass through as text. */
export function createJsonOutputParser(emit: (output: GoOutput) => void): GoOutputParser {
  return createLineReader((line) => {
    const event = line.startsWith('{') ? parseEvent(line) : undefined;
    if (event === undefined) {
      emit({ kind: 'text', text: line });
      return;
    }
    const importPath = event.importPath;
    switch (event.action) {
      case 'build-output':
        if (event.output === `${importPath}\n`) emit({ kind: 'package', importPath });
        else if (event.output !== '') emit({ kind: 'text', text: event.output, importPath });
        return;
      case 'build-fail':
        emit({ kind: 'failed', importPath });
        return;
      default:
        // go help buildjson: new actions may be added; there is nothing to show for one we don't know.
        return;
    }
  });
}

/**
 * Reads `go build -v` of a Go without -json (before 1.24). A bare import path on its own line is progress; text after
 * a `# package` header belongs to that package.
 */
export function createPlainOutputParser(emit: (output: GoOutput) => void): GoOutputParser {
  let current: string | undefined;
  return createLineReader((line) => {
    const bare = line.trimEnd();
    if (barePackage.test(bare)) {
      emit({ kind: 'package', importPath: bare });
      return;
    }
    const header = /^# (\S+)/.exec(bare);
    if (header?.[1] !== undefined) current = header[1];
    emit(
      current === undefined
        ? { kind: 'text', text: line }
        : { kind: 'text', text: line, importPath: current },
    );
  });
}

/** An import path, as `-v` prints it: no blank, no colon, nothing that compilers' messages are made of. */
const barePackage = /^[A-Za-z0-9_][\w.~!+-]*(?:\/[\w.~!+-]+)*$/;

function createLineReader(onLine: (line: string) => void): GoOutputParser {
  let rest = '';
  return {
    write(text) {
      rest += text;
      let start = 0;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
        onLine(rest.slice(start, end + 1));
        start = end + 1;
      }
      rest = rest.slice(start);
      if (rest.length > longestLine) {
        onLine(rest);
        rest = '';
      }
    },
    end() {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}

interface BuildJsonEvent {
  readonly importPath: string;
  readonly action: string;
  readonly output: string;
}

function parseEvent(line: string): BuildJsonEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { ImportPath, Action, Output } = value as Record<string, unknown>;
  if (typeof Action !== 'string') return undefined;
  return {
    importPath: typeof ImportPath === 'string' ? ImportPath : '',
    action: Action,
    output: typeof Output === 'string' ? Output : '',
  };
}
