import type { Clock, FileSystem } from '../../ports.js';
import { checkStamps, firstListingChanged, type Listing, type Stamp } from './stamps.js';

/** What is remembered of a step that was done: all that it read and wrote. */
export interface StepRecord {
  /** Definition with references replaced, target, settings and tools, as one text. */
  readonly fingerprint: string;
  readonly inputs: readonly Stamp[];
  readonly listings: readonly Listing[];
  readonly outputs: readonly Stamp[];
  /** The C toolchain that was used, as one text; absent where none was. */
  readonly toolchain?: string;
  /** Milliseconds since the epoch, when the stamps were taken. */
  readonly takenAt: number;
  readonly durationMs: number;
}

export type StepRecords = ReadonlyMap<string, StepRecord>;

/** Raised when a record's meaning changes: older ones no longer count. */
const recordVersion = 1;

/** Records of a recipe's steps by name; none where the file is not there, cut off or of another version. */
export async function readRecords(files: Pick<FileSystem, 'readText'>, file: string): Promise<StepRecords> {
  try {
    const value = JSON.parse((await files.readText(file)) ?? 'null') as {
      version?: unknown;
      steps?: unknown;
    } | null;
    if (value?.version !== recordVersion || typeof value.steps !== 'object' || value.steps === null)
      return new Map();
    return new Map(Object.entries(value.steps as Record<string, StepRecord>));
  } catch {
    return new Map();
  }
}

export async function writeRecords(
  files: Pick<FileSystem, 'writeText'>,
  file: string,
  records: StepRecords,
): Promise<void> {
  await files.writeText(
    file,
    `${JSON.stringify({ version: recordVersion, steps: Object.fromEntries(records) })}\n`,
  );
}

/** Whether a step must be done again: why, as one sentence, or the record as it holds now. */
export type RecordCheck =
  | { readonly kind: 'run'; readonly reason: string }
  | { readonly kind: 'skip'; readonly record: StepRecord; readonly touched: boolean };

export async function checkRecord(
  ports: {
    readonly files: Pick<FileSystem, 'stat' | 'digest' | 'list'>;
    readonly clock: Clock;
  },
  record: StepRecord | undefined,
  now: { readonly fingerprint: string; toolchain(): Promise<string | undefined> },
): Promise<RecordCheck> {
  const { files, clock } = ports;
  const run = (reason: string): RecordCheck => ({ kind: 'run', reason });
  if (record === undefined) return run('It was not done yet.');
  if (record.fingerprint !== now.fingerprint) return run('Its definition or settings changed.');
  const takenAt = clock.now();
  const outputs = await checkStamps(files, record.outputs, record.takenAt);
  if (outputs.kind === 'changed') return run(`${outputs.path} is not as it was made.`);
  const inputs = await checkStamps(files, record.inputs, record.takenAt);
  if (inputs.kind === 'changed') return run(`${inputs.path} changed.`);
  const folder = await firstListingChanged(files, record.listings);
  if (folder !== undefined) return run(`Files came to or went from ${folder}.`);
  if (record.toolchain !== undefined && record.toolchain !== (await now.toolchain()))
    return run('The C compiler changed.');
  const touched = outputs.touched || inputs.touched;
  return {
    kind: 'skip',
    record: touched ? { ...record, inputs: inputs.stamps, outputs: outputs.stamps, takenAt } : record,
    touched,
  };
}
