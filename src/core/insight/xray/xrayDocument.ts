import { compareXrays, type XrayComparison } from './compareXrays.js';
import type { UsedCompiler } from './usedCompilers.js';
import type { XrayProcess } from './xray.js';
import { xraySubject, type XraySubject } from './xraySubject.js';
import type { XrayReading } from './xrays.js';

/** What a view shows first. */
export interface XrayView {
  readonly subject: XraySubject;
  /** The build that it is held against, with what differs. */
  readonly before?: { readonly subject: XraySubject; readonly comparison: XrayComparison };
}

export function xrayView(reading: XrayReading, before?: XrayReading): XrayView {
  const subject = xraySubject(reading);
  if (before === undefined) return { subject };
  return {
    subject,
    before: { subject: xraySubject(before), comparison: compareXrays(before, reading) },
  };
}

/** What a page holds that shows a build without an editor. */
export interface XrayDocument {
  readonly view: XrayView;
  readonly compilers: readonly UsedCompiler[];
  readonly processes: XrayProcess;
  /** System of the machine that made it (`process.platform`): its shell is what commands are written for. */
  readonly platform: string;
}
