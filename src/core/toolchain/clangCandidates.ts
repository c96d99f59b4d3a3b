import { platformOf } from '../target/platforms.js';
import type { Candidate } from './candidate.js';
import { parseCompilerName } from './compilerName.js';
import type { Search } from './findCandidates.js';
import { companions } from './gnuCandidates.js';
import { levelSettings, pkgConfigSettings } from './toolchainSettings.js';

/**
 * clang with `--target`, where a C library of the target is installed that it finds by itself: Debian's in
 * /usr/TRIPLET. Not for Windows: Go passes --compress-debug-sections=zlib, which clang's mingw linkers refuse.
 */
export async function clangCandidates(search: Search): Promise<Candidate[]> {
  const { index, target, ports } = search;
  if (target.goos !== 'linux' || ports.host.platform !== 'linux' || target.goarch === ports.host.goarch)
    return [];
  const clang = await newestClang(search);
  const compiler = clang === undefined ? undefined : parseCompilerName(clang);
  const triplet = await installedTriplet(search);
  if (clang === undefined || compiler === undefined || triplet === undefined) return [];
  const { cxx, ar } = await companions(index, compiler);
  const flag = `--target=${triplet}`;
  // A linker is chosen in CGO_LDFLAGS only: in CC it fails runtime/cgo, which is compiled with -Werror.
  const lld = (await index.program(`ld.lld${compiler.suffix}`)) ?? (await index.program('ld.lld'));
  return [
    {
      toolchain: {
        kind: 'clang',
        cc: `${clang} ${flag}`,
        ...(cxx === undefined ? {} : { cxx: `${cxx} ${flag}` }),
        ...(ar === undefined ? {} : { ar }),
        env: { ...levelSettings(target, [clang]), ...pkgConfigSettings(ports.host, target, triplet) },
      },
      ...(lld === undefined ? {} : { alternativeLdflags: '-O2 -g -fuse-ld=lld' }),
    },
  ];
}

async function newestClang({ index }: Search): Promise<string | undefined> {
  const number = (name: string): number => Number(/\d+/.exec(name)?.[0] ?? 0);
  const names = index.names.filter((name) => /^clang-\d+$/.test(name)).sort((a, b) => number(b) - number(a));
  for (const name of ['clang', ...names]) if ((await index.program(name)) !== undefined) return name;
  return undefined;
}

async function installedTriplet({ ports: { files }, target }: Search): Promise<string | undefined> {
  const triplets = (platformOf(target)?.triplets ?? []).filter((it) => !/musl/.test(it));
  for (const triplet of triplets) {
    const stat = await files.stat(`/usr/${triplet}/include/stdlib.h`).catch(() => undefined);
    if (stat !== undefined) return triplet;
  }
  return undefined;
}
