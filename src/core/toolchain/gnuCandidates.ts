import { isBareMetalTriplet, targetsOfTriplet } from '../target/triplets.js';
import { platformOf } from '../target/platforms.js';
import type { Target } from '../target/target.js';
import type { Candidate } from './candidate.js';
import { companionNames, parseCompilerName, type CompilerName } from './compilerName.js';
import type { Search } from './findCandidates.js';
import type { ProgramIndex } from './programIndex.js';
import type { Toolchain } from './toolchain.js';
import { levelSettings, pkgConfigSettings } from './toolchainSettings.js';

/**
 * Cross compilers on PATH whose name carries a triplet of the target: GNU, mingw, musl, osxcross and clang wrappers.
 * The triplet's level is not judged here, so that a compiler that is nearly right is listed with the reason against it.
 */
export async function gnuCandidates(search: Search): Promise<Candidate[]> {
  const { index, target, ports } = search;
  const triplets = platformOf(target)?.triplets ?? [];
  const matching = index.names
    .map((name) => ({ name, compiler: parseCompilerName(name) }))
    .filter(
      (it): it is { name: string; compiler: CompilerName } =>
        it.compiler !== undefined && it.compiler.triplet !== '' && serves(it.compiler.triplet, target),
    )
    .sort(
      (a, b) =>
        closeness(a.compiler, target, triplets) - closeness(b.compiler, target, triplets) ||
        bySuffix(a.compiler, b.compiler),
    );

  // The host's own gcc has a name with its triplet, too.
  const gcc = await index.program('gcc');
  const native = gcc === undefined ? undefined : await ports.files.realPath(gcc);
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const { name, compiler } of [...matching, ...(await osxcross(search))]) {
    const path = await index.program(name);
    if (path === undefined) continue;
    const real = (await ports.files.realPath(path)) ?? path;
    // `T-gcc` and `T-gcc-12` are one program. Launchers such as ccache are one program for many compilers, too, and
    // look at the name they are started by: those are not the same.
    const realName = ports.host.basename(real).replace(/\.exe$/i, '');
    if (parseCompilerName(realName)?.tool === 'gcc') {
      const key = `${real}\0${compiler.triplet}`;
      if (seen.has(key) || real === native) continue;
      seen.add(key);
    }
    const toolchain: Toolchain = {
      kind: kindOf(compiler),
      cc: name,
      ...(await companions(index, compiler)),
      env: { ...levelSettings(target, [name]), ...pkgConfigSettings(ports.host, target, compiler.triplet) },
    };
    candidates.push({ toolchain });
  }
  return candidates;
}

/** CXX and AR that stand beside a compiler on PATH; CXX is set only where it exists, for a host g++ would take its place. */
export async function companions(
  index: ProgramIndex,
  compiler: CompilerName,
): Promise<Pick<Toolchain, 'cxx' | 'ar'>> {
  const names = companionNames(compiler);
  const first = async (list: readonly string[]): Promise<string | undefined> => {
    for (const name of list) if ((await index.program(name)) !== undefined) return name;
    return undefined;
  };
  const [cxx, ar] = await Promise.all([first(names.cxx), first(names.ar)]);
  return { ...(cxx === undefined ? {} : { cxx }), ...(ar === undefined ? {} : { ar }) };
}

/** Whether a compiler of this triplet is worth a look for the target, its level aside. */
export function serves(triplet: string, target: Target): boolean {
  const same = (it: Target): boolean => it.goos === target.goos && it.goarch === target.goarch;
  if (targetsOfTriplet(triplet).some(same)) return true;
  // A bare-metal compiler of the right CPU is what people install by mistake: it is listed with the reason against it.
  const cpu = triplet.split('-')[0] ?? '';
  return (
    target.goos === 'linux' && isBareMetalTriplet(triplet) && targetsOfTriplet(`${cpu}-linux-gnu`).some(same)
  );
}

function closeness({ triplet }: CompilerName, target: Target, triplets: readonly string[]): number {
  const known = triplets.indexOf(triplet);
  const exact = targetsOfTriplet(triplet).some((it) => it.level === target.level);
  return (exact ? 0 : 1000) + (known < 0 ? 500 : known);
}

/** Unsuffixed first, then newer versions; mingw's posix threads before win32, which lack C11 and C++11 threads. */
function bySuffix(a: CompilerName, b: CompilerName): number {
  const rank = ({ suffix, tool }: CompilerName): number =>
    (tool === 'gcc' ? 0 : tool === 'cc' ? 1 : 2) * 10_000 +
    (suffix === ''
      ? 0
      : 5_000 - Number(/\d+/.exec(suffix)?.[0] ?? 1_000) + (suffix.endsWith('win32') ? 1_000 : 0));
  return rank(a) - rank(b);
}

function kindOf({ triplet, tool }: CompilerName): Toolchain['kind'] {
  if (/mingw/.test(triplet)) return 'mingw';
  if (/android/.test(triplet)) return 'ndk';
  if (/darwin|apple/.test(triplet)) return 'osxcross';
  if (/musl/.test(triplet)) return 'musl';
  return tool === 'clang' ? 'clang' : 'gnu';
}

/** osxcross' short names. */
async function osxcross({ index, target }: Search): Promise<{ name: string; compiler: CompilerName }[]> {
  const name =
    target.goos !== 'darwin' ? undefined : { amd64: 'o64-clang', arm64: 'oa64-clang' }[target.goarch];
  if (name === undefined || (await index.program(name)) === undefined) return [];
  return [{ name, compiler: { triplet: 'darwin', tool: 'clang', suffix: '' } }];
}
