import { targetId } from '../../target/target.js';
import { formatDuration } from '../../text/formatText.js';
import type { Xray, XrayAction } from './xray.js';
import type { XrayReading } from './xrays.js';

/** An action as views know it. */
export type ViewAction = Omit<XrayAction, 'deps'>;

/** A build that a view shows. */
export interface XraySubject {
  readonly id: string;
  /** Package and target, as a heading. */
  readonly title: string;
  /** When it was, with what and how it ended, in a sentence. */
  readonly about: string;
  readonly shellCommand: string;
  readonly xray: Omit<Xray, 'actions'> & { readonly actions: readonly ViewAction[] };
}

export function xraySubject({ record, xray }: XrayReading): XraySubject {
  const { importPath, target, outcome, startedAt, wallMs, goVersion, compiler } = record;
  const ended = { ok: 'Built', failed: 'Failed', rejected: 'Built, and refused' }[outcome];
  const cc = compiler === undefined ? '' : `, CC=${compiler}`;
  return {
    id: record.id,
    title: `${importPath} for ${targetId(target)}`,
    about: `${ended} on ${localTime(startedAt)} in ${formatDuration(wallMs)}, with ${goVersion}${cc}`,
    shellCommand: record.shellCommand,
    xray,
  };
}

/** `2026-11-25 18:04:09`. Not by way of Intl, which takes longer to load than a build takes to read. */
function localTime(ms: number): string {
  const at = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}
