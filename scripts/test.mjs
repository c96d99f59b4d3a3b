import { mkdir, rm } from 'node:fs/promises';
import { node24, root } from './lib/paths.mjs';
import { endGroupsWithThisProcess } from './lib/processGroup.mjs';
import { runShown } from './lib/runShown.mjs';
import { setUp } from './lib/setUp.mjs';
import { closingLine, countsOf } from './lib/testReport.mjs';
import { chosenStages, reports } from './lib/testStages.mjs';

endGroupsWithThisProcess();

/** @typedef {{ name: string, seconds: number, ok: boolean, counts: import('./lib/testReport.mjs').Counts }} Outcome */

/** @returns {Promise<readonly Outcome[]>} */
async function runStages() {
  const stages = chosenStages(process.argv.slice(2));
  const env = await setUp();
  await rm(reports, { recursive: true, force: true });
  await mkdir(reports, { recursive: true });

  const outcomes = [];
  for (const { name, commands, report } of stages) {
    console.log(`\n── ${name} ${'─'.repeat(Math.max(3, 70 - name.length))}`);
    const started = Date.now();
    let code = 0;
    for (const command of commands) {
      code = await runShown(node24, command, { cwd: root, env });
      if (code !== 0) break;
    }
    const counts = countsOf(code, report);
    const outcome = {
      name,
      seconds: (Date.now() - started) / 1000,
      ok: counts.failed === 0 && code === 0,
      counts,
    };
    console.log(`   ${outcome.ok ? 'ok' : 'FAILED'} in ${outcome.seconds.toFixed(1)} s`);
    outcomes.push(outcome);
  }
  return outcomes;
}

try {
  const started = Date.now();
  const outcomes = await runStages();
  console.log(`\n── summary ${'─'.repeat(63)}`);
  for (const { name, ok, seconds, counts } of outcomes) {
    const tests = counts.passed + counts.failed + counts.skipped;
    const detail = ok ? (tests > 0 ? `${tests} tests` : '') : `${counts.failed} failed`;
    console.log(
      `   ${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${detail}`,
    );
  }
  console.log(`   ${((Date.now() - started) / 60_000).toFixed(1)} minutes with set-up\n`);
  console.log(closingLine(outcomes.map((outcome) => outcome.counts)));
  process.exitCode = outcomes.every((outcome) => outcome.ok) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
