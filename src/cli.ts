import { join } from 'node:path';
import { version } from '../package.json';
import { cacheFolder } from './node/cacheFolder.js';
import { createPorts } from './node/ports.js';
import { createCliOutput } from './cli/cliOutput.js';
import { runCli } from './cli/program.js';
import { createCrossbow } from './core/createCrossbow.js';

void main();

async function main(): Promise<void> {
  const interrupt = new AbortController();
  let endedBy: NodeJS.Signals | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      endedBy ??= signal;
      interrupt.abort();
    });
  }
  // A reader that left (| head) wants no more; that is no failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }

  const ports = createPorts();
  const exitCode = await runCli(process.argv.slice(2), version, {
    crossbow: createCrossbow(ports, {
      cacheFolder: cacheFolder(ports.host),
      node: process.execPath,
      recipesFolder: join(__dirname, '../recipes'),
    }),
    ports,
    output: createCliOutput(process.stdout, process.stderr, process.env),
    cwd: process.cwd(),
    // Beside out/, in the checkout as in the installed extension.
    causesFolder: join(__dirname, '../docs/causes'),
    viewsFolder: join(__dirname, 'webview'),
    signal: interrupt.signal,
  });
  process.exitCode = endedBy === 'SIGTERM' ? 143 : endedBy === 'SIGHUP' ? 129 : exitCode;
  // Output may still be on its way through a pipe; what else is open (a probe nobody waits for) must not hold us.
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}
