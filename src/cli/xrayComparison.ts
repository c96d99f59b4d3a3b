import { compareXrays } from '../core/insight/xray/compareXrays.js';
import type { XrayReading } from '../core/insight/xray/xrays.js';
import { formatShellWords } from '../core/build/shellCommand.js';
import { targetId } from '../core/target/target.js';
import { formatCount } from '../core/text/formatText.js';
import type { CliContext } from './cliContext.js';

const shownRows = 20;

/** Prints two builds side by side. */
export function showXrayComparison(
  { output, ports }: CliContext,
  before: XrayReading,
  after: XrayReading,
  { json, all }: { readonly json?: boolean; readonly all?: boolean },
): void {
  const { packages, commands } = compareXrays(before, after);
  const sides = [before, after].map(({ record, xray }) => ({
    id: record.id,
    target: targetId(record.target),
    importPath: record.importPath,
    wall: xray.wall,
    critical: xray.critical.time,
  }));
  if (json === true) {
    output.json({ before: sides[0], after: sides[1], packages, commands });
    return;
  }
  const { bold, dim, red, green } = output.stdout;
  const ms = (time: number | undefined): string =>
    (time === undefined ? '' : String(Math.round(time))).padStart(9);
  for (const it of sides)
    output.result(`${bold(it.id)}  ${it.target} ${it.importPath}, ${String(Math.round(it.wall))} ms in all`);
  output.result(dim(`${'before ms'.padStart(9)} ${'after ms'.padStart(9)} ${'more'.padStart(9)}  package`));
  const told = packages.filter((it) => Math.abs(it.difference) >= 1);
  const rows = all === true ? packages : told.slice(0, shownRows);
  for (const { importPath, before: was, after: is, difference } of rows) {
    const paint = difference > 0 ? red : green;
    const states = was?.state === is?.state ? '' : `  ${was?.state ?? 'absent'} → ${is?.state ?? 'absent'}`;
    output.result(`${ms(was?.time)} ${ms(is?.time)} ${paint(ms(difference))}  ${importPath}${dim(states)}`);
  }
  const left = packages.length - rows.length;
  if (left > 0) output.result(dim(`${formatCount(left, 'package')} more (--all lists them)`));
  if (commands.length > 0) output.result(`\n${bold(`Commands that differ: ${String(commands.length)}`)}`);
  for (const it of all === true ? commands : commands.slice(0, shownRows)) {
    output.result(dim(it.package ?? ''));
    if (it.before !== undefined) output.result(red(`- ${formatShellWords(it.before, ports.host.platform)}`));
    if (it.after !== undefined) output.result(green(`+ ${formatShellWords(it.after, ports.host.platform)}`));
  }
}
