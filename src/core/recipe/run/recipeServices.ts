import type { BuildRequest, BuildResult } from '../../build/build.js';
import type { BuildOptions, Crossbow, ToolchainOptions } from '../../crossbow.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { Finding } from '../../diagnosis/finding.js';
import type { GoStatus } from '../../go/goTool.js';
import type { CancelSignal, Ports } from '../../ports.js';
import type { Target } from '../../target/target.js';
import type { ToolchainReport } from '../../toolchain/toolchain.js';
import type { SourceVersion } from '../discovery/versionSource.js';
import type { CStep, GoStep, ProgramStep, Recipe } from '../recipe.js';

/** What running a recipe asks of the rest of Crossbow. */
export interface RecipeServices {
  readonly ports: Ports;
  readonly go: () => Promise<GoStatus>;
  readonly build: (request: BuildRequest, options: BuildOptions) => Promise<BuildResult>;
  readonly toolchains: (target: Target, options: ToolchainOptions) => Promise<ToolchainReport>;
  readonly whyCgo: Crossbow['whyCgo'];
  diagnose(log: string, about: LogOrigin): Promise<readonly Diagnosis[]>;
  /** Diagnoses of what was found by other means than a log. */
  resolve(findings: readonly Finding[], about: Omit<LogOrigin, 'compiler'>): Promise<readonly Diagnosis[]>;
  readVersion(directory: string, signal?: CancelSignal): Promise<SourceVersion>;
  /** The program of the first folder that holds one for the target. */
  resolveProgram(step: ProgramStep, directory: string, target: Target): Promise<GoStep | CStep | undefined>;
  /** Another recipe by its name: of the same place as `from`, or of that folder. */
  readonly findRecipe: (
    name: string,
    directory: string | undefined,
    from: Recipe,
  ) => Promise<Recipe | undefined>;
}

/** The failed tool that a log is of. */
interface LogOrigin extends ToolchainOptions {
  readonly target: Target;
  /** Folder that the log's relative paths start from. */
  readonly directory: string;
  /** Variables of the tool beside the host's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** The C compiler, as Go's CC. */
  readonly compiler?: string;
}
