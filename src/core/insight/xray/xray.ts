import type { Diagnosis } from '../../diagnosis/diagnosis.js';

/** What an action's time went to. `cached`: Go looked and had nothing to do. */
export type ActionKind = 'compile' | 'cgo' | 'c' | 'assemble' | 'link' | 'cached' | 'other';

/** One action, with times in milliseconds from the start of the go command. */
export interface XrayAction {
  readonly id: number;
  readonly kind: ActionKind;
  /** What it does, for people: `compile fmt`, `gcc_util.c of runtime/cgo`. */
  readonly label: string;
  /** The go command's own word. */
  readonly mode: string;
  readonly package?: string;
  readonly state: ActionState;
  /** Absent for what was never begun. */
  readonly start?: number;
  readonly end?: number;
  /** How long it waited for a free processor after all it needed was there. */
  readonly waited?: number;
  /** Row of the timeline. */
  readonly lane: number;
  readonly deps: readonly number[];
  readonly commands: number;
  /** CPU time of its commands and of what they started, in milliseconds; absent where Go did not say. */
  readonly cpu?: { readonly user: number; readonly system: number };
  readonly critical: boolean;
}

/**
 * `ran`: it started commands, or did work of its own. `cached`: Go found it done. `failed`: the build failed here.
 * `skipped`: what it needed had failed before. `unfinished`: it had begun when the build ended.
 */
export type ActionState = 'ran' | 'cached' | 'failed' | 'skipped' | 'unfinished';

/** A part of the build's time that can be told apart at a glance. */
export interface Phase {
  readonly name: 'load' | 'build' | 'link' | 'finish';
  readonly start: number;
  readonly end: number;
}

/** A process, or a command that Go said it ran; times in milliseconds from the start of the go command. */
export interface XrayProcess {
  readonly words: readonly string[];
  readonly kind: 'go' | 'compile' | 'cgo' | 'c' | 'assemble' | 'link' | 'other';
  /** The action that ran it, where known. */
  readonly action?: number;
  readonly package?: string;
  /** Only of its own: absent where Go has one figure for several commands. */
  readonly time?: { readonly real: number; readonly user?: number; readonly system?: number };
  /** Seen by strace: the rest is known exactly, children as well. */
  readonly seen?: {
    readonly pid: number;
    readonly start: number;
    /** Absent for one that outlived the trace. */
    readonly end?: number;
    readonly exitCode?: number;
    /** The file that was executed. */
    readonly path: string;
  };
  readonly children: readonly XrayProcess[];
}

/** Why a package was built again; `unknown` where nothing told. */
export type RebuildReason =
  | { readonly kind: 'cached' | 'skipped' | 'unknown' }
  /** Nothing of it was in the cache, though its inputs are those of the build before: the cache was cleared, or bypassed. */
  | { readonly kind: 'lost' }
  /** Code that it imports came out differently; the packages, direct imports alone. */
  | { readonly kind: 'imports'; readonly packages: readonly string[] }
  /** Its own sources, flags, or the compiler changed, and none of its imports. */
  | { readonly kind: 'own' }
  /** The build before had no such package. */
  | { readonly kind: 'new' };

/** A package of the build. Times in milliseconds. */
export interface XrayPackage {
  readonly importPath: string;
  readonly state: 'built' | 'cached' | 'failed' | 'skipped';
  /** Sum over its actions, and of that what was CPU. */
  readonly time: number;
  readonly cpu: number;
  readonly actions: number;
  readonly commands: number;
  /** Whether the build started a C compiler for it. */
  readonly usesC: boolean;
  readonly reason: RebuildReason;
}

/** All that is known of one build. */
export interface Xray {
  /** Wall time of the go command in milliseconds. */
  readonly wall: number;
  readonly actions: readonly XrayAction[];
  readonly lanes: number;
  /** `workers`: each is one of go's, as it ran; `packed`: as few as hold all, for nothing tells who it was. */
  readonly lanesAre: 'workers' | 'packed';
  readonly phases: readonly Phase[];
  /** Longest chain of actions that each had to wait for the one before: ids, the first first, and its time. */
  readonly critical: { readonly actions: readonly number[]; readonly time: number };
  /** Sum over all actions, and of CPU time over all commands. */
  readonly total: { readonly time: number; readonly user: number; readonly system: number };
  readonly packages: readonly XrayPackage[];
  readonly failures: readonly XrayFailure[];
  /** What is missing from this picture and why, in sentences for people. */
  readonly gaps: readonly string[];
}

/** Where a build failed. */
export interface XrayFailure {
  readonly package?: string;
  /** The actions that may have failed: one, where it is certain. */
  readonly actions: readonly number[];
  readonly diagnoses: readonly Diagnosis[];
  /** What was printed for the package, the first lines. */
  readonly said: readonly string[];
}
