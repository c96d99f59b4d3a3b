import { systemName } from '../artifact/describeArtifact.js';
import type { Ports } from '../ports.js';
import { targetId, type Target } from '../target/target.js';
import type { EmulationPlan, EmulationRequest } from './emulation.js';
import { planNative, runsNatively } from './planNative.js';
import { planQemu } from './planQemu.js';
import { planWasm } from './planWasm.js';
import { planWine } from './planWine.js';

/** How to run a program on this host: by itself where the host can, else by what emulates its target. */
export async function planEmulation(ports: Ports, request: EmulationRequest): Promise<EmulationPlan> {
  const { target, facts } = request;
  const { host } = ports;
  if (facts.type !== 'executable') {
    const kind = { shared: 'shared library', object: 'object file', archive: 'static library' }[facts.type];
    return { kind: 'impossible', message: `This is a ${kind}: there is nothing in it to run.` };
  }
  if (target.goarch === 'wasm') return planWasm(ports, request);
  if (await runsNatively(ports, target)) return planNative(ports, request);
  switch (target.goos) {
    case 'windows':
      return planWine(ports, request);
    case 'linux':
      return host.platform === 'linux' ? planQemu(ports, request) : noUserMode(host.platform, target);
    case 'android':
      return impossible(
        target,
        'Copy it to a device or an Android emulator with `adb push FILE /data/local/tmp/` and run it with `adb shell`.',
      );
    case 'darwin':
      return impossible(target, 'Copy it to a Mac and run it there.');
    case 'ios':
      return impossible(target, 'It runs in an app on a device or in the simulator of Xcode.');
    default:
      return impossible(
        target,
        `Copy it to a machine or a virtual machine with ${systemName(target.goos)} and run it there.`,
      );
  }
}

/** QEMU's user mode hands system calls to the kernel below it, so that it exists for Linux (and BSD) hosts alone. */
function noUserMode(platform: string, target: Target): EmulationPlan {
  const host = platform === 'win32' ? 'Windows' : platform === 'darwin' ? 'macOS' : platform;
  const way =
    platform === 'win32'
      ? 'Run it in WSL with qemu-user, or in a container of that platform'
      : 'Run it in a container of that platform, in a Linux virtual machine';
  const container = `docker run --rm --platform ${targetId(target)} -v "$PWD:/w" -w /w debian ./PROGRAM`;
  return impossible(
    target,
    `QEMU runs single Linux programs only on Linux, not on ${host}. ${way} (\`${container}\`), or on the device itself.`,
  );
}

function impossible(target: Target, advice: string): EmulationPlan {
  return { kind: 'impossible', message: `Nothing here can run a program for ${targetId(target)}. ${advice}` };
}
