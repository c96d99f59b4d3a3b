import type { LibraryOrigins } from '../core/insight/size/createLibraryOrigins.js';
import type { SizeReport } from '../core/insight/size/sizeReport.js';

/** A binary that the view shows. */
export interface SizeSubject {
  /** File name and target, as a heading. */
  readonly title: string;
  readonly path: string;
  readonly report: SizeReport;
}

/** Which package brings each shared library: of the binary of the panel, and of the other one. */
export interface SizeOrigins {
  readonly subject: LibraryOrigins;
  readonly other?: LibraryOrigins;
}

/** The calls of the view of what is in a binary. */
export interface SizeCalls {
  /** The binary of the panel, and the one that it is compared with. */
  readonly load: {
    readonly ask: undefined;
    readonly answer: { readonly subject: SizeSubject; readonly other?: SizeSubject };
  };
  /** Asked once the binary is shown: it is told by the sources, for which Go is asked. */
  readonly origins: { readonly ask: undefined; readonly answer: SizeOrigins };
  /** Lets a person choose another binary, and opens both side by side. */
  readonly compare: { readonly ask: undefined; readonly answer: undefined };
}
