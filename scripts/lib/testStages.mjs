import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name What `npm test -- NAME` chooses it by.
 * @property {readonly (readonly string[])[]} commands Run one after the other by Node 24, stopping at a failure.
 * @property {string} [report] The JSON report that the last command writes, in vitest's and jest's form.
 * @property {boolean} [background] Runs behind another stage, at low priority, when there are several.
 * @property {readonly string[]} [needs] Stages to run before when this one is chosen alone.
 */

export const reports = join(root, 'test-results/reports');

const tool = (/** @type {string} */ path) => join(root, 'node_modules', path);
const tsc = (/** @type {string} */ project) => [tool('typescript/bin/tsc'), '-p', project];

const webviewProject = 'src/webview';

const vitest = (/** @type {string} */ project) => ({
  name: project,
  commands: [
    [
      tool('vitest/vitest.mjs'),
      ...['run', '--project', project],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, `${project}.json`)}`],
    ],
  ],
  report: join(reports, `${project}.json`),
});

/** @type {readonly Stage[]} */
const stages = [
  {
    name: 'types',
    commands: [
      tsc('.'),
      tsc('src/core'),
      ...(existsSync(join(root, webviewProject, 'tsconfig.json')) ? [tsc(webviewProject)] : []),
    ],
  },
  { name: 'lint', commands: [[tool('eslint/bin/eslint.js'), '.', '--max-warnings', '0']] },
  { name: 'format', commands: [[tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']] },
  { name: 'deadcode', commands: [[tool('knip/bin/knip.js'), '--no-progress']] },
  { name: 'build', commands: [[tool('webpack/bin/webpack.js'), '--mode', 'production']] },
  { ...vitest('unit'), background: true },
  { ...vitest('integration'), background: true, needs: ['build'] },
  {
    name: 'editor',
    commands: [[join(root, 'scripts/editorTests.mjs')]],
    report: join(reports, 'editor.json'),
    background: true,
    needs: ['build'],
  },
  { ...vitest('e2e'), needs: ['build'] },
];

/**
 * The stages that these names choose, each after what it needs; all of them without a name.
 * @param {readonly string[]} names
 */
export function chosenStages(names) {
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    const known = stages.map((stage) => stage.name).join(', ');
    throw new Error(`There is no stage ${unknown.join(', ')}. The stages are ${known}.`);
  }
  if (names.length === 0) return stages;
  const wanted = new Set(names);
  for (const stage of stages)
    if (wanted.has(stage.name)) for (const need of stage.needs ?? []) wanted.add(need);
  return stages.filter((stage) => wanted.has(stage.name));
}
