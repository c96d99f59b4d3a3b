import type { ArtifactFacts } from '../../artifact/facts.js';
import type { LibraryVersions } from './binaryLayout.js';

/** What a part of a binary belongs to. */
export type SizeOwner =
  | {
      /** A Go package: of a module, of the standard library, or the program's own `main`. */
      readonly kind: 'package';
      readonly importPath: string;
      /** The module it comes from, where the build info names one. */
      readonly module?: string;
      readonly standard: boolean;
    }
  /** Code and data that a C compiler made: cgo's C files, the C library's start-up code, static libraries. */
  | { readonly kind: 'c' }
  /** What Go's linker makes for the whole program: types, strings, tables of functions. */
  | { readonly kind: 'go-shared' }
  | { readonly kind: 'debug' }
  /** Symbol tables and their names. */
  | { readonly kind: 'symbols' }
  /** Nothing in the file says whose it is: headers, padding, and data without symbols. */
  | { readonly kind: 'unattributed' };

export interface SizeEntry {
  readonly owner: SizeOwner;
  /** Bytes of the file. */
  readonly bytes: number;
  /** By section name, largest first; the sum is `bytes`. */
  readonly sections: readonly { readonly name: string; readonly bytes: number }[];
}

/** How owners were found: `functions` where only Go's function table is left, so that data is unattributed. */
export type SizeSource = 'symbols' | 'functions' | 'sections';

/** Where a binary's bytes go. The sum over `entries`, and over `sections`, is the size of the file. */
export interface SizeReport {
  readonly facts: ArtifactFacts;
  readonly source: SizeSource;
  /** UPX packed the file: what it holds is compressed, and its tables with it. */
  readonly isPacked: boolean;
  /** Largest first. */
  readonly entries: readonly SizeEntry[];
  /** In file order; what no section holds is in the last one, {@link outsideSections}. */
  readonly sections: readonly { readonly name: string; readonly bytes: number }[];
  readonly build: BuildRecord;
  readonly versions: readonly LibraryVersions[];
}

/** The name of what lies in no section: headers, tables of sections, padding. */
export const outsideSections = 'headers and padding';

/** What the linker recorded of the build (`go version -m`); empty for what is no Go program. */
export interface BuildRecord {
  /** Import path of the main package. */
  readonly path?: string;
  readonly modules: readonly BuildModule[];
}

interface BuildModule {
  readonly path: string;
  readonly version: string;
  /** The program's own module. */
  readonly main: boolean;
}
