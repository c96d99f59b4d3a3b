import os from 'node:os';
import path from 'node:path';
import type { Host } from '../core/ports.js';

/** What a host is made from; a test can describe another machine than the one it runs on. */
export interface HostFacts {
  readonly platform: string;
  /** Node's process.arch. */
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
}

/** The machine this runs on, or the one the facts describe. */
export function createHost(facts: HostFacts = thisMachine()): Host {
  const windows = facts.platform === 'win32';
  const rules = windows ? path.win32 : path.posix;
  const env = environment(facts.env, windows);
  return {
    platform: facts.platform,
    goarch: goarchOf(facts.arch),
    env,
    homeDirectory: facts.homeDirectory,
    join: (...parts) => rules.join(...parts),
    dirname: (file) => rules.dirname(file),
    basename: (file) => rules.basename(file),
    relative: (from, to) => rules.relative(from, to),
    isAbsolute: (file) => rules.isAbsolute(file),
    // On Windows an entry may stand in quotes.
    searchPath: (env['PATH'] ?? '')
      .split(rules.delimiter)
      .map((entry) => (windows ? entry.trim().replace(/^"(.*)"$/, '$1') : entry))
      .filter((entry) => entry !== ''),
  };
}

function thisMachine(): HostFacts {
  return { platform: process.platform, arch: process.arch, env: process.env, homeDirectory: os.homedir() };
}

/** Windows writes `Path` and ignores case; a plain copy does not, so the name gets the one spelling used everywhere. */
function environment(env: HostFacts['env'], windows: boolean): Record<string, string> {
  const copy: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined) copy[windows && name.toUpperCase() === 'PATH' ? 'PATH' : name] = value;
  }
  return copy;
}

/** Node names a CPU by its family and this build's byte order; os.endianness tells mips and ppc apart. */
function goarchOf(arch: string): string {
  switch (arch) {
    case 'x64':
      return 'amd64';
    case 'ia32':
      return '386';
    case 'mipsel':
      return 'mipsle';
    case 'ppc64':
      return os.endianness() === 'LE' ? 'ppc64le' : 'ppc64';
    default:
      return arch;
  }
}
