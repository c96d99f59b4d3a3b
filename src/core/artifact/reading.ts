import type { ArtifactFacts } from './facts.js';

/** What came of reading a file's bytes: facts, or why there are none. */
export type ArtifactReading =
  | { readonly kind: 'read'; readonly facts: ArtifactFacts }
  | {
      readonly kind: 'unreadable';
      readonly reason: 'empty' | 'not-a-binary' | 'truncated' | 'unsupported' | 'read-failed';
      /** A sentence for people, without the file's name. */
      readonly message: string;
    };

/** A parser's outcome: facts but for the file's size, which the caller knows. */
export type ParsedBinary =
  | { readonly kind: 'read'; readonly facts: Omit<ArtifactFacts, 'size'> }
  | Extract<ArtifactReading, { kind: 'unreadable' }>;

export function truncated(what: string, end: number, size: number): ParsedBinary {
  return {
    kind: 'unreadable',
    reason: 'truncated',
    message: `The file is cut off: its ${what} ends at byte ${String(end)}, but the file has ${String(size)} bytes.`,
  };
}
