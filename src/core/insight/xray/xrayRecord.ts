import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { Target } from '../../target/target.js';
import { splitCommand } from '../../toolchain/commandWords.js';

/** A build whose action graph was kept: what the graph does not say itself. Plain data. */
export interface XrayRecord {
  /** Names the build for people and programs; ids sort by time. */
  readonly id: string;
  readonly target: Target;
  readonly importPath: string;
  /** `rejected`: Go built it, and its bytes are not what the target asks for. */
  readonly outcome: 'ok' | 'failed' | 'rejected';
  /** Milliseconds since the epoch, when the go command was started. */
  readonly startedAt: number;
  /** Wall time of the go command in milliseconds. */
  readonly wallMs: number;
  readonly goVersion: string;
  /** Folder that the go command ran in. */
  readonly directory: string;
  /** The build as one shell line. */
  readonly shellCommand: string;
  /** CC of the build, as Go reads it; absent where Go was left to choose. */
  readonly compiler?: string;
  /** What the probe of that compiler said of its code: a triplet. */
  readonly machine?: string;
  /** Packages that Go reported as failed. */
  readonly failedPackages: readonly string[];
  readonly diagnoses: readonly Diagnosis[];
  /** What was printed for failed packages, the first lines of each. */
  readonly said: readonly { readonly package: string; readonly lines: readonly string[] }[];
}

/** Raised when a record's meaning changes: older ones no longer count. */
const recordVersion = 1;

export function writeXrayRecord(record: XrayRecord): string {
  return `${JSON.stringify({ version: recordVersion, record })}\n`;
}

/** Undefined for a file that is cut off, or of another version of Crossbow. */
export function readXrayRecord(text: string): XrayRecord | undefined {
  try {
    const value = JSON.parse(text) as { readonly version?: unknown; readonly record?: XrayRecord } | null;
    return value?.version === recordVersion ? value.record : undefined;
  } catch {
    return undefined;
  }
}

/** The program that CC named, without its flags; undefined where Go chose. */
export function compilerProgram({ compiler }: Pick<XrayRecord, 'compiler'>): string | undefined {
  const split = compiler === undefined ? undefined : splitCommand(compiler);
  return split?.ok === true ? split.words[0] : undefined;
}
