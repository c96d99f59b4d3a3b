import type { CompileProblem } from '../core/ssa/compile/problems.js';
import type { PackedDocument } from '../core/ssa/view/ssaDocument.js';

/** Why there is a dump, or none. */
export type SsaAnswer =
  | { readonly kind: 'dumped'; readonly document: PackedDocument }
  | {
      readonly kind: 'no-function';
      readonly nearest: readonly string[];
      readonly inlinedAt: readonly CompileProblem[];
    }
  | { readonly kind: 'failed'; readonly problems: readonly CompileProblem[] }
  | { readonly kind: 'cancelled' };

/** A line of a file, from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

/** Languages of the texts that the view opens. */
export type SsaLanguage = 'go-ssa' | 'go-listing';

/** The calls of the view of a function's passes. */
export interface SsaCalls {
  readonly load: { readonly ask: undefined; readonly answer: SsaAnswer };
  /** Ends the compile that `load` waits for. */
  readonly cancel: { readonly ask: undefined; readonly answer: undefined };
  /** The script of the view's worker: a page of its own origin cannot load it by itself. */
  readonly worker: { readonly ask: undefined; readonly answer: string };
  /** Shows a line in the editor beside; `focus` goes there. */
  readonly reveal: {
    readonly ask: SourcePlace & { readonly focus: boolean };
    readonly answer: undefined;
  };
  /** Opens the view of another function of the package. */
  readonly open: { readonly ask: { readonly name: string }; readonly answer: undefined };
  /** Lets a person choose a function of the package, and opens it. */
  readonly choose: { readonly ask: undefined; readonly answer: undefined };
  /** The same function for another target: the one that is named, else the one that a person chooses, if any. */
  readonly compare: {
    readonly ask: { readonly target: string | undefined };
    readonly answer: { readonly target: string; readonly answer: SsaAnswer } | undefined;
  };
  readonly copy: {
    readonly ask: { readonly text: string; readonly what: string };
    readonly answer: undefined;
  };
  /** Opens a text as a document of its own. */
  readonly openText: {
    readonly ask: { readonly text: string; readonly language: SsaLanguage };
    readonly answer: undefined;
  };
  /** Saves the view as one HTML file, where a person says. */
  readonly export: { readonly ask: undefined; readonly answer: undefined };
}

/** What the view is told. */
export type SsaNews =
  /** The cursor of an editor went to a line. */
  | ({ readonly kind: 'cursor' } & SourcePlace)
  /** Sources were saved: the dump is of what was before. */
  | { readonly kind: 'changed' };
