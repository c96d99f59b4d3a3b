import { describeDecision } from '../core/ssa/compile/decisions.js';
import { compareFigures } from '../core/ssa/compareDumps.js';
import { measureCode, type CodeMeasures } from '../core/ssa/measureCode.js';
import type { SsaDump } from '../core/ssa/model.js';
import { countChanges, type PassChanges } from '../core/ssa/passChanges.js';
import { printDiff } from '../core/ssa/printDiff.js';
import { printAst, printCode, printPass } from '../core/ssa/printDump.js';
import type { SsaResult } from '../core/ssa/ssa.js';
import { nearestName } from '../core/config/nearestName.js';
import { setupError } from './cliContext.js';
import type { Colours } from './cliOutput.js';

export type Dumped = Extract<SsaResult, { kind: 'dumped' }>;

/** Lines of the pass, or the two passes, that were asked for. */
export interface PassChoice {
  readonly lines: readonly string[];
}

/** What `--pass` and `--diff` ask for; undefined where neither is given. A pass that is none is wrong usage. */
export function choosePasses(
  dump: SsaDump,
  { pass, diff }: { readonly pass?: string; readonly diff?: string },
): PassChoice | undefined {
  if (pass !== undefined) return { lines: textOfPass(dump, pass).trimEnd().split('\n') };
  if (diff === undefined) return undefined;
  const [from = '', to] = diff.split('..');
  const last = passIndex(dump, to ?? from);
  const first = to === undefined ? Math.max(0, last - 1) : passIndex(dump, from);
  const lines = printDiff(dump, first, last);
  return { lines: lines.length === 0 ? ['Nothing changed.'] : lines };
}

/** What comes before the passes and after them goes by the name of its column in Go's own page. */
function textOfPass(dump: SsaDump, pass: string): string {
  switch (pass.toLowerCase()) {
    case 'ast':
      return printAst(dump) || 'The dump has no syntax tree.';
    case 'genssa':
      return printCode(dump);
    default:
      return printPass(dump, passIndex(dump, pass));
  }
}

function passIndex(dump: SsaDump, name: string): number {
  const names = dump.passes.map((it) => it.name);
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_\s]+/g, ' ');
  const index = names.findIndex((it) => plain(it) === plain(name));
  if (index >= 0) return index;
  const near = nearestName(name, names);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  throw setupError(`There is no pass ${name}.${hint}\nPasses: AST, ${names.join(', ')}, genssa`, {
    passes: names,
  });
}

/** The function, its figures, and a line for each pass that changed something. */
export function showOverview(result: Dumped, colours: Colours): readonly string[] {
  const { dump, assembly, boundsChecks, decisions } = result;
  const { func, passes } = dump;
  const counted = countChanges(dump);
  const width = Math.max(...passes.map((it) => it.name.length));
  const lines = [
    `${colours.bold(func.name)} ${func.type} ${colours.dim(`${func.origin?.target ?? ''} ${func.origin?.go ?? ''}`)}`,
    describe(measureCode(dump, assembly, boundsChecks)),
    '',
  ];
  passes.forEach((pass, index) => {
    const change = counted[index];
    if (!pass.changed || change === undefined) return;
    const time = pass.ns === undefined ? '' : `${(pass.ns / 1000).toFixed(0)} µs`;
    const counts = `${String(change.values).padStart(6)} values ${time.padStart(9)}`;
    lines.push(`${pass.name.padEnd(width)} ${counts}  ${changes(change)}`.trimEnd());
  });
  const idle = passes.filter((it) => !it.changed).length;
  lines.push(colours.dim(`${idle} of ${passes.length} passes changed nothing.`));
  for (const { file, line, column, kind } of boundsChecks)
    lines.push(`${file}:${line}:${column}: ${kind === 'index' ? 'index' : 'slice'} is checked at run time`);
  for (const it of decisions) lines.push(`${it.file}:${it.line}:${it.column}: ${describeDecision(it)}`);
  return lines;
}

function changes({ added, removed, rewritten, moved }: PassChanges): string {
  const part = (mark: string, count: number): string => (count === 0 ? '' : `${mark}${count}`);
  return [part('+', added), part('-', removed), part('~', rewritten), part('>', moved)]
    .filter((it) => it !== '')
    .join(' ');
}

function describe(measures: CodeMeasures): string {
  return compareFigures([measures])
    .map(({ what, values }) => `${values[0] ?? 0} ${what}`)
    .join(', ');
}

/** Two targets side by side. */
export function showComparison(one: Dumped, other: Dumped, colours: Colours): readonly string[] {
  const both = [one, other];
  const heads = both.map((it) => it.dump.func.origin?.target ?? '');
  const column = Math.max(12, ...heads.map((it) => it.length + 2));
  const line = (what: string, cells: readonly string[]): string =>
    `${what.padEnd(22)}${cells.map((it) => it.padStart(column)).join('')}`;
  const measures = both.map((it) => measureCode(it.dump, it.assembly, it.boundsChecks));
  return [
    colours.bold(line(one.dump.func.name, heads)),
    ...compareFigures(measures).map(({ what, values }) =>
      line(
        what,
        values.map((it) => String(it ?? '–')),
      ),
    ),
  ];
}

/** The listing of `go build -gcflags=-S` for this function alone. */
export function showAssembly({ assembly }: Dumped): readonly string[] {
  if (assembly === undefined) return ['The compiler printed no listing.'];
  const { symbol, size, args, locals, instructions, relocations } = assembly;
  const hex = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`;
  return [
    `${symbol} size=${size} args=0x${args.toString(16)} locals=0x${locals.toString(16)}`,
    ...instructions.map(({ address, file, line, text }) => `\t${hex(address)} (${file}:${line})\t${text}`),
    ...relocations.map((it) => `\trel ${it.address}+${it.size} t=${it.type} ${it.symbol}`),
  ];
}
