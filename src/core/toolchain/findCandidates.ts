import type { ToolchainConfig } from '../config/config.js';
import type { Ports } from '../ports.js';
import { platformOf } from '../target/platforms.js';
import type { Target } from '../target/target.js';
import { kindOrder, type Candidate } from './candidate.js';
import { clangCandidates } from './clangCandidates.js';
import { configuredCandidate, goCandidate } from './configuredCandidate.js';
import { gnuCandidates } from './gnuCandidates.js';
import { nativeCandidates } from './nativeCandidates.js';
import { ndkCandidates } from './ndkCandidates.js';
import type { ProgramIndex } from './programIndex.js';
import { zigCandidates, type Zig } from './zigCandidates.js';

/** What a search for candidates starts from. */
export interface Search {
  readonly ports: Ports;
  readonly index: ProgramIndex;
  readonly target: Target;
  /** crossbow.yaml's entry for this target. */
  readonly config?: ToolchainConfig;
  /** What `go env CC` says for this target. */
  readonly goCompiler?: string;
  readonly zig?: Zig;
}

/** Every toolchain that may serve the target, best first; none of them tried. */
export async function findCandidates(search: Search): Promise<readonly Candidate[]> {
  if (platformOf(search.target) === undefined) return [];
  const configured = await configuredCandidate(search);
  const groups = await Promise.all([
    nativeCandidates(search),
    gnuCandidates(search),
    ndkCandidates(search),
    clangCandidates(search),
  ]);
  const found = [...groups.flat(), ...zigCandidates(search)];
  const own = await goCandidate(search, found);
  // A stable sort: within a kind the finders' own order stays.
  const rest = [...found, ...own].sort((a, b) => order(a, search) - order(b, search));
  return withoutRepeats([...configured, ...rest]);
}

function order({ toolchain }: Candidate, { target, ports: { host } }: Search): number {
  // The host's gcc as a compiler for its 32-bit sibling works only with multilib; a true cross gcc goes before it.
  const foreign = toolchain.kind === 'native' && target.goarch !== host.goarch && host.platform === 'linux';
  return foreign ? kindOrder.indexOf('musl') : kindOrder.indexOf(toolchain.kind);
}

function withoutRepeats(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ toolchain }) => {
    const fresh = !seen.has(toolchain.cc);
    seen.add(toolchain.cc);
    return fresh;
  });
}
