/**
 * A recipe: a named list of steps that turns a workspace into artifacts for one target. What follows is a recipe as it
 * is written, in crossbow.yaml or in a built-in file: texts may still hold references such as `${version}`.
 */
export interface RecipeDefinition {
  readonly name: string;
  /** One line for people. */
  readonly title?: string;
  /** Where the steps' paths start: absolute, or relative to the folder of the file that holds the recipe. */
  readonly directory?: string;
  /** Targets or devices that the recipe is for, in any spelling; empty: for every target. */
  readonly matrix: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  /** Line of its name in the file, counted from 1. */
  readonly line?: number;
}

/** A recipe that can be run: its definition, and where it belongs. */
export interface Recipe {
  readonly definition: RecipeDefinition;
  readonly origin: RecipeOrigin;
  /** Absolute: where the steps' paths start. */
  readonly directory: string;
  /** Absolute: the folder that holds `dist/`, that is the workspace folder or crossbow.yaml's. */
  readonly root: string;
}

export type RecipeOrigin =
  /** Written by the user; `file` is the crossbow.yaml. */
  | { readonly kind: 'config'; readonly file: string; readonly line?: number }
  /** One of `recipes/*.yaml` that fits what was found in the workspace. */
  | { readonly kind: 'built-in'; readonly id: string }
  /** Made from a program that was found, with no file behind it. */
  | { readonly kind: 'discovered' };

export type Step = GoStep | CStep | ProgramStep | RootfsStep | ArchiveStep | FileStep | RunStep | RecipeStep;

interface StepBase {
  /** Unique in its recipe. */
  readonly name: string;
  /** Steps that come first, beside those that references name. */
  readonly needs: readonly string[];
  /** Line of the step in the file, counted from 1. */
  readonly line?: number;
}

/** How Go programs of a step are built; what is absent takes the defaults of crossbow.yaml. */
export interface GoOptions {
  readonly tags?: readonly string[];
  readonly ldflags?: string;
  /** `auto`: on where the program needs C and a proven toolchain is there. */
  readonly cgo?: 'auto' | 'on' | 'off';
  readonly trimpath?: boolean;
  /** Value of go's `-mod`. */
  readonly mod?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Patterns for `go generate`, which runs before, for the host. */
  readonly generate?: readonly string[];
  /** Libraries of the target that a build can be made with or without, by their pkg-config names. */
  readonly libraries?: Readonly<Record<string, LibraryChoice>>;
}

/** Whether a program is built with a library. */
export interface LibraryChoice {
  /** Build tags that bring in the code which uses it. */
  readonly tags: readonly string[];
  /** `on`, `off`, or `auto`: on where pkg-config knows it for the target. May hold references. */
  readonly use: string;
  /** The variable that alone says so: what people set to choose. */
  readonly variable?: string;
}

/** How C programs of a step are built. */
export interface COptions {
  /** Folders for `-I`. */
  readonly includes?: readonly string[];
  readonly cflags?: readonly string[];
  readonly ldflags?: readonly string[];
  /** Modules that pkg-config is asked for. */
  readonly pkgConfig?: readonly string[];
}

/** Builds Go main packages for the target. */
export interface GoStep extends StepBase, GoOptions {
  readonly kind: 'go';
  /** Patterns, folders or import paths. */
  readonly packages: readonly string[];
  /** File name of the program, where there is one package. */
  readonly output?: string;
  /** No loader, no shared library: verified on the bytes. */
  readonly static?: boolean;
}

/** Compiles one C program with the target's proven compiler. */
export interface CStep extends StepBase, COptions {
  readonly kind: 'c';
  /** Files or globs: `*` within a name, `**` for folders. */
  readonly sources: readonly string[];
  readonly output: string;
  readonly static?: boolean;
}

/** A program that discovery finds, in Go or in C: it becomes a `go` or a `c` step. */
export interface ProgramStep extends StepBase {
  readonly kind: 'program';
  /** Folders or globs of folders; the first that holds a program is it. */
  readonly paths: readonly string[];
  readonly output?: string;
  readonly static?: boolean;
  /** Where there is none, the step is left out, with the entries that refer to it. */
  readonly optional: boolean;
  readonly go: GoOptions;
  readonly c: COptions;
}

/** Writes a root filesystem as an archive. */
export interface RootfsStep extends StepBase {
  readonly kind: 'rootfs';
  readonly output: string;
  /** An archive to build upon. */
  readonly base?: string;
  /** `true`: the host's own bundle; a text: a file. */
  readonly caCertificates?: true | string;
  /** Writes /etc/passwd and /etc/group with root and nobody. */
  readonly passwd: boolean;
  /** Makes /tmp, mode 1777. */
  readonly tmp: boolean;
  /** By path in the archive. */
  readonly entries: Readonly<Record<string, EntryDefinition>>;
}

/** Writes a tar or zip archive of named entries; the output's name decides which. */
export interface ArchiveStep extends StepBase {
  readonly kind: 'archive';
  readonly output: string;
  readonly entries: Readonly<Record<string, EntryDefinition>>;
}

/** What stands at a path of an archive. `mode` is octal digits, `owner` is `uid:gid`. */
export type EntryDefinition =
  /** A file, or a folder with all that is in it. */
  | { readonly kind: 'from'; readonly from: string; readonly mode?: string; readonly owner?: string }
  | { readonly kind: 'directory'; readonly mode?: string; readonly owner?: string }
  | { readonly kind: 'link'; readonly target: string; readonly owner?: string }
  | { readonly kind: 'text'; readonly text: string; readonly mode?: string; readonly owner?: string };

/** Writes a text file. */
export interface FileStep extends StepBase {
  readonly kind: 'file';
  readonly output: string;
  readonly text: string;
}

/** Runs any command, in trusted workspaces only. */
export interface RunStep extends StepBase {
  readonly kind: 'run';
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  /** Files or globs that decide whether it must run again. */
  readonly inputs: readonly string[];
  /** Files below the recipe's output folder. */
  readonly outputs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs another recipe first, for the same target. */
export interface RecipeStep extends StepBase {
  readonly kind: 'recipe';
  readonly recipe: string;
  /** Where the other recipe is to be found, relative to this recipe's directory; absent: in the same workspace. */
  readonly directory?: string;
  /** Replace the other recipe's own. */
  readonly variables: Readonly<Record<string, string>>;
  readonly optional: boolean;
}
