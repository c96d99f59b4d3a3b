import type { RecipeDefinition } from '../recipe/recipe.js';

/** crossbow.yaml, as read and checked. Keys of `toolchains` are target ids in canonical form. */
export interface CrossbowConfig {
  /** Target or device spellings, in the order the tree shows them. */
  readonly pinned: readonly string[];
  readonly toolchains: Readonly<Record<string, ToolchainConfig>>;
  readonly defaults: BuildDefaults;
  /** In the file's order. */
  readonly recipes: readonly RecipeDefinition[];
}

export interface ToolchainConfig {
  readonly cc?: string;
  readonly cxx?: string;
  readonly fc?: string;
  readonly ar?: string;
  readonly sysroot?: string;
  readonly pkgConfig?: {
    readonly command?: string;
    readonly libdir?: string;
    readonly sysrootDir?: string;
  };
  readonly cgo?: 'auto' | 'on' | 'off';
  readonly env?: Readonly<Record<string, string>>;
}

export interface BuildDefaults {
  readonly tags?: readonly string[];
  readonly ldflags?: string;
  readonly trimpath?: boolean;
  readonly cgo?: 'auto' | 'on' | 'off';
  readonly env?: Readonly<Record<string, string>>;
  /** Folder for artifacts below crossbow.yaml; default `dist`. */
  readonly output?: string;
}

/** What a crossbow.yaml says, and what is wrong with it. */
export interface LoadedConfig {
  readonly config: CrossbowConfig;
  readonly problems: readonly ConfigProblem[];
}

/** Something wrong in crossbow.yaml. Lines and columns count from 1; the end is the first column behind it. */
export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** One sentence for people. */
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** What holds without a crossbow.yaml. */
export const emptyConfig: CrossbowConfig = { pinned: [], toolchains: {}, defaults: {}, recipes: [] };

/** One value of crossbow.yaml to set or, with `null`, to remove. */
export interface ConfigChange {
  /** Keys from the top of crossbow.yaml: ['toolchains', 'linux/arm/v7', 'cc']. */
  readonly path: readonly string[];
  readonly value: string | boolean | readonly string[] | null;
}
