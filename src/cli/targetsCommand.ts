import type { Command } from 'commander';
import { targetId } from '../core/target/target.js';
import { exitCodes, type CliContext } from './cliContext.js';

export function addTargetsCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('targets')
    .summary('list what can be built for')
    .description(
      'Lists the targets of the installed Go, with their levels, and the devices that stand for them.',
    )
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .addHelpText(
      'after',
      `
A target is written goos/goarch[/level]: linux/arm/v7, linux/amd64/v3, linux/mips/softfloat. Where a target is asked
for, its other names do too: linux/armv7, arm-linux-gnueabihf, aarch64, "GOOS=linux GOARCH=arm GOARM=6", "pi 3b+".

Examples:
  crossbow targets
  crossbow targets --json | jq -r '.[] | select(.cgo) | .id'`,
    )
    .action((flags: { json?: boolean }) => run((context) => listTargets(context, flags.json === true)));
}

async function listTargets({ crossbow, output }: CliContext, json: boolean): Promise<number> {
  const { targets, ports, devices } = await crossbow.catalogue();
  const rows = targets.map((target) => ({
    id: targetId(target),
    goos: target.goos,
    goarch: target.goarch,
    level: target.level ?? null,
    cgo: ports.some((it) => it.goos === target.goos && it.goarch === target.goarch && it.cgoSupported),
    devices: devices.filter((it) => targetId(it.target) === targetId(target)).map((it) => it.name),
  }));
  if (json) {
    output.json(rows);
    return exitCodes.done;
  }
  const width = Math.max(...rows.map((it) => it.id.length));
  for (const { id, cgo, devices: names } of rows) {
    const c = cgo ? output.stdout.green('cgo') : '   ';
    output.result(`${id.padEnd(width)}  ${c}  ${output.stdout.dim(names.join(', '))}`.trimEnd());
  }
  return exitCodes.done;
}
