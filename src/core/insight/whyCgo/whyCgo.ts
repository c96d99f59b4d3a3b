import type { Target } from '../../target/target.js';
import type { ForeignFiles } from './cgoListing.js';
import type { PureAlternative } from './pureAlternatives.js';

/** A place in a source file; line and column count from 1. */
export interface SourcePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** One package on the way from a program to C. */
export interface ChainStep {
  readonly importPath: string;
  /** Short, for reading: without the host, and without the module's path where it is the person's own. */
  readonly label: string;
  /** Where it imports the next one; for the last one, where it imports "C". Absent where no file says so (SWIG). */
  readonly place?: SourcePlace;
}

/** The shortest way from a main package to a package that uses C, both included. */
export interface CgoRoute {
  /** Import path of the main package. */
  readonly main: string;
  readonly steps: readonly ChainStep[];
}

/** What a package asks of the C side. */
export interface CgoNeeds {
  /** Its `#cgo` lines as they stand in the source, those for other targets included. */
  readonly directives: readonly { readonly text: string; readonly place: SourcePlace }[];
  /** Names given to pkg-config, for this target. */
  readonly pkgConfig: readonly string[];
  /** What is linked, for this target: names behind `-l`, static libraries by file name, frameworks of macOS. */
  readonly libraries: readonly string[];
  readonly files: readonly ForeignFiles[];
}

/** What becomes of a package when cgo is off, as far as its sources tell. */
export type WithoutCgo =
  /** The program does without it: it is imported, here, only where cgo is on. */
  | { readonly kind: 'left-out'; readonly place: SourcePlace }
  /** Other files take over, or the rest has all the names that others use. */
  | { readonly kind: 'builds'; readonly files: readonly string[] }
  /** It builds, and a text in the files that take over says that it will not do its work. */
  | { readonly kind: 'stub'; readonly message: string; readonly place: SourcePlace }
  /** Names are missing that the files left over, or the packages that import it, use. */
  | { readonly kind: 'breaks'; readonly names: readonly string[]; readonly place: SourcePlace }
  /** No Go file is left: go refuses with "build constraints exclude all Go files". */
  | { readonly kind: 'empty' };

/** A package that brings C into a program. */
export interface CgoReason {
  readonly importPath: string;
  readonly label: string;
  readonly directory: string;
  readonly modulePath?: string;
  /** One for each main package that it is part of. */
  readonly routes: readonly CgoRoute[];
  readonly needs: CgoNeeds;
  readonly without: WithoutCgo;
  readonly alternative?: PureAlternative;
}

/** What a package has a C linker link: Go's own are among them. */
export interface PackageLinks {
  readonly importPath: string;
  /** As in {@link CgoNeeds}. */
  readonly libraries: readonly string[];
  readonly pkgConfig: readonly string[];
  readonly languages: readonly ForeignFiles['language'][];
}

/** Why programs need C for a target. */
export type WhyCgo =
  | {
      readonly kind: 'known';
      readonly target: Target;
      /** Import paths of the main packages that were asked about. */
      readonly mains: readonly string[];
      /** In the order of their routes, the shortest first. */
      readonly packages: readonly CgoReason[];
      /** Go's own that use C where cgo is on, and are built without it too: net, os/user, plugin. */
      readonly standard: readonly Pick<CgoReason, 'importPath' | 'label' | 'routes'>[];
      /** Of every package with cgo, Go's own included. */
      readonly links: readonly PackageLinks[];
      /** Packages that go could not read, in its words: what they import is not known. */
      readonly problems: readonly { readonly importPath: string; readonly message: string }[];
    }
  /** Go has no cgo for this target: everything is built without. */
  | { readonly kind: 'unsupported'; readonly target: Target }
  /** Go could not list the packages. */
  | { readonly kind: 'unknown'; readonly target: Target; readonly message: string };
