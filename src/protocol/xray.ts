import type { XrayComparison } from '../core/insight/xray/compareXrays.js';
import type { UsedCompiler } from '../core/insight/xray/usedCompilers.js';
import type { XrayProcess } from '../core/insight/xray/xray.js';
import type { XraySubject } from '../core/insight/xray/xraySubject.js';

/** A command of an action. */
export interface ViewCommand {
  /** As a shell reads it. */
  readonly line: string;
  readonly time?: XrayProcess['time'];
}

/** The calls of the view of a build. */
export interface XrayCalls {
  readonly load: {
    readonly ask: undefined;
    readonly answer: {
      readonly subject: XraySubject;
      /** The build that it is held against, with what differs. */
      readonly before?: { readonly subject: XraySubject; readonly comparison: XrayComparison };
    };
  };
  /** The C compilers of the build, asked what they make code for. */
  readonly compilers: { readonly ask: undefined; readonly answer: readonly UsedCompiler[] };
  /** Lets a person choose an earlier build, and opens both. */
  readonly compare: { readonly ask: undefined; readonly answer: undefined };
  /** Everything that was run, with all its words: asked for when it is to be seen. */
  readonly processes: { readonly ask: undefined; readonly answer: XrayProcess };
  /** The commands of an action, by its id. */
  readonly commands: { readonly ask: number; readonly answer: readonly ViewCommand[] };
  /** Puts words, as a shell reads them, on the clipboard. */
  readonly copy: { readonly ask: readonly string[] | string; readonly answer: undefined };
}
