/** One line of the log as the rules see it. */
export interface CleanLine {
  /** Without colours, prefixes of what carried the log, and with plain ASCII quotes. */
  readonly text: string;
  /** Import path of a `go build -json` or `go test -json` event. */
  readonly importPath?: string;
}

/* CSI sequences (colours, erase), OSC sequences (links, titles; gcc prints links to its documentation) and two-byte escapes. */
const escapes = /\x1b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,512}(?:\x07|\x1b\\)|[@-Z\\-_])/g;

/* gcc and binutils quote by locale: ‘’ in UTF-8 English, „“ in German, «» in French, Spanish and Russian; 「」 in Japanese. */
const singleQuotes = /[\u2018\u2019\u201a\u201b\u2039\u203a\u00b4]/g;
const doubleQuotes = /[\u00ab\u00bb\u201c\u201d\u201e\u201f\u300c\u300d]/g;
/* French puts spaces inside its quotes. */
const frenchQuotes = /\u00ab[\u00a0\u202f ]([^\u00ab\u00bb]{1,200}?)[\u00a0\u202f ]\u00bb/g;
const foreign = /[^\n\x20-\x7e\t]/;

/**
 * What CI systems and build tools put before a line. Each is anchored and taken off as often as it is there:
 * a GitHub Actions log of a buildx build has a timestamp, then `#12 3.456 `.
 */
const prefixes: readonly RegExp[] = [
  /^(?:[^\t]{1,80}\t){2}(?=\d{4}-\d\d-\d\dT)/, // gh run view --log: job, step
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?:? (?:\d\d[OE][+ ]? ?)?/, // Actions, GitLab, Jenkins
  /^\[?\d\d:\d\d:\d\d(?:\.\d{1,6})?\]?:?[ \t]+/, // fly watch -t, TeamCity, ts(1)
  /^#\d{1,4} (?:\d{1,6}\.\d{1,4} )?(?!\[)/, // buildx, plain progress
  /^(?: {0,3}=> )?=> (?:=> )?#? ?(?=\S)/, // buildx, terminal progress
  /^\d{1,5}\.\d{1,4} (?=\S)/, // buildx, the excerpt it repeats at the end
  /^[\w.-]{1,60} {0,30}\| (?=\S)/, // docker compose
  /^ {4}\| (?=\S)/, // goreleaser
  /^##\[(?:error|warning|debug|group|command)\]/, // Actions, Azure Pipelines
  /^::(?:error|warning|notice)(?: [^:]{0,200})?::/,
  /^\[(?:\d{1,4}\/\d{1,4}|[a-z][\w:.\/-]{0,60}|INFO|ERROR|WARN|DEBUG|\d{1,3}%)\] {1,4}(?=\S)/, // task, ninja, Maven-like loggers
  /^(?:stderr|stdout|Stderr|Stdout|STDERR):? (?=\S)/,
  /^\s{0,8}[⨯•✗✖]\s{1,4}/u, // goreleaser
];

/** Colours off, quotes plain, carriage returns away. Cheap for a line that has none of these. */
function plainText(line: string): string {
  if (!foreign.test(line)) return line;
  return line
    .replace(escapes, '')
    .replace(frenchQuotes, '"$1"')
    .replace(singleQuotes, "'")
    .replace(doubleQuotes, '"')
    .replace(/\u00a0/g, ' ');
}

/** Takes off what the carrier of the log put before the line. */
export function withoutPrefixes(line: string): string {
  let text = line;
  for (let round = 0; round < 4; round++) {
    const before = text;
    for (const prefix of prefixes) text = text.replace(prefix, '');
    if (text === before) break;
  }
  return text;
}

/**
 * The lines that one line of the log stands for: several where `go -json` events, a progress bar's carriage returns
 * or a logger's `\n` hold more than one.
 */
export function cleanLines(line: string): CleanLine[] {
  const plain = plainText(line);
  const event = readEvent(plain);
  const parts = event === undefined ? splitInner(plain) : event.output.split('\n');
  const lines: CleanLine[] = [];
  for (const part of parts) {
    const text = event === undefined ? part : plainText(part);
    if (text.trim() === '') continue;
    lines.push(event?.importPath === undefined ? { text } : { text, importPath: event.importPath });
  }
  return lines;
}

function splitInner(text: string): string[] {
  if (text.includes('\r')) return text.split('\r');
  // goreleaser, task and logfmt loggers print a tool's output as one field: error="exit status 2: # runtime/cgo\ngcc: …"
  if (text.includes('\\n') && /\b(?:err|error|msg|output|stderr|reason)=/.test(text))
    return text.split('\\n').map((part) => part.replace(/\\"/g, '"').replace(/\\t/g, '\t'));
  return [text];
}

/** `{"ImportPath":"runtime/cgo","Action":"build-output","Output":"…"}`, or test2json's with `Package`. Cut events count too. */
function readEvent(text: string): { readonly output: string; readonly importPath?: string } | undefined {
  if (!text.startsWith('{') || !text.includes('"Action":"')) return undefined;
  const at = text.indexOf('"Output":"');
  const output = at < 0 ? '' : unquote(text, at + '"Output":"'.length);
  const named = /"(?:ImportPath|Package)":"([^"\\]{1,400})"/.exec(text);
  return named?.[1] === undefined ? { output } : { output, importPath: named[1].replace(/ \[.*\]$/, '') };
}

const escapeLetters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', b: '', f: '' };

/** Decodes a JSON string from its first character to its closing quote, or to the end where the line was cut. */
function unquote(text: string, from: number): string {
  const end = /(?<!\\)(?:\\\\){0,64}"/g;
  end.lastIndex = from;
  const hit = text.charAt(from) === '"' ? undefined : end.exec(text);
  const body = text.slice(
    from,
    text.charAt(from) === '"' ? from : hit ? hit.index + hit[0].length - 1 : text.length,
  );
  return body.replace(
    /\\(?:u([0-9a-fA-F]{4})|(.))/g,
    (_all, hex: string | undefined, letter: string | undefined) =>
      hex === undefined
        ? (escapeLetters[letter ?? ''] ?? letter ?? '')
        : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
