import { describe, expect, it } from 'vitest';
import type { PlannedStep, RecipeResult, StepResult } from '../../../src/core/recipe/recipeRun.js';
import {
  recipeDescription,
  recipeSpeech,
  recipeTooltip,
  stepDescription,
  stepSpeech,
} from '../../../src/core/recipe/recipeRow.js';
import {
  afterEvent,
  afterRun,
  lastRun,
  recalledSteps,
  type RecipeStatus,
} from '../../../src/core/recipe/recipeStatus.js';
import { stepPage } from '../../../src/core/recipe/stepPage.js';
import { recipeNodes, type RecipeNode, type StepNode } from '../../../src/core/recipe/recipeTree.js';
import { targetTree } from '../../../src/core/target/targetTree.js';
import { choice, emptyState } from '../surface/sample.js';

const pi = choice('linux/arm/v7');
const { target } = pi;

/** A worker's steps as a plan has them: the recipe that a step names comes before the step, and what waits is written first. */
const planned: readonly PlannedStep[] = [
  { id: 'pack', kind: 'archive', needs: ['gdn', 'note'] },
  { id: 'gdn/init', kind: 'c', needs: [] },
  { id: 'gdn/gdn', kind: 'go', needs: ['gdn/init'] },
  { id: 'gdn', kind: 'recipe', needs: ['gdn/init', 'gdn/gdn'] },
  { id: 'note', kind: 'file', needs: [] },
];

const idle: RecipeStatus = {
  key: 'worker /w',
  name: 'worker',
  title: 'A worker',
  origin: { kind: 'built-in', id: 'worker' },
  target,
  running: false,
  stale: false,
  steps: planned.map((it) => ({ ...it, state: 'waiting', outputs: [] })),
};

function node(status: RecipeStatus): RecipeNode {
  const [only] = recipeNodes([status], 'pinned:x', target);
  if (only === undefined) throw new Error('no row');
  return only;
}

/** The rows as a person reads them, indented. */
function drawn({ children }: RecipeNode | StepNode, indent = ''): readonly string[] {
  return children.flatMap((it) =>
    it.kind === 'output'
      ? [`${indent}= ${it.label} ${it.content}`]
      : [
          `${indent}${it.step.state} ${it.label} ${stepDescription(it)}`.trimEnd(),
          ...drawn(it, `${indent}  `),
        ],
  );
}

const stepResult = (id: string, more: Partial<StepResult>): StepResult => {
  const step = planned.find((it) => it.id === id) ?? { id, kind: 'run', needs: [] };
  return { ...step, state: 'done', outputs: [], durationMs: 1200, diagnoses: [], log: '', ...more };
};

const ended = (steps: readonly StepResult[], problems: readonly string[] = []): RecipeResult => ({
  recipe: 'worker',
  target,
  outcome: 'failed',
  steps,
  problems,
  durationMs: 1,
});

const failed = afterRun(
  idle,
  ended([
    stepResult('note', { state: 'skipped', outputs: [{ path: '/w/dist/note.json', size: 9, digest: '' }] }),
    stepResult('gdn/init', { outputs: [{ path: '/w/dist/gdn-init', size: 9, digest: '' }] }),
    stepResult('gdn/gdn', { state: 'failed', message: 'No compiler.' }),
    stepResult('gdn', { state: 'blocked', message: 'The step gdn/gdn failed.' }),
    stepResult('pack', { state: 'blocked', message: 'The step gdn failed.' }),
  ]),
);

