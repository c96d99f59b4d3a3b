import type { ToolchainReport } from './toolchain.js';

/** What a target's row shows of its C side. */
export type ToolchainState =
  /** A compiler was seen to work. */
  | 'proven'
  /** A compiler is there, but no probe has decided yet. */
  | 'found'
  /** The compiler that the workspace names does not serve this target, and a build uses no other. */
  | 'refused'
  /** No compiler serves this target. */
  | 'missing'
  /** Go has no cgo for this target: a C compiler is never asked for. */
  | 'not-needed'
  /** A probe is running. */
  | 'checking'
  /** Nobody looked yet. */
  | 'unknown';

/** The state that a report amounts to. */
export function toolchainState(report: ToolchainReport): 'proven' | 'found' | 'refused' | 'missing' {
  const configured = report.candidates.find((it) => it.toolchain.kind === 'configured');
  if (configured?.verdict === 'rejected') {
    return 'refused';
  }
  if (report.chosen !== undefined) {
    return 'proven';
  }
  return report.candidates.some((it) => it.verdict === 'unproven') ? 'found' : 'missing';
}

/** The state in words, short enough for a row; read aloud by screen readers too. */
export function toolchainStateText(state: ToolchainState): string {
  switch (state) {
    case 'proven':
      return 'C toolchain proven';
    case 'found':
      return 'C toolchain found, not proven';
    case 'refused':
      return 'configured C compiler rejected';
    case 'missing':
      return 'no C toolchain';
    case 'not-needed':
      return 'no C toolchain needed';
    case 'checking':
      return 'checking C toolchains';
    case 'unknown':
      return 'C toolchain not checked yet';
  }
}
