import type { Port } from './catalogue.js';

/** Go 1.26's ports, as `go tool dist list -json` prints them: `!` is first class, `-` has no cgo. */
const ports: Readonly<Record<string, string>> = {
  aix: 'ppc64',
  android: '386 amd64 arm arm64',
  darwin: 'amd64! arm64!',
  dragonfly: 'amd64',
  freebsd: '386 amd64 arm arm64',
  illumos: 'amd64',
  ios: 'amd64 arm64',
  js: 'wasm-',
  linux: '386! amd64! arm! arm64! loong64 mips mips64 mips64le mipsle ppc64- ppc64le riscv64 s390x',
  netbsd: '386 amd64 arm arm64',
  openbsd: '386 amd64 arm arm64 ppc64- riscv64',
  plan9: '386- amd64- arm-',
  solaris: 'amd64',
  wasip1: 'wasm-',
  windows: '386! amd64! arm64',
};

/** The ports to show where there is no Go to ask. */
export const builtInPorts: readonly Port[] = Object.entries(ports).flatMap(([goos, list]) =>
  list.split(' ').map((entry) => ({
    goos,
    goarch: entry.replace(/[!-]/g, ''),
    cgoSupported: !entry.includes('-'),
    firstClass: entry.includes('!'),
    broken: false,
  })),
);
