import Mocha from 'mocha';

/** Counts as vitest and jest name them. */
export interface MochaCounts {
  numTotalTests: number;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
}

/** The window's console carries the editor's own lines too; this mark tells ours. */
const say = (line: string) => console.log(`▏${line}`);

/** A mocha reporter that counts, and writes one marked line to the console for each test. */
export function createLineReporter(counts: MochaCounts): new (runner: Mocha.Runner) => Mocha.reporters.Base {
  return class LineReporter extends Mocha.reporters.Base {
    constructor(runner: Mocha.Runner) {
      super(runner);
      const { constants } = Mocha.Runner;
      runner.on(constants.EVENT_TEST_PASS, (test) => {
        counts.numPassedTests++;
        counts.numTotalTests++;
        say(`   ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      });
      runner.on(constants.EVENT_TEST_FAIL, (test, error: Error) => {
        counts.numFailedTests++;
        counts.numTotalTests++;
        say(`   × ${test.fullTitle()}\n${error.stack ?? error.message}`);
      });
      runner.on(constants.EVENT_TEST_PENDING, (test) => {
        counts.numPendingTests++;
        counts.numTotalTests++;
        say(`   - ${test.fullTitle()}`);
      });
    }
  };
}
