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
  readonly load: { readonly ask: undefined; readonly answer: XraySubject };
  /** Everything that was run, with all its words: asked for when it is to be seen. */
  readonly processes: { readonly ask: undefined; readonly answer: XrayProcess };
  /** The commands of an action, by its id. */
  readonly commands: { readonly ask: number; readonly answer: readonly ViewCommand[] };
  /** Puts words, as a shell reads them, on the clipboard. */
  readonly copy: { readonly ask: readonly string[] | string; readonly answer: undefined };
}
