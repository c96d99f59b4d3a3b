import { platformOf } from '../target/platforms.js';
import type { Candidate } from './candidate.js';
import { joinCommand } from './commandWords.js';
import type { Search } from './findCandidates.js';

/** The NDK's clang, where the usual variables point; a level of the API that its oldest phones have comes first. */
export async function ndkCandidates({ ports: { files, host }, target }: Search): Promise<Candidate[]> {
  const triplet = platformOf(target)?.ndkTriplet;
  if (triplet === undefined) return [];
  const candidates: Candidate[] = [];
  for (const root of await ndkRoots()) {
    const prebuilt = host.join(root, 'toolchains', 'llvm', 'prebuilt');
    for (const tag of await files.list(prebuilt).catch(() => [])) {
      const bin = host.join(prebuilt, tag, 'bin');
      const names: readonly string[] = await files.list(bin).catch(() => []);
      const level = names
        .map((name) => new RegExp(`^${triplet}(\\d+)-clang(?:\\.cmd)?$`).exec(name))
        .filter((match) => match !== null)
        .sort((a, b) => Number(a[1]) - Number(b[1]))
        .find((match) => Number(match[1]) >= 21);
      if (level === undefined) continue;
      const [name] = level;
      const beside = (other: string): string | undefined =>
        names.includes(other) ? joinCommand([host.join(bin, other)]) : undefined;
      const cxx = beside(name.replace('-clang', '-clang++'));
      const ar = beside('llvm-ar') ?? beside('llvm-ar.exe');
      candidates.push({
        toolchain: {
          kind: 'ndk',
          cc: joinCommand([host.join(bin, name)]),
          ...(cxx === undefined ? {} : { cxx }),
          ...(ar === undefined ? {} : { ar }),
          env: { PKG_CONFIG_LIBDIR: host.join(prebuilt, tag, 'sysroot', 'usr', 'lib', 'pkgconfig') },
        },
      });
    }
  }
  return candidates;

  async function ndkRoots(): Promise<string[]> {
    const { env } = host;
    const named: (string | undefined)[] = [
      env['ANDROID_NDK_HOME'],
      env['ANDROID_NDK_ROOT'],
      env['ANDROID_NDK_LATEST_HOME'],
    ];
    const roots: string[] = named.filter((it): it is string => it !== undefined && it !== '');
    for (const sdk of [env['ANDROID_HOME'], env['ANDROID_SDK_ROOT']]) {
      if (sdk === undefined || sdk === '') continue;
      const versions = await files.list(host.join(sdk, 'ndk')).catch(() => []);
      const newest = [...versions].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
      roots.push(...newest.map((version) => host.join(sdk, 'ndk', version)));
    }
    return [...new Set(roots)];
  }
}