describe('a recipe in the tree', () => {
  it('has its steps in the order of what they need, those of another recipe below the step that runs it', () => {
    expect(drawn(node(idle))).toEqual([
      'waiting gdn',
      '  waiting init',
      '  waiting gdn after init',
      'waiting note',
      'waiting pack after gdn, note',
    ]);
    expect(recipeDescription(node(idle))).toBe('A worker');
  });

  it('shows what runs, how far it is, and what has ended', () => {
    const running = [
      { kind: 'planned', steps: planned } as const,
      { kind: 'step', step: 'note', state: 'done', durationMs: 40 } as const,
      { kind: 'step', step: 'gdn/init', state: 'running' } as const,
      { kind: 'progress', step: 'gdn/init', done: 3, total: 9, importPath: 'x' } as const,
    ].reduce(afterEvent, idle);
    expect(recipeDescription(node(running))).toBe('running 1/5 · A worker');
    expect(drawn(node(running)).slice(0, 4)).toEqual([
      'running gdn running',
      '  running init running 3/9',
      '  waiting gdn after init',
      'done note 0.0 s',
    ]);
  });

  it('shows files, what failed and why, and what was not run for it', () => {
    expect(drawn(node(failed))).toEqual([
      'skipped note up to date',
      '  = note.json file',
      'failed gdn The step gdn/gdn failed.',
      '  done init 1.2 s',
      '    = gdn-init program',
      '  failed gdn No compiler.',
      'blocked pack The step gdn failed.',
    ]);
    expect(recipeSpeech(node(failed))).toBe('worker, recipe, A worker, linux/arm/v7, failed at gdn/gdn');
    const [note] = node(failed).children;
    expect(note && stepSpeech(note)).toBe('note, step, skipped, up to date');
  });

  it('keeps what was known where a run could not begin, and says why', () => {
    const wrong = afterRun(failed, ended([], ['There is no recipe runc.']));
    expect(drawn(node(wrong))).toEqual(drawn(node(failed)));
    expect(recipeTooltip(node(wrong))).toContain('There is no recipe runc.');
  });

  it('stands below the active target and the pinned ones, and nowhere else', () => {
    const rows = JSON.stringify(targetTree({ ...emptyState, recipes: [idle] }));
    expect(rows).not.toContain('"kind":"recipe"');
    const [pinned] = targetTree({ ...emptyState, recipes: [idle], pinned: [pi, choice('linux/arm64')] });
    const below = pinned?.children.map((it) => it.children.map((child) => child.kind));
    expect(below).toEqual([['recipe'], []]);
  });
});

describe('what is remembered of a recipe', () => {
  const outputs = [{ path: '/w/dist/gdn-init', size: 9, digest: '' }];
  const made = { at: 100, durationMs: 700, outputs };
  const run = (at: number) =>
    lastRun(
      ended(failed.steps.map((it) => stepResult(it.id, { state: it.state as 'done' }))),
      at,
      () => 'log',
    );

  it('is what records tell, and failures of the last run that nothing was done after', () => {
    const steps = planned.map((it) => (it.id === 'gdn/gdn' ? { ...it, made } : it));
    const states = (at: number) =>
      Object.fromEntries(recalledSteps(steps, run(at)).map((it) => [it.id, it.state]));
    expect(states(200)).toMatchObject({ 'gdn/gdn': 'failed', pack: 'blocked', note: 'waiting' });
    const upToDate = lastRun(ended([stepResult('gdn/gdn', { state: 'skipped' })]), 200, () => '');
    expect(recalledSteps(steps, upToDate).find((it) => it.id === 'gdn/gdn')?.state).toBe('skipped');
    const left = lastRun(ended([stepResult('gdn/gdn', { state: 'cancelled' })]), 200, () => '');
    expect(recalledSteps(steps, left).find((it) => it.id === 'gdn/gdn')?.state).toBe('done');
    expect(states(50)).toMatchObject({ 'gdn/gdn': 'done', pack: 'blocked' });
    expect(recalledSteps(steps, undefined).find((it) => it.id === 'gdn/gdn')).toMatchObject({
      state: 'done',
      durationMs: 700,
      outputs,
    });
  });
});

describe('the page of a step', () => {
  it('says how it ended, what it made, and what it printed without the colours of terminals', () => {
    expect(stepPage(failed, 'gdn/init', '$ cc init.c\n\u001b[1minit.c\u001b[0m: fine\r\n')).toBe(
      'worker: gdn/init, for linux/arm/v7\nDone in 1.2 s.\nMade:\n  /w/dist/gdn-init  9 B\n\n$ cc init.c\ninit.c: fine\n',
    );
    expect(stepPage(failed, 'gdn/gdn', '')).toContain('Failed after 1.2 s. No compiler.\nAfter: gdn/init\n');
    expect(stepPage(failed, 'gone', '')).toBe('There is no step gone any more.\n');
  });
});
