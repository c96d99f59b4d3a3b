import type { Host, Ports } from '../ports.js';
import { platformOf } from '../target/platforms.js';
import type { Target } from '../target/target.js';
import type { EmulationPlan, EmulationRequest } from './emulation.js';
import { findProgram } from './findProgram.js';
import { findLoader } from './sysroot.js';

/** CPUs whose programs another CPU's system runs by itself. */
const alsoRuns: Readonly<Record<string, readonly string[]>> = {
  'linux/amd64': ['386'],
  'windows/amd64': ['386'],
  // Windows 11 on ARM emulates both, and Rosetta 2 brings amd64 to Apple silicon.
  'windows/arm64': ['amd64', '386'],
  'darwin/arm64': ['amd64'],
};

/** Whether this host's kernel starts programs of the target by itself. */
export async function runsNatively(ports: Ports, target: Target): Promise<boolean> {
  const { host } = ports;
  const goos = hostGoos(host);
  if (target.goos !== goos) return false;
  if (target.goarch === host.goarch || alsoRuns[`${goos}/${host.goarch}`]?.includes(target.goarch) === true) {
    return true;
  }
  return target.goarch === 'arm' && goos === 'linux' && host.goarch === 'arm64' && runsAArch32(ports);
}

function hostGoos({ platform }: Host): string {
  return platform === 'win32' ? 'windows' : platform === 'sunos' ? 'solaris' : platform;
}

/** Servers and Apple silicon lack 32-bit ARM, a Raspberry Pi has it; lscpu of util-linux asks the kernel. */
async function runsAArch32(ports: Ports): Promise<boolean> {
  const lscpu = await findProgram(ports, ['lscpu']);
  if (lscpu === undefined) return false;
  const { stdout } = await ports.runner.run(lscpu, [], {
    env: { ...ports.host.env, LC_ALL: 'C' },
    timeoutMs: 5_000,
  });
  return /^CPU op-mode\(s\):.*\b32-bit/m.test(stdout);
}

/**
 * The program itself; where the system lacks its loader, the sysroot's loader starts it. Programs then see the loader
 * as their own executable (/proc/self/exe), which is the price for needing no root.
 */
export async function planNative(ports: Ports, request: EmulationRequest): Promise<EmulationPlan> {
  const { path, target, facts, args = [] } = request;
  const { host } = ports;
  const direct: EmulationPlan = { kind: 'run', program: path, args, env: {}, description: 'this machine' };
  if (facts.format !== 'elf' || target.goos !== 'linux') return direct;
  const own = await findLoader(ports, target, facts, undefined);
  const loader = own.kind === 'in-place' ? own : await findLoader(ports, target, facts, request.sysroot);
  switch (loader.kind) {
    case 'in-place':
      return direct;
    case 'missing':
      return loader;
    case 'sysroot': {
      const folders = libraryFolders(target).map((below) => host.join(loader.folder, ...below.split('/')));
      return {
        kind: 'run',
        program: loader.loader,
        args: ['--library-path', folders.join(':'), path, ...args],
        env: {},
        description: `this machine, with the loader of ${loader.folder}`,
      };
    }
  }
}

function libraryFolders(target: Target): readonly string[] {
  const multiarch = platformOf(target)?.multiarch;
  const own = multiarch === undefined ? [] : [`lib/${multiarch}`, `usr/lib/${multiarch}`];
  return ['lib', 'usr/lib', 'lib64', 'usr/lib64', ...own];
}
