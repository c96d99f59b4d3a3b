import { createSsaTextParser } from '../parseSsaText.js';
import type { SsaDump } from '../model.js';
import { createAssemblyReader, type Assembly, type CompiledFunction } from './assembly.js';
import { readBoundsCheck, type BoundsCheck } from './boundsCheck.js';
import { createDecisionReader, type DecisionReader } from './decisions.js';
import { readProblems, type CompileProblem } from './problems.js';

/** Everything one run of the compiler says about a function. */
export interface CompilerOutput {
  /** The function's own; adapters between calling conventions have its name, and are smaller. */
  readonly dump?: SsaDump;
  readonly assembly?: Assembly;
  /** All functions of the package. */
  readonly functions: readonly CompiledFunction[];
  /** Of the whole package. */
  readonly boundsChecks: readonly BoundsCheck[];
  /** What was decided about lines of a file of the package. */
  readonly decisionsWithin: DecisionReader['within'];
  readonly inlinedAt: DecisionReader['inlinedAt'];
  readonly problems: readonly CompileProblem[];
}

/** Lines kept of what was not understood. */
const otherLimit = 2_000;

/** Reads the output of a compiler that was asked for SSA, listing (-S), bounds checks and decisions (-m=2) at once, while it runs. */
export function createCompilerOutputReader(
  packagePath: string,
  name: string,
): { feed(text: string): void; end(): CompilerOutput } {
  const assembly = createAssemblyReader(packagePath, (it) => it === name);
  const boundsChecks: BoundsCheck[] = [];
  const decisions = createDecisionReader();
  const others: string[] = [];
  const parser = createSsaTextParser((line) => {
    if (assembly.line(line)) return;
    const check = readBoundsCheck(line);
    if (check !== undefined) boundsChecks.push(check);
    else if (decisions.line(line)) return;
    else if (others.length < otherLimit) others.push(line);
  });
  return {
    feed: (text) => {
      parser.feed(text);
    },
    end() {
      const { dumps } = parser.end();
      const { functions, listings } = assembly.end();
      const largest = [...dumps].sort((a, b) => b.values.length - a.values.length)[0];
      const listing = listings.find((it) => !it.wrapper) ?? listings[0];
      return {
        ...(largest === undefined ? {} : { dump: largest }),
        ...(listing === undefined ? {} : { assembly: listing }),
        functions,
        boundsChecks,
        decisionsWithin: decisions.within,
        inlinedAt: decisions.inlinedAt,
        problems: readProblems(others),
      };
    },
  };
}
