import { targetId } from '../../target/target.js';
import { formatDuration } from '../../text/formatText.js';
import type { Xray, XrayAction } from './xray.js';
import type { XrayReading } from './xrays.js';

/** An action as views get it: what it needed, of which there may be a thousand each, stays where it is. */
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
  const when = new Date(startedAt).toLocaleString('en-GB');
  const cc = compiler === undefined ? '' : `, CC=${compiler}`;
  return {
    id: record.id,
    title: `${importPath} for ${targetId(target)}`,
    about: `${ended} on ${when} in ${formatDuration(wallMs)}, with ${goVersion}${cc}`,
    shellCommand: record.shellCommand,
    xray: { ...xray, actions: xray.actions.map(({ deps: _deps, ...action }) => action) },
  };
}
