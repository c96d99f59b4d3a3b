import type { Ports } from '../ports.js';
import { targetId } from '../target/target.js';
import type { EmulationPlan, EmulationRequest } from './emulation.js';
import { findProgram } from './findProgram.js';

/** Wine, which runs Windows programs of the host's own CPU. */
export async function planWine(
  ports: Ports,
  { path, target, args = [] }: EmulationRequest,
): Promise<EmulationPlan> {
  const { host } = ports;
  const is32 = target.goarch === '386';
  const fitsCpu = target.goarch === host.goarch || (is32 && host.goarch === 'amd64');
  // On Apple silicon Wine itself is an amd64 program under Rosetta 2.
  const viaRosetta = host.platform === 'darwin' && target.goarch !== 'arm64';
  if (host.platform === 'win32' || !(fitsCpu || viaRosetta)) {
    return {
      kind: 'impossible',
      message: `Nothing here can run a program for ${targetId(target)}: Wine runs programs of the host's own CPU (${host.goarch}). Copy it to a Windows machine and run it there.`,
    };
  }
  // Debian's wine64 puts its program beside PATH when the wrapper package `wine` is missing.
  const wine = await findProgram(ports, is32 ? ['wine', 'wine32'] : ['wine64', 'wine']);
  if (wine === undefined) {
    const packages = is32 ? ['wine', 'wine32:i386'] : ['wine', 'wine64'];
    const first = is32 ? ' (after `dpkg --add-architecture i386`)' : '';
    return {
      kind: 'missing',
      message: `Running ${targetId(target)} here takes Wine. The packages ${packages.join(' and ')} bring it on Debian and Ubuntu${first}; on Fedora and macOS it is called wine and wine-stable.`,
      packages,
    };
  }
  return {
    kind: 'run',
    program: wine,
    args: [path, ...args],
    env: { WINEDEBUG: '-all' },
    description: host.basename(wine),
  };
}
