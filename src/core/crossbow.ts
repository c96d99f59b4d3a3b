import type { Artifact, BuildEvent, BuildRequest, BuildResult, MainPackage } from './build/build.js';
import type { CrossbowConfig } from './config/config.js';
import type { Diagnosis } from './diagnosis/diagnosis.js';
import type { EmulationPlan } from './emulation/emulation.js';
import type { GoStatus } from './go/goTool.js';
import type { WhyCgo } from './insight/whyCgo/whyCgo.js';
import type { LibraryOrigins } from './insight/size/createLibraryOrigins.js';
import type { SizeReading } from './insight/size/readSize.js';
import type { SizeReport } from './insight/size/sizeReport.js';
import type { Xrays } from './insight/xray/xrays.js';
import type { CheckOptions } from './lint/createChecker.js';
import type { CheckProblem } from './lint/lint.js';
import type { CancelSignal } from './ports.js';
import type { ListedRecipe, RecipeQuestion } from './recipe/listRecipes.js';
import type { Recipe } from './recipe/recipe.js';
import type { ProgramCgo } from './recipe/recipeCgo.js';
import type { RecipeEvent, RecipeRequest, RecipeResult } from './recipe/recipeRun.js';
import type { RecipeMemory } from './recipe/run/recallRecipe.js';
import type { PlacedRecipe, RecipePlace } from './recipe/workspaceRecipes.js';
import type { Catalogue } from './target/catalogue.js';
import type { Device } from './target/devices.js';
import type { SsaOptions, SsaRequest, SsaResult } from './ssa/ssa.js';
import type { Target } from './target/target.js';
import type { ToolchainReport } from './toolchain/toolchain.js';

/**
 * Everything Crossbow can do, once, for the editor and the command line alike.
 * The composition roots make one with `createCrossbow(ports)`.
 */
export interface Crossbow {
  /** Looks the go command up (again when PATH or the setting changed). */
  go(): Promise<GoStatus>;
  /** Ports, levels and devices of the installed Go; of the built-in list where there is no Go. Cached by Go's version. */
  catalogue(): Promise<Catalogue>;
  /** Every Go `main` package below the folders: nested modules and go.work included; vendor, testdata and dist left out. With a target, those that have files for it. */
  mainPackages(folders: readonly string[], signal?: CancelSignal, target?: Target): Promise<Discovery>;
  /** Candidates for a target's C side, each probed. Cached by compiler fingerprint; concurrent calls share the work. */
  toolchains(target: Target, options: ToolchainOptions): Promise<ToolchainReport>;
  /** Builds, verifies, and on failure diagnoses. Never throws for a failed build. */
  build(request: BuildRequest, options: BuildOptions): Promise<BuildResult>;
  /** The environment and command of a build as one shell line that does the same in a terminal. */
  shellCommand(request: BuildRequest, options: ToolchainOptions): Promise<string>;
  /** Diagnoses any log. */
  diagnose(log: string, options: DiagnoseOptions): Promise<readonly Diagnosis[]>;
  /** Diagnoses a log while it arrives, in memory that does not grow with it. */
  readLog(target?: Target): LogReader;
  /** The recipes of crossbow.yaml, and those that fit what is found in the folders. Starts no process. */
  recipes(question: RecipeQuestion): Promise<readonly ListedRecipe[]>;
  /** The recipes of a workspace of one or more folders, each with the folder that it belongs to. Starts no process. */
  workspaceRecipes(
    places: readonly RecipePlace[],
    options?: { readonly sources?: readonly string[]; readonly signal?: CancelSignal },
  ): Promise<readonly PlacedRecipe[]>;
  /** A recipe's steps for one target, and what the runs before left of each. Starts no process. */
  recallRecipe(
    request: RecipeRequest,
    options: Pick<RunRecipeOptions, 'config' | 'findRecipe' | 'signal'>,
  ): Promise<RecipeMemory>;
  /** What would bite on the way to targets, found in the files before anything is built. */
  check(options: CheckOptions): Promise<readonly CheckProblem[]>;
  /** A file's text with what `check` would mend in it mended; undefined where there is nothing. */
  mend(path: string, options: CheckOptions): Promise<string | undefined>;
  /** Runs a recipe's steps for one target, those that nothing has changed for not at all. Never throws for a failed step. */
  runRecipe(request: RecipeRequest, options: RunRecipeOptions): Promise<RecipeResult>;
  /** Whether the Go programs of a recipe whose cgo is left to Crossbow need C for a target. Nothing is built. */
  recipeCgo(recipe: Recipe, target: Target, options: ToolchainOptions): Promise<readonly ProgramCgo[]>;
  /** One function as the compiler sees it, pass by pass, for a target. Never throws for a failed compile. */
  ssa(request: SsaRequest, options: SsaOptions): Promise<SsaResult>;
  /** How to run an artifact here. */
  emulation(artifact: Artifact, options: EmulationOptions): Promise<EmulationPlan>;
  /**
   * Why main packages need C for a target: the shortest import chains to every package that uses cgo. Remembered until
   * go.mod, go.sum or a source changes.
   */
  whyCgo(target: Target, packages: readonly MainPackage[], options: WhyCgoOptions): Promise<WhyCgo>;
  /** Where the bytes of a binary go, read from the file alone: nothing is run. Never throws for a file it can't read. */
  size(path: string): Promise<SizeReading>;
  /**
   * Which package brings each shared library that a program needs: by its build record, and by the `#cgo` lines of one
   * of `packages`, where it was built from that.
   */
  libraryOrigins(
    report: Pick<SizeReport, 'facts' | 'build'>,
    packages: readonly MainPackage[],
    options: WhyCgoOptions,
  ): Promise<LibraryOrigins>;
  /** What the builds of this cache folder spent their time on. */
  readonly xrays: Xrays;
}

