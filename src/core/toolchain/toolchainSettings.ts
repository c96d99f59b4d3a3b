import type { ToolchainConfig } from '../config/config.js';
import type { Host } from '../ports.js';
import { platformOf } from '../target/platforms.js';
import type { Target } from '../target/target.js';

/** Go's own default of CGO_CFLAGS (cmd/go, "Environment variables"); setting the variable replaces it. */
const defaultFlags = '-O2 -g';

/**
 * CGO_CFLAGS and CGO_CXXFLAGS that keep C code within the target's level, where the compiler would go beyond it.
 * A compiler command that already names a CPU is left alone: gcc warns of -mcpu with another -march, and Go compiles
 * runtime/cgo with -Werror.
 */
export function levelSettings(target: Target, words: readonly string[]): Record<string, string> {
  const flags = platformOf(target)?.levelFlags ?? [];
  if (flags.length === 0 || words.some((word) => /^-m(?:cpu|arch)=/.test(word))) return {};
  const value = `${defaultFlags} ${flags.join(' ')}`;
  return { CGO_CFLAGS: value, CGO_CXXFLAGS: value };
}

/**
 * Where pkg-config looks for the target's libraries; unset it would answer with the host's. Debian keeps those of a
 * foreign architecture in /usr/lib/MULTIARCH, mingw's and others' are below the triplet's own folder.
 */
export function pkgConfigSettings(host: Host, target: Target, triplet: string): Record<string, string> {
  if (host.platform === 'win32') return {};
  const multiarch = /musl|mingw|darwin|android/.test(triplet)
    ? undefined
    : triplet === ''
      ? platformOf(target)?.multiarch
      : debianMultiarch(triplet);
  const folders = [
    ...(multiarch === undefined ? [] : [`/usr/lib/${multiarch}/pkgconfig`]),
    ...(triplet === '' ? [] : [`/usr/${triplet}/lib/pkgconfig`]),
    ...(multiarch === undefined ? [] : ['/usr/share/pkgconfig']),
  ];
  return { PKG_CONFIG_LIBDIR: folders.join(':') };
}

/** Debian's 32-bit x86 compilers are i686, its library folders i386. */
function debianMultiarch(triplet: string): string {
  return triplet.replace(/^i[456]86-/, 'i386-');
}

/** The variables that the keys of crossbow.yaml beside `cc` become, whichever compiler they stand beside. */
export function companionVariables({ cxx, ar, fc, pkgConfig }: ToolchainConfig): Record<string, string> {
  return {
    ...(cxx === undefined ? {} : { CXX: cxx }),
    ...(ar === undefined ? {} : { AR: ar }),
    ...(fc === undefined ? {} : { FC: fc }),
    ...(pkgConfig?.command === undefined ? {} : { PKG_CONFIG: pkgConfig.command }),
    ...(pkgConfig?.libdir === undefined ? {} : { PKG_CONFIG_LIBDIR: pkgConfig.libdir }),
    ...(pkgConfig?.sysrootDir === undefined ? {} : { PKG_CONFIG_SYSROOT_DIR: pkgConfig.sysrootDir }),
  };
}
