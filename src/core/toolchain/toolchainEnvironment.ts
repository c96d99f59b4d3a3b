import type { Toolchain } from './toolchain.js';

/** The variables that make `go build` use the toolchain: CC, CXX, AR, and its settings. */
export function toolchainEnvironment(toolchain: Toolchain): Record<string, string> {
  const { cc, cxx, ar, env } = toolchain;
  return {
    CC: cc,
    ...(cxx === undefined ? {} : { CXX: cxx }),
    ...(ar === undefined ? {} : { AR: ar }),
    ...env,
  };
}
