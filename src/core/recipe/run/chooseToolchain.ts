import type { ProbedToolchain, ToolchainReport } from '../../toolchain/toolchain.js';

export type ToolchainChoice =
  | { readonly kind: 'chosen'; readonly toolchain: ProbedToolchain }
  /** `message` says why, in one sentence; `best` is the candidate that came nearest. */
  | { readonly kind: 'none'; readonly message: string; readonly best?: ProbedToolchain };

/**
 * The toolchain for C programs of a target. A configured one is used even where its probe failed, as for a Go build: what
 * it makes is read back. One that hangs would show nothing.
 */
export function decideToolchain(report: ToolchainReport, configured: boolean): ToolchainChoice {
  const own = configured ? report.candidates.find((it) => it.toolchain.kind === 'configured') : undefined;
  const toolchain = own?.hung === true ? undefined : (own ?? report.chosen);
  if (toolchain !== undefined) return { kind: 'chosen', toolchain };
  const best = own ?? report.candidates[0];
  const message =
    best === undefined
      ? 'There is no C compiler for it here.'
      : `No C compiler here serves it: ${best.toolchain.cc}: ${best.reason}`;
  return { kind: 'none', message, ...(best === undefined ? {} : { best }) };
}

/** What a step remembers of the toolchain that it was made with. */
export function toolchainMark({ toolchain, version, machine }: ProbedToolchain): string {
  return JSON.stringify([toolchain, version, machine]);
}
