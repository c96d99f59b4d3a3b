import type { CauseId } from './causes.js';
import type { Confidence } from './diagnosis.js';
import type { Facts } from './finding.js';
import type { Scene } from './scene.js';

/**
 * How near to the root a cause lies, nearest first. Of what one command printed, the nearest is the finding and the
 * rest is consequence: without disk nothing compiles, with a wrong compiler nothing links.
 */
export const layers = [
  'machine', // disk, memory
  'target', // GOOS, GOARCH, levels, modes, flags of go itself
  'go', // the Go installation and its version
  'tool', // a compiler, linker or pkg-config that isn't there or isn't one
  'object', // a file of another machine reached the link
  'cgo', // cgo is off
  'compiler', // the compiler makes code for another machine
  'libc', // no C library for the target
  'flags', // a flag of the user
  'headers', // headers, pkg-config
  'link', // libraries
  'source', // the code doesn't fit the target
  'run', // the program doesn't start
  'fallback', // something is wrong here, but no rule knew the words
  'warning',
] as const;
export type Layer = (typeof layers)[number];

/** What one rule reads from one line. */
export interface Clue {
  readonly cause: CauseId;
  readonly confidence: Confidence;
  readonly layer: Layer;
  readonly detail: string;
  readonly title: string;
  readonly facts?: Facts;
  /** Clues of the same cause and key are one finding. Absent: the cause and detail alone decide. */
  readonly key?: string;
  /** What it is after all, if the log shows later that the link was static. */
  readonly whenStatic?: Pick<Clue, 'cause' | 'detail' | 'title'>;
  /** Where the line itself shows the target. */
  readonly target?: string;
}

/** A later line shows that an earlier clue of the same block was none. */
interface Withdrawal {
  /** The clue's `key`. */
  readonly withdraw: string;
}

/** One line as a rule gets it. */
interface LogLine {
  readonly number: number;
  readonly text: string;
}

/**
 * Data first: which literal texts make the rule look at all, the pattern that must then match, and what it means.
 * Patterns must be linear: no nested repetition, bounded classes between anchors.
 */
export interface Rule {
  /** At least one must occur in the line, without regard to case. */
  readonly needles: readonly string[];
  readonly pattern: RegExp;
  /** `undefined`: nothing to say, though the scene may have been told something for later lines. */
  read(match: RegExpExecArray, scene: Scene, line: LogLine): Clue | Withdrawal | undefined;
}
