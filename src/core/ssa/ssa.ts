import type { ToolchainOptions } from '../crossbow.js';
import type { Target } from '../target/target.js';
import type { Assembly, CompiledFunction } from './compile/assembly.js';
import type { BoundsCheck } from './compile/boundsCheck.js';
import type { Decision } from './compile/decisions.js';
import type { CompileProblem } from './compile/problems.js';
import type { SsaDump } from './model.js';

/** A package for a target, with the flags of its build. */
export interface SsaPackage {
  readonly target: Target;
  /** Absolute folder of the package: of the workspace, of a dependency, or of Go itself. */
  readonly directory: string;
  /** Absolute folder where the go command runs: decides which module, go.work and vendor folder count. */
  readonly moduleDirectory: string;
  /** With its `_test.go` files, and the outer test package. */
  readonly test?: boolean;
  readonly cgo?: 'auto' | 'on' | 'off';
  readonly tags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** More flags for go: `-race`. */
  readonly flags?: readonly string[];
}

export interface SsaRequest extends SsaPackage {
  /** As the compiler names it, without the package: `(*conn).serve`. */
  readonly name: string;
  /** Texts of unsaved files by absolute path. */
  readonly unsaved?: ReadonlyMap<string, string>;
  /** Absolute path to put the compiler's own page (ssa.html) at; none is written where there is no such function. */
  readonly page?: string;
}

export type SsaOptions = Pick<ToolchainOptions, 'config' | 'trusted' | 'signal'>;

export type SsaResult =
  | {
      readonly kind: 'dumped';
      readonly dump: SsaDump;
      /** Absent where the compiler printed no listing. */
      readonly assembly?: Assembly;
      /** Bounds checks left in the function. */
      readonly boundsChecks: readonly BoundsCheck[];
      /** What the compiler decided about the function's lines; empty for a plain dump. */
      readonly decisions: readonly Decision[];
      /** All functions of the package, as the compiler names them. */
      readonly functions: readonly CompiledFunction[];
      /**
       * `replay`: of a command known before; `capture`: captured now; `direct`: of a command put together from what the
       * go command lists; `plain`: by GOSSAFUNC for the go command; `page`: read from a saved ssa.html.
       */
      readonly method: 'replay' | 'capture' | 'direct' | 'plain' | 'page';
      /** What should be known of it: why a slower way was taken. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'no-function';
      /** Nearest names, best first. */
      readonly nearest: readonly string[];
      readonly functions: readonly CompiledFunction[];
      /** Where calls of it were replaced by its body, if that is why it has none. */
      readonly inlinedAt: readonly CompileProblem[];
    }
  | { readonly kind: 'failed'; readonly problems: readonly CompileProblem[] }
  | { readonly kind: 'cancelled' };

/** Functions as the compiler sees them. */
export interface SsaService {
  /** Compiles one package and reads one function of it. A failed compile is a value. */
  dump(request: SsaRequest, options: SsaOptions): Promise<SsaResult>;
}
