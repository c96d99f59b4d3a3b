import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closingLine, countsOf, failedTestsOf } from '../../../scripts/lib/testReport.mjs';
import { chosenStages } from '../../../scripts/lib/testStages.mjs';

describe('the closing line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossbow-report-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const report = async (counts: object) => {
    const file = join(folder, 'report.json');
    await writeFile(file, JSON.stringify(counts));
    return file;
  };

  it('sums what the runners counted', async () => {
    const unit = countsOf(0, await report({ numPassedTests: 12, numFailedTests: 0, numPendingTests: 2 }));
    const e2e = countsOf(1, await report({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 0 }));
    expect(closingLine([unit, e2e, countsOf(0, undefined)])).toBe('15 passed, 1 failed, 2 skipped');
  });

  it('leaves skipped out where nothing was', async () => {
    expect(closingLine([countsOf(0, await report({ numPassedTests: 1, numFailedTests: 0 }))])).toBe(
      '1 passed, 0 failed',
    );
  });

  it('counts a failed lint, a runner that died and a missing report as failures', async () => {
    const lint = countsOf(2, undefined);
    const died = countsOf(1, await report({ numPassedTests: 5, numFailedTests: 0 }));
    const unwritten = countsOf(0, join(folder, 'nowhere.json'));
    expect(closingLine([lint, died, unwritten])).toBe('5 passed, 3 failed');
  });

  it('names the tests that failed and the files that did not load', async () => {
    const file = await report({
      testResults: [
        {
          name: 'tree.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: ' the tree opens' },
            { status: 'failed', fullName: ' the tree closes', failureMessages: ['Timeout 30 s\n at line 3'] },
          ],
        },
        { name: 'broken.test.ts', status: 'failed', message: 'SyntaxError: no\n...', assertionResults: [] },
      ],
    });
    expect(failedTestsOf(file)).toEqual(['the tree closes: Timeout 30 s', 'broken.test.ts: SyntaxError: no']);
    expect(failedTestsOf(undefined)).toEqual([]);
    expect(failedTestsOf(join(folder, 'nowhere.json'))).toEqual([]);
  });
});

describe('choosing stages', () => {
  it('runs a chosen stage after what it needs', () => {
    expect(chosenStages(['e2e', 'unit']).map((stage) => stage.name)).toEqual(['build', 'unit', 'e2e']);
  });

  it('refuses a name it does not know, and says which there are', () => {
    expect(() => chosenStages(['unti'])).toThrow(/no stage unti\..*types, lint/);
  });
});
