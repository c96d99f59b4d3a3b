import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { createLineReporter, type MochaCounts } from './lineReporter.js';

/**
 * What the extension host calls to run the suites. Counts go to the file that CROSSBOW_TEST_REPORT names, in the
 * form that the other runners report in.
 */
export async function run(): Promise<void> {
  const counts: MochaCounts = { numTotalTests: 0, numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  // Cold, an activation with its first probes takes seconds.
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter: createLineReporter(counts) });
  const suites = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of suites.filter((name) => name.endsWith('.test.js')).sort())
    mocha.addFile(join(__dirname, file));

  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  const report = process.env['CROSSBOW_TEST_REPORT'];
  if (report !== undefined) writeFileSync(report, JSON.stringify(counts));
  if (failures > 0) throw new Error(`${failures} failed`);
}
