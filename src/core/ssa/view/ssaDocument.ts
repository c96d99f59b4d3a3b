import type { Assembly } from '../compile/assembly.js';
import type { BoundsCheck } from '../compile/boundsCheck.js';
import type { Decision } from '../compile/decisions.js';
import type { SsaDump } from '../model.js';

/** What the view is about: the dump of one function, and what the same compile told beside it. */
export interface SsaDocument {
  readonly dump: SsaDump;
  readonly assembly?: Assembly;
  readonly boundsChecks: readonly BoundsCheck[];
  /** About lines of the function; absent in pages that were exported without. */
  readonly decisions?: readonly Decision[];
  /** What should be known of it: why a slower way was taken. */
  readonly notes: readonly string[];
}

/**
 * The same for the way to a browser. Most of a document is numbers; as text they would be taken apart into objects, which
 * costs the page more memory than all it shows.
 */
export interface PackedDocument {
  /** Texts, and what there is little of, as JSON. */
  readonly head: string;
  readonly columns: Uint8Array;
}
