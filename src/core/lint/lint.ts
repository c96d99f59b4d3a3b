import type { Target } from '../target/target.js';

/** What is checked before any build runs. Stable, kebab-case; each has a page in docs/checks. */
export const checkIds = [
  'seccomp-architecture',
  'seccomp-syscalls',
  'no-file-for-target',
  'image-without-platform',
  'foreign-stage-runs',
  'btrfs-program',
] as const;

type CheckId = (typeof checkIds)[number];

/** `warning`: it will bite on the target. `information`: it may, or there is something to know; nothing is wrong with the file. */
type CheckSeverity = 'warning' | 'information';

/** Part of a file as people count: lines and columns from 1, columns in UTF-16 units, the end behind the last. */
export interface TextRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface FileEdit {
  /** Absolute. */
  readonly file: string;
  readonly range: TextRange;
  readonly text: string;
}

/** A change that mends a problem; its edits belong together. */
export interface CheckFix {
  readonly title: string;
  readonly edits: readonly FileEdit[];
}

/** What would bite on the way to a target, found in the files alone. */
export interface CheckProblem {
  readonly check: CheckId;
  readonly severity: CheckSeverity;
  /** Absolute. */
  readonly file: string;
  readonly range: TextRange;
  /** One or two sentences; names no target. */
  readonly message: string;
  /** Ids of the targets that it is true for, never empty. */
  readonly targets: readonly string[];
  /** Best first; empty where a person has to decide. */
  readonly fixes: readonly CheckFix[];
}

/** A file's text as it is now: on disk, or in an editor that has not saved it. */
export interface SourceText {
  /** Absolute. */
  readonly path: string;
  /** Last element of the path. */
  readonly name: string;
  readonly text: string;
}

/** Characters of one file: from `start` up to, not including, `end`. */
interface Span {
  readonly file: SourceText;
  readonly start: number;
  readonly end: number;
}

/** Text in the place of a span. */
export interface Splice extends Span {
  readonly text: string;
}

/** What a lint reports for one target; the same finding for several targets becomes one problem. */
export interface LintFinding {
  readonly check: CheckId;
  readonly severity: CheckSeverity;
  readonly at: Span;
  readonly message: string;
  readonly target: Target;
  readonly fixes: readonly { readonly title: string; readonly splices: readonly Splice[] }[];
}

/** Whether containers here can run programs of another CPU; asked of the kernel. */
export type Interpreter =
  /** This machine runs them by itself. */
  | { readonly kind: 'native' }
  /** Registered in binfmt_misc. `fixed` (flag F): it works inside containers, which do not have its file. */
  | { readonly kind: 'registered'; readonly program: string; readonly fixed: boolean }
  | { readonly kind: 'missing' }
  /** Containers run in a virtual machine here, which this machine's files say nothing about. */
  | { readonly kind: 'unknown' };

/** What lints may ask beside the text. */
export interface LintScene {
  readonly targets: readonly Target[];
  /** GOARCH of the machine that images are built on. */
  readonly hostGoarch: string;
  readonly interpreter: (target: Target) => Interpreter;
  readonly tags: readonly string[];
}

/** A check of files by themselves. Pure: it reads nothing but what it is given. */
export interface FileLint {
  /** By name alone, so that no other file is read. */
  readonly reads: (name: string) => boolean;
  readonly run: (file: SourceText, scene: LintScene) => readonly LintFinding[];
}
