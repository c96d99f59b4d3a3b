import type { ConfigChange } from '../config/config.js';
import type { LineEdit, NewFile } from '../text/lineEdits.js';

/** How sure the engine is; decides between a problem, a hint, and silence. */
export type Confidence = 'certain' | 'likely' | 'hint';

/** Where a person would look. Lines and columns count from 1. */
export interface Place {
  /** Absolute path, or as the log wrote it where it could not be found. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  /** The first column behind what is meant, on the same line. */
  readonly endColumn?: number;
}

/** A line of the log that supports a diagnosis; `line` counts from 1. */
export interface Evidence {
  readonly line: number;
  readonly text: string;
}

/** Why a build failed, and what would mend it, best fix first. */
export interface Diagnosis {
  /** Stable kebab-case id, see docs/causes. */
  readonly cause: string;
  readonly confidence: Confidence;
  /** One sentence for people, without the log's noise. */
  readonly title: string;
  /** Target id, where known. */
  readonly target?: string;
  /** Import path the output belongs to, where known. */
  readonly package?: string;
  readonly location?: Place;
  readonly evidence: readonly Evidence[];
  readonly fixes: readonly Fix[];
}

/** A change that resolves a diagnosis. Data first: an adapter applies it. */
export interface Fix {
  readonly kind:
    | 'set-compiler'
    | 'install-packages'
    | 'enable-cgo'
    | 'disable-cgo'
    | 'set-environment'
    | 'set-level'
    | 'change-target'
    | 'set-tags'
    | 'set-ldflags'
    | 'edit-source'
    | 'advice';
  readonly title: string;
  /** True only where the compiler it sets, or the change it makes, was seen to work here. */
  readonly proven: boolean;
  readonly edit: FixEdit;
}

/** What a fix changes in crossbow.yaml. */
export function changesOf(edit: FixEdit): readonly ConfigChange[] {
  return edit.kind === 'none' || edit.kind === 'source' ? [] : (edit.changes ?? []);
}

export type FixEdit =
  /** Sets values in crossbow.yaml under `path`; comments and order are kept. A `null` value removes the key. */
  | { readonly kind: 'config'; readonly changes: readonly ConfigChange[] }
  /** A command to run in a terminal after a yes; what crossbow.yaml needs beside it, such as paths to what it installs. */
  | { readonly kind: 'command'; readonly command: string; readonly changes?: readonly ConfigChange[] }
  /** The same build for another target, by its id, in place of a level, CPU or system that does not exist; `changes` take out what would still name that. */
  | { readonly kind: 'target'; readonly target: string; readonly changes?: readonly ConfigChange[] }
  /** Lines of the person's own code, rewritten so that they fit this target and stay right for others, with files beside them for what differs by target. */
  | { readonly kind: 'source'; readonly edits: readonly LineEdit[]; readonly creates?: readonly NewFile[] }
  /** Nothing to apply: what a person has to do. */
  | { readonly kind: 'none'; readonly advice: string };
