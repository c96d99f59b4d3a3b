import type { UsedCompiler } from '../core/insight/xray/usedCompilers.js';
import type { ActionCommand } from '../core/insight/xray/actionCommands.js';
import type { XrayProcess } from '../core/insight/xray/xray.js';
import type { XrayView } from '../core/insight/xray/xrayDocument.js';

/** The calls of the view of a build. */
export interface XrayCalls {
  readonly load: {
    readonly ask: undefined;
    readonly answer: XrayView;
  };
  /** The C compilers of the build, asked what they make code for. */
  readonly compilers: { readonly ask: undefined; readonly answer: readonly UsedCompiler[] };
  /** Lets a person choose an earlier build, and opens both. */
  readonly compare: { readonly ask: undefined; readonly answer: undefined };
  /** Everything that was run, with all its words: asked for when it is to be seen. */
  readonly processes: { readonly ask: undefined; readonly answer: XrayProcess };
  /** The commands of an action, by its id. */
  readonly commands: { readonly ask: number; readonly answer: readonly ActionCommand[] };
  /** Puts words, as a shell reads them, on the clipboard. */
  readonly copy: { readonly ask: readonly string[] | string; readonly answer: undefined };
}
