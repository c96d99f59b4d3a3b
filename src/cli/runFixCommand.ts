import { execa } from 'execa';
import type { CliContext } from './cliContext.js';

/**
 * Runs the command of a fix through the shell it was written for. Its words go where everything goes that is no result;
 * a password is asked for at the terminal. Returns what went wrong, if anything.
 */
export async function runFixCommand(
  { ports, cwd, signal }: CliContext,
  command: string,
): Promise<string | undefined> {
  const child = execa(command, {
    shell: true,
    cwd,
    env: { ...ports.host.env },
    extendEnv: false,
    reject: false,
    stdio: ['inherit', process.stderr, 'inherit'],
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const { exitCode } = await child;
  signal.removeEventListener('abort', stop);
  if (exitCode === 0) return undefined;
  return `The command failed${exitCode === undefined ? '' : ` with exit code ${exitCode}`}.`;
}
