import { describe, expect, it } from 'vitest';
import { contextOf, diagnose, firstCause, recordedFailures } from './failures.js';

const failures = recordedFailures();

describe('the engine on recorded failures', () => {
  const judged = failures.filter((failure) => failure.needsSource !== true);
  const outcome = judged.map((failure) => ({
    failure,
    cause: firstCause(diagnose(failure.log, contextOf(failure.target))),
  }));

  it('names the cause of at least 97 of 100', () => {
    const positives = outcome.filter(({ failure }) => !failure.negative);
    const missed = positives.filter(({ failure, cause }) => cause !== failure.cause);
    expect(positives.length).toBeGreaterThan(300);
    expect(
      1 - missed.length / positives.length,
      missed
        .map(({ failure, cause }) => `${failure.id}: ${failure.cause}, not ${cause ?? 'silence'}`)
        .join('\n'),
    ).toBeGreaterThanOrEqual(0.97);
  });

  it('raises nothing where no toolchain is to blame', () => {
    const negatives = outcome.filter(({ failure }) => failure.negative);
    expect(negatives.length).toBeGreaterThan(40);
    expect(negatives.filter(({ cause }) => cause !== undefined).map(({ failure }) => failure.id)).toEqual([]);
  });

  it('leaves a hint for each failure that only the sources decide', () => {
    const undecided = failures.filter((failure) => failure.needsSource === true);
    expect(undecided.length).toBeGreaterThan(5);
    for (const failure of undecided)
      expect(diagnose(failure.log, contextOf(failure.target)), failure.id).not.toEqual([]);
  });

  it('shows lines of the log as evidence, few, and counted from 1', () => {
    for (const failure of failures) {
      const lines = failure.log.split('\n').length;
      for (const finding of diagnose(failure.log, contextOf(failure.target))) {
        expect(finding.evidence.length, failure.id).toBeGreaterThan(0);
        expect(finding.evidence.length, failure.id).toBeLessThanOrEqual(6);
        for (const { line, text } of finding.evidence) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(text.length).toBeLessThanOrEqual(400);
        }
      }
    }
  });
});
