import type { EmulationRequest } from '../emulation/emulation.js';
import { planEmulation } from '../emulation/planEmulation.js';
import type { Ports } from '../ports.js';
import { platformOf } from '../target/platforms.js';
import type { ProbeTask } from './probe.js';

/** What running the probe's program showed; `note` ends the reason's sentence. */
export type ProbeRun =
  | { readonly kind: 'ran'; readonly note: string }
  | { readonly kind: 'not-run'; readonly note: string }
  /** It did not end as it should, for reasons that may be the emulator's. */
  | { readonly kind: 'undecided'; readonly note: string }
  | { readonly kind: 'died'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** Exit code of a shell or of qemu-user for a program that a signal ended: 128 + SIGILL. */
const illegalInstruction = 132;

/** Runs the program where this machine or qemu-user can, on the most modest CPU of the target's level. */
export async function runProbe(ports: Ports, request: EmulationRequest, task: ProbeTask): Promise<ProbeRun> {
  const { target } = request;
  // Wine would first set up a whole Windows in the user's home.
  if (target.goos === 'windows' && ports.host.platform !== 'win32')
    return { kind: 'not-run', note: 'not run here' };
  const plan = await planEmulation(ports, request);
  if (plan.kind === 'impossible') return { kind: 'not-run', note: "can't be run here" };
  if (plan.kind === 'missing') {
    const qemu = platformOf(target)?.qemuUser;
    return {
      kind: 'not-run',
      note: `not run: ${plan.packages.length > 0 ? `install ${plan.packages.join(' ')} for ${qemu ?? 'an emulator'}` : plan.message}`,
    };
  }
  const result = await ports.runner.run(plan.program, plan.args, {
    env: { ...ports.host.env, ...plan.env },
    timeoutMs: task.limits.run,
    maxOutput: 10_000,
    ...(task.signal === undefined ? {} : { signal: task.signal }),
  });
  const { outcome } = result;
  if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
  if (outcome.kind === 'exited' && outcome.code === 0 && result.stdout.includes('crossbow')) {
    return {
      kind: 'ran',
      note: `ran ${plan.description === 'this machine' ? 'on' : 'under'} ${plan.description}`,
    };
  }
  const illegal =
    (outcome.kind === 'signalled' && outcome.signal === 'SIGILL') ||
    (outcome.kind === 'exited' && outcome.code === illegalInstruction);
  if (illegal) return { kind: 'died', reason: `its program dies with SIGILL under ${plan.description}` };
  const how =
    outcome.kind === 'timed-out'
      ? `within ${String(Math.round(task.limits.run / 1000))} s`
      : outcome.kind === 'exited'
        ? `(exit code ${String(outcome.code)})`
        : outcome.kind === 'signalled'
          ? `(${outcome.signal})`
          : `(${outcome.message})`;
  return { kind: 'undecided', note: `did not finish under ${plan.description} ${how}` };
}
