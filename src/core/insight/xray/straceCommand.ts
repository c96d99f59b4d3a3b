import { findProgram } from '../../emulation/findProgram.js';
import type { CancelSignal, Ports } from '../../ports.js';
import { straceArguments } from './straceLog.js';

/** How to run a program so that its processes are recorded, or why that can't be done here. */
export type Tracing =
  | { readonly kind: 'ready'; readonly program: string; readonly args: readonly string[] }
  | { readonly kind: 'unavailable'; readonly reason: string };

/**
 * Looks strace up, and whether it may trace here: containers and hardened systems forbid it (ptrace(2), Yama). `program`
 * is what it is tried on, and must end by itself at once.
 */
export async function prepareTracing(
  ports: Ports,
  file: string,
  trial: { readonly program: string; readonly args: readonly string[]; readonly signal?: CancelSignal },
): Promise<Tracing> {
  const strace = ports.host.platform === 'linux' ? await findProgram(ports, ['strace']) : undefined;
  if (strace === undefined) {
    return { kind: 'unavailable', reason: 'strace, which would record the processes, is not installed here' };
  }
  const args = [...straceArguments, '-o', file];
  const { outcome, stderr } = await ports.runner.run(strace, [...args, trial.program, ...trial.args], {
    timeoutMs: 20_000,
    ...(trial.signal === undefined ? {} : { signal: trial.signal }),
  });
  if (outcome.kind === 'exited' && outcome.code === 0) return { kind: 'ready', program: strace, args };
  const [said = 'it does not say why'] = stderr.trim().split('\n');
  return { kind: 'unavailable', reason: `strace may not record processes here: ${said}` };
}
