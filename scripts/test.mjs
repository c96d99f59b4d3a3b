import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { node24, root } from './lib/paths.mjs';
import { endGroupsWithThisProcess } from './lib/processGroup.mjs';
import { runCollected, runShown } from './lib/runShown.mjs';
import { setUp } from './lib/setUp.mjs';
import { closingLine, countsOf, failedTestsOf } from './lib/testReport.mjs';
import { chosenStages, reports } from './lib/testStages.mjs';

endGroupsWithThisProcess();

/** @typedef {import('./lib/testStages.mjs').Stage} Stage */
/** @typedef {{ name: string, seconds: number, counts: import('./lib/testReport.mjs').Counts, failures: readonly string[] }} Outcome */

/** @param {string} name */
function showHeading(name) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(3, 70 - name.length))}`);
}

/**
 * @param {Stage} stage
 * @param {(command: readonly string[]) => Promise<number>} run
 * @returns {Promise<Outcome>}
 */
async function runStage({ name, commands, report }, run) {
  const started = Date.now();
  let code = 0;
  for (const command of commands) {
    code = await run(command);
    if (code !== 0) break;
  }
  const counts = countsOf(code, report);
  const seconds = (Date.now() - started) / 1000;
  return { name, seconds, counts, failures: failedTestsOf(report) };
}

/** @param {Outcome} outcome */
function showOutcome({ counts, seconds }) {
  console.log(`   ${counts.failed === 0 ? 'ok' : 'FAILED'} in ${seconds.toFixed(1)} s`);
}

/**
 * Two stages at a time share the processors, in order; each shows its output in one piece when it ends.
 * @param {readonly Stage[]} stages
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
async function runTogether(stages, options) {
  const waiting = [...stages];
  /** @type {Outcome[]} */
  const outcomes = [];
  const work = async () => {
    for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
      const { name, background } = stage;
      /** @type {Buffer[]} */
      const output = [];
      const outcome = await runStage(stage, (command) =>
        runCollected(node24, command, { ...options, background }, output),
      );
      showHeading(name);
      process.stdout.write(Buffer.concat(output));
      showOutcome(outcome);
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  return outcomes;
}

/**
 * @param {readonly Stage[]} stages
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<readonly Outcome[]>}
 */
async function runRound(stages, options) {
  const [only] = stages;
  if (only === undefined || stages.length > 1) return runTogether(stages, options);
  showHeading(only.name);
  const outcome = await runStage(only, (command) => runShown(node24, command, options));
  showOutcome(outcome);
  return [outcome];
}

/** @returns {Promise<readonly Outcome[]>} */
async function runStages() {
  const stages = chosenStages(process.argv.slice(2));
  const env = await setUp();
  await rm(reports, { recursive: true, force: true });
  await mkdir(reports, { recursive: true });

  const options = { cwd: root, env };
  const reads = (/** @type {Stage} */ stage) => stage.report === undefined;
  const outcomes = [...(await runRound(stages.filter(reads), options))];
  // The editor of the end-to-end stories waits more than it works: the other tests run behind it.
  const tests = stages.filter((stage) => !reads(stage));
  const first = tests.filter(({ background }) => background !== true);
  outcomes.push(...(await runRound([...first, ...tests.filter((stage) => !first.includes(stage))], options)));
  return outcomes;
}

try {
  const started = Date.now();
  const outcomes = await runStages();
  console.log(`\n── summary ${'─'.repeat(63)}`);
  for (const { name, seconds, counts, failures } of outcomes) {
    const tests = counts.passed + counts.failed + counts.skipped;
    const ok = counts.failed === 0;
    const detail = ok ? (tests > 0 ? `${tests} tests` : '') : `${counts.failed} failed`;
    console.log(
      `   ${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${detail}`,
    );
    for (const failure of failures) console.log(`            ${failure}`);
  }
  console.log(`   ${((Date.now() - started) / 60_000).toFixed(1)} minutes with set-up\n`);
  console.log(closingLine(outcomes.map((outcome) => outcome.counts)));
  process.exitCode = outcomes.every(({ counts }) => counts.failed === 0) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
