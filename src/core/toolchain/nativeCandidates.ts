import type { Host } from '../ports.js';
import type { Target } from '../target/target.js';
import type { Candidate } from './candidate.js';
import { parseCompilerName } from './compilerName.js';
import type { Search } from './findCandidates.js';
import { companions } from './gnuCandidates.js';
import { levelSettings, pkgConfigSettings } from './toolchainSettings.js';

/** The host's own compilers, for what they can make without being told a target: gcc, cc, clang, and musl-gcc. */
export async function nativeCandidates({
  index,
  target,
  ports: { files, host },
}: Search): Promise<Candidate[]> {
  const own = isOwn(host, target);
  if (!own && !isSibling(host, target)) return [];
  const names = ['gcc', 'cc', 'clang', ...versioned(index.names)];
  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  for (const name of host.platform === 'darwin' ? ['clang', ...names] : names) {
    const path = await index.program(name);
    const compiler = parseCompilerName(name);
    if (path === undefined || compiler === undefined) continue;
    const real = (await files.realPath(path)) ?? path;
    if (/gcc|clang|\bcc\b/.test(host.basename(real)) && seen.has(real)) continue;
    seen.add(real);
    const env = {
      ...levelSettings(target, [name]),
      ...(own ? {} : pkgConfigSettings(host, target, '')),
    };
    candidates.push({ toolchain: { kind: 'native', cc: name, ...(await companions(index, compiler)), env } });
  }
  if (own && target.goos === 'linux') {
    for (const name of ['musl-gcc', 'musl-clang']) {
      if ((await index.program(name)) === undefined) continue;
      // No g++: musl-tools has none, and the host's would bring glibc's libstdc++.
      candidates.push({ toolchain: { kind: 'musl', cc: name, env: levelSettings(target, [name]) } });
    }
  }
  return candidates;
}

function isOwn(host: Host, { goos, goarch }: Target): boolean {
  return goosOf(host) === goos && host.goarch === goarch;
}

/** Apple's clang makes both CPUs' code, gcc with multilib the 32-bit one: Go passes -arch and -m32 itself. */
function isSibling(host: Host, { goos, goarch }: Target): boolean {
  if (goosOf(host) !== goos) return false;
  return goos === 'darwin'
    ? goarch === 'amd64' || goarch === 'arm64'
    : host.goarch === 'amd64' && goarch === '386';
}

function goosOf({ platform }: Host): string {
  return platform === 'win32' ? 'windows' : platform;
}

function versioned(names: readonly string[]): string[] {
  const number = (name: string): number => Number(/\d+/.exec(name)?.[0]);
  return names.filter((name) => /^(?:gcc|clang)-\d+$/.test(name)).sort((a, b) => number(b) - number(a));
}
