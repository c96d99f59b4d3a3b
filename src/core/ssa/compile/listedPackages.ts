import type { Ports } from '../../ports.js';
import type { CaptureInputs } from './captureInputs.js';
import type { Capture } from './capture.js';
import { readProblems, type CompileProblem } from './problems.js';

/** A package as `go list -json` prints it. */
export type Listed = Readonly<Record<string, unknown>>;

/** Which package a capture is of, and what it depends on. */
export interface CapturePlace extends CaptureInputs {
  readonly importPath: string;
}

/** The package that was asked for, of those that were listed with it. */
export function placeOf(
  { host }: Pick<Ports, 'host'>,
  listed: readonly Listed[],
  captures: readonly Capture[],
): CapturePlace {
  const wanted = listed.find(
    (it) =>
      it['DepOnly'] !== true && it['ForTest'] === undefined && !textOf(it['ImportPath']).endsWith('.test'),
  );
  return {
    importPath: textOf(wanted?.['ImportPath']),
    directory: textOf(wanted?.['Dir']) || host.dirname(captures[0]?.command.files[0] ?? ''),
    dependencies: [
      ...new Set(
        listed.filter((it) => it['DepOnly'] === true && canChange(it)).map((it) => textOf(it['Dir'])),
      ),
    ],
  };
}

/** What the go command said is wrong, of the packages and of the compile. It shortens paths to begin where it runs. */
export function listedProblems(
  { host }: Pick<Ports, 'host'>,
  cwd: string,
  { stderr, listed }: { readonly stderr: string; readonly listed: readonly Listed[] },
): readonly CompileProblem[] {
  return readProblems([...stderr.split('\n'), ...listed.flatMap(errorLines)]).map((it) =>
    it.file === undefined || host.isAbsolute(it.file) ? it : { ...it, file: host.join(cwd, it.file) },
  );
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function errorLines(listed: Listed): readonly string[] {
  const error = listed['Error'] as { readonly Pos?: unknown; readonly Err?: unknown } | undefined;
  if (typeof error?.Err !== 'string') return [];
  return error.Err.split('\n').map((it, index) =>
    index === 0 && typeof error.Pos === 'string' && error.Pos !== '' ? `${error.Pos}: ${it}` : it,
  );
}

/** Packages of Go itself and of the module cache never change in place. */
function canChange(listed: Listed): boolean {
  if (listed['Standard'] === true) return false;
  const module = listed['Module'] as
    { Main?: unknown; Version?: unknown; Replace?: { Version?: unknown } } | undefined;
  if (module === undefined || module.Main === true) return true;
  return module.Replace !== undefined && module.Replace.Version === undefined;
}
