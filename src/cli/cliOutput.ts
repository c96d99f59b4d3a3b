import pc from 'picocolors';

export type Colours = ReturnType<typeof pc.createColors>;

/** The part of a stream that is used here. */
export interface CliStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Results on standard output, everything that accompanies them on standard error. */
export interface CliOutput {
  readonly stdout: Colours;
  readonly stderr: Colours;
  /** A line of the result. */
  result(line: string): void;
  /** The one JSON document of `--json`. */
  json(document: unknown): void;
  /** Text for standard error, unchanged. */
  note(text: string): void;
  /** The one line that is rewritten while a build runs; only on a terminal. */
  progress(line: string): void;
}

/** Colour and progress are for terminals; NO_COLOR and FORCE_COLOR decide otherwise (no-color.org, force-color.org). */
export function createCliOutput(
  stdout: CliStream,
  stderr: CliStream,
  env: Readonly<Record<string, string | undefined>>,
): CliOutput {
  const colours = (stream: CliStream): Colours => pc.createColors(wantsColour(stream, env));
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write('\r\u001b[2K');
    shown = false;
  };
  return {
    stdout: colours(stdout),
    stderr: colours(stderr),
    result(line) {
      clear();
      stdout.write(`${line}\n`);
    },
    json(document) {
      clear();
      stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    },
    note(text) {
      clear();
      stderr.write(text);
    },
    progress(line) {
      if (stderr.isTTY !== true || env['TERM'] === 'dumb') return;
      const width = Math.max(20, (stderr.columns ?? 80) - 1);
      stderr.write(`\r\u001b[2K${line.slice(0, width)}`);
      shown = line !== '';
    },
  };
}

function wantsColour(stream: CliStream, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
