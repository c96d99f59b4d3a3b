import { readFileSync } from 'node:fs';
import { createDiagnosisEngine } from '../../../src/core/diagnosis/engine.js';
import type { Finding } from '../../../src/core/diagnosis/finding.js';
import type { DiagnosisContext } from '../../../src/core/diagnosis/scene.js';

/** A failure that happened: what tools printed, and what was wrong. */
export interface RecordedFailure {
  readonly id: string;
  readonly kind: 'reproduced' | 'reported';
  readonly host: string | null;
  readonly target: string | null;
  readonly cause: string;
  readonly negative: boolean;
  readonly log: string;
  /** The log alone can not tell: the package's files decide, and the engine gives at most a hint. */
  readonly needsSource?: boolean;
}

export function recordedFailures(): RecordedFailure[] {
  const text = readFileSync(new URL('../../fixtures/failures.jsonl', import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedFailure);
}

/** `linux/arm/7 (Pi)`, `windows/amd64`, `linux/amd64`: the first two parts decide. */
export function contextOf(target: string | null | undefined): DiagnosisContext {
  const host = { goos: 'linux', goarch: 'amd64' };
  const match = /^([a-z0-9]+)\/([a-z0-9_]+)/.exec(target ?? '');
  return match?.[1] !== undefined && match[2] !== undefined
    ? { host, target: { goos: match[1], goarch: match[2] } }
    : { host };
}

export function diagnose(log: string, context: DiagnosisContext): readonly Finding[] {
  const engine = createDiagnosisEngine(context);
  engine.feed(log);
  return engine.end();
}

/** The cause that would be shown as a problem; hints are not. */
export function firstCause(findings: readonly Finding[]): string | undefined {
  return findings.find((finding) => finding.confidence !== 'hint')?.cause;
}
