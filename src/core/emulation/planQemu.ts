import type { Ports } from '../ports.js';
import { platformOf } from '../target/platforms.js';
import { targetId } from '../target/target.js';
import type { EmulationPlan, EmulationRequest } from './emulation.js';
import { cpusOfLevel, knownCpu } from './emulatorCpu.js';
import { findProgram } from './findProgram.js';
import { findLoader } from './sysroot.js';

/** Asking qemu for its version or CPUs takes milliseconds; one that hangs is not waited for. */
const questionTimeoutMs = 10_000;

/** qemu's user mode, which runs a Linux program of another CPU on Linux. */
export async function planQemu(ports: Ports, request: EmulationRequest): Promise<EmulationPlan> {
  const { target, facts } = request;
  const name = platformOf(target)?.qemuUser;
  if (name === undefined) {
    return { kind: 'impossible', message: `QEMU has no user mode for ${targetId(target)}.` };
  }
  const qemu = await findProgram(ports, [name, `${name}-static`]);
  if (qemu === undefined) {
    return {
      kind: 'missing',
      message: `Running ${targetId(target)} here takes ${name}. The package qemu-user brings it on Debian and Ubuntu; on Fedora, Arch and openSUSE it is in qemu-user-static, qemu-user and qemu-linux-user.`,
      packages: ['qemu-user'],
    };
  }
  const loader = await findLoader(ports, target, facts, request.sysroot);
  if (loader.kind === 'missing') return loader;
  const [cpu, version] = await Promise.all([chooseCpu(ports, qemu, request), readVersion(ports, qemu)]);
  const sysroot = loader.kind === 'sysroot' ? ['-L', loader.folder] : [];
  return {
    kind: 'run',
    program: qemu,
    args: [...sysroot, ...(cpu === undefined ? [] : ['-cpu', cpu]), request.path, ...(request.args ?? [])],
    env: {},
    description: `${ports.host.basename(qemu)}${version}${cpu === undefined ? '' : `, CPU ${cpu}`}`,
  };
}

/** The device's CPU or the level's, if this qemu knows one of them: qemu-arm has no cortex-a53, and refuses to start. */
async function chooseCpu(
  { runner }: Ports,
  qemu: string,
  { target, emulatorCpu }: EmulationRequest,
): Promise<string | undefined> {
  const wanted = [...(emulatorCpu === undefined ? [] : [emulatorCpu]), ...cpusOfLevel(target)];
  if (wanted.length === 0) return undefined;
  const { stdout } = await runner.run(qemu, ['-cpu', 'help'], { timeoutMs: questionTimeoutMs });
  return knownCpu(stdout, wanted);
}

async function readVersion({ runner }: Ports, qemu: string): Promise<string> {
  const { stdout } = await runner.run(qemu, ['--version'], { timeoutMs: questionTimeoutMs });
  const version = /version (\d+(?:\.\d+)*)/.exec(stdout)?.[1];
  return version === undefined ? '' : ` ${version}`;
}
