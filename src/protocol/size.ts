import type { SizeReport } from '../core/insight/size/sizeReport.js';

/** A binary that the view shows. */
export interface SizeSubject {
  /** File name and target, as a heading. */
  readonly title: string;
  readonly path: string;
  readonly report: SizeReport;
}

/** The calls of the view of what is in a binary. */
export interface SizeCalls {
  /** The binary of the panel, and the one that it is compared with. */
  readonly load: {
    readonly ask: undefined;
    readonly answer: { readonly subject: SizeSubject; readonly other?: SizeSubject };
  };
  /** Lets a person choose another binary, and opens both side by side. */
  readonly compare: { readonly ask: undefined; readonly answer: undefined };
}
