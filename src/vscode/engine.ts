import type { listArchive } from '../core/archive/listArchive.js';
import type { TaskText } from '../core/build/yieldingTask.js';
import type { ConfigChange, CrossbowConfig, LoadedConfig } from '../core/config/config.js';
import type { ConfigEdit } from '../core/config/editConfig.js';
import type { Crossbow } from '../core/crossbow.js';
import type { FixEdit } from '../core/diagnosis/diagnosis.js';
import type { FileSystem, Host } from '../core/ports.js';
import type { FoundRecipe } from '../core/recipe/discovery/discoverRecipes.js';
import type { Catalogue } from '../core/target/catalogue.js';
import type { Target } from '../core/target/target.js';

/** A crossbow.yaml that was found. */
export interface ConfigFile extends LoadedConfig {
  /** Absolute. */
  readonly path: string;
}

/**
 * What the surfaces call, made by the composition root. It is loaded when first needed, because process
 * running, YAML and the rules of the diagnosis are most of the extension's code and none of its first paint.
 */
export interface Engine {
  readonly crossbow: Crossbow;
  readonly files: Pick<FileSystem, 'readText' | 'stat'>;
  readonly host: Host;
  /** The nearest crossbow.yaml in a folder or above it. */
  readonly findConfig: (folder: string, catalogue: Catalogue) => Promise<ConfigFile | undefined>;
  /** crossbow.yaml's text with the changes made, comments and order kept. `text` is empty for a new file. */
  readonly editConfig: (text: string, changes: readonly ConfigChange[]) => ConfigEdit;
  /** crossbow.yaml's text with a recipe copied to it, its programs as they are found for a target. */
  readonly customizeRecipe: (text: string, recipe: FoundRecipe, target: Target) => Promise<ConfigEdit>;
  /** An archive's listing as a text for people. Throws an Error for people for what is no archive. */
  readonly archivePage: (path: string, options: Parameters<typeof listArchive>[2]) => Promise<string>;
  /** tasks.json's text with variables set for the task of this label, comments and order kept. */
  readonly editTask: (text: string, label: string, env: Readonly<Record<string, string>>) => ConfigEdit;
  /** A `crossbow` task as it has to be for a fix to have effect. */
  readonly yieldingTask: (
    definition: TaskText,
    target: Target,
    edit: FixEdit,
    catalogue: Catalogue,
  ) => YieldingTask;
}

/** What becomes of a task whose own choices would win over a fix. */
export interface YieldingTask {
  readonly definition: TaskText;
  /** The variables and properties that are not in it any more. */
  readonly leaveOut: readonly string[];
  /** The same change in the text of tasks.json; refused where the task does not stand there. */
  readonly editTasks: (text: string) => ConfigEdit;
}

export type LoadEngine = () => Promise<Engine>;

/** What holds without a crossbow.yaml. */
export const noConfig: CrossbowConfig = { pinned: [], toolchains: {}, defaults: {}, recipes: [] };

/** The name of a new configuration file. */
export const configFileName = 'crossbow.yaml';