export interface Discovery {
  readonly packages: readonly MainPackage[];
  /** Modules that could not be listed, each with Go's own words: a broken go.mod, a missing go.sum entry. */
  readonly problems: readonly { readonly file: string; readonly line?: number; readonly message: string }[];
  /** Whether any go.mod was seen at all. */
  readonly hasModule: boolean;
}

export interface ToolchainOptions {
  readonly config: CrossbowConfig;
  /** In an untrusted workspace nothing that the workspace names is run. */
  readonly trusted: boolean;
  readonly signal?: CancelSignal;
  /** Probes again even where the cache knows. */
  readonly fresh?: boolean;
  /** `remembered`: for rows in passing; does not start zig, whose first use of a target takes a minute. */
  readonly zig?: 'if-needed' | 'remembered';
}

export interface BuildOptions extends ToolchainOptions {
  /** Records go's workers, and every process with strace where that is possible, for the build's X-ray. Slows it down. */
  readonly traceProcesses?: boolean;
  readonly onEvent?: (event: BuildEvent) => void;
}

/** A log that arrives in pieces. */
export interface LogReader {
  feed(text: string): void;
  /** Looks around and says why it failed. To be called once, when all was fed. */
  end(options: Omit<DiagnoseOptions, 'target'>): Promise<readonly Diagnosis[]>;
}

export interface RunRecipeOptions extends ToolchainOptions {
  readonly onRecipeEvent?: (event: RecipeEvent) => void;
  /** The recipe that a `recipe` step names: of the same place as `from`, or of that folder. */
  readonly findRecipe: (
    name: string,
    directory: string | undefined,
    from: Recipe,
  ) => Promise<Recipe | undefined>;
}

export interface DiagnoseOptions {
  readonly target?: Target;
  /** Folder the log's relative paths start from, where known. */
  readonly directory?: string;
  /** What was built, as a pattern for go below `directory`. */
  readonly pattern?: string;
  /** Variables of the build beside the host's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  readonly config: CrossbowConfig;
  readonly trusted: boolean;
}

interface WhyCgoOptions extends ToolchainOptions {
  /** Downloads nothing: for what is shown in passing. */
  readonly offline?: boolean;
  /** Asks go even where an answer is remembered. */
  readonly fresh?: boolean;
}

interface EmulationOptions extends ToolchainOptions {
  readonly device?: Device;
  /** Arguments for the program itself. */
  readonly args?: readonly string[];
}
