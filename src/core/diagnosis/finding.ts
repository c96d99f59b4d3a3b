import type { CauseId } from './causes.js';
import type { Confidence, Evidence } from './diagnosis.js';

/**
 * What the log alone says about one failure. Resolution adds places that were found on disk and fixes,
 * and makes a `Diagnosis` of it. The first finding of a log is its root cause.
 */
export interface Finding {
  readonly cause: CauseId;
  readonly confidence: Confidence;
  /** Which face of the cause was seen, finer than its id and stable: `flag-for-other-cpu`, `not-on-path`. */
  readonly detail: string;
  /** One sentence for people, without the log's noise. */
  readonly title: string;
  /** Import path (or directory) the output belongs to, where the log names it. */
  readonly package?: string;
  /** The target as this part of the log shows it (`GOOS=linux GOARCH=arm`, a flag only one port gets), as `goos/goarch`. */
  readonly target?: string;
  /** The lines that say so, in the order of the log; never empty, never more than a handful. */
  readonly evidence: readonly Evidence[];
  readonly facts: Facts;
}

/** A spot that the log points to, as the log spells it. */
export interface LoggedPlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a rule read from the lines. Everything is as the log spells it, quotes taken off. */
export interface Facts {
  /** The program that complained or is missing: `gcc`, `arm-linux-gnueabi-g++`, `C:\mingw\bin\gcc.exe`. */
  readonly compiler?: string;
  readonly language?: 'c' | 'c++' | 'fortran' | 'objc';
  /** The option that was refused: `-marm`, `-march=armv7-a`. */
  readonly flag?: string;
  /** Library by the linker's name, without `lib` and `-l`: `seccomp`. */
  readonly library?: string;
  readonly header?: string;
  /** A symbol that the linker or loader misses, or an identifier that the Go compiler does. */
  readonly symbol?: string;
  /** All identifiers of that kind, at most a few dozen: `undefined: X` names them one by one. */
  readonly symbols?: readonly string[];
  /** A `.pc` package: `libseccomp`. */
  readonly pkgConfigName?: string;
  /** The program used as pkg-config, where it is the one missing. */
  readonly pkgConfig?: string;
  /** Source position that the log gives. */
  readonly place?: LoggedPlace;
  /** The object, archive, shared library or program that is of the wrong kind. */
  readonly object?: string;
  /** What the file or the answering compiler was made for, as GOARCH where that is clear (`amd64`), else the tool's word. */
  readonly machine?: string;
  /** The version a loader wants and lacks: `GLIBC_2.34`, `GLIBCXX_3.4.29`. */
  readonly symbolVersion?: string;
  /** The Go version that is needed: `1.22`. */
  readonly goVersion?: string;
  /** The Go version that is there. */
  readonly goVersionHere?: string;
  /** The ELF interpreter that is not there. */
  readonly loader?: string;
  /** A variable with an unfit value, and the value: GOARM, `8`. */
  readonly variable?: string;
  readonly value?: string;
  /** The build mode or flag that the target lacks: `-race`, `-buildmode=plugin`. */
  readonly mode?: string;
  /** Import path of the package that is to blame, where it differs from the package being built. */
  readonly importPath?: string;
  /** The folder whose Go files are all excluded. */
  readonly directory?: string;
  /** Program that could not be run, or died. */
  readonly program?: string;
}
