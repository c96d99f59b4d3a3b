import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RecipeEvent, RecipeResult } from '../../../src/core/recipe/recipeRun.js';
import { createRecipeText } from '../../../src/core/recipe/recipeText.js';

const step = (id: string, needs: readonly string[] = []) => ({ id, kind: 'run' as const, needs });
const result: RecipeResult = {
  recipe: 'kit',
  target: { goos: 'linux', goarch: 'arm64' },
  outcome: 'ok',
  steps: [
    {
      ...step('a'),
      state: 'done',
      outputs: [{ path: '/w/dist/a', size: 1200, digest: '' }],
      durationMs: 100,
      diagnoses: [],
      log: '',
    },
  ],
  problems: [],
  durationMs: 2300,
};

function shown(events: readonly RecipeEvent[], end: RecipeResult = result): readonly string[] {
  const text = createRecipeText();
  const all = events.map((it) => text.event(it)).join('') + text.result(end);
  expect(all.replaceAll('\r\n', '')).not.toContain('\n');
  return stripVTControlCharacters(all).trimEnd().split('\r\n');
}

const running = (id: string): RecipeEvent => ({ kind: 'step', step: id, state: 'running', message: 'Why.' });
const output = (id: string, text: string): RecipeEvent => ({ kind: 'output', step: id, text });
const ended = (id: string, state: 'done' | 'failed' = 'done'): RecipeEvent => ({
  kind: 'step',
  step: id,
  state,
  durationMs: 1500,
});

describe('the terminal of a recipe', () => {
  it('keeps each step’s text together under its heading, however the steps run side by side', () => {
    expect(
      shown([
        { kind: 'planned', steps: [step('a'), step('b'), step('c'), step('d', ['a'])] },
        running('a'),
        { kind: 'command', step: 'a', line: 'make a' },
        running('b'),
        output('b', 'b one\nb t'),
        output('a', 'a one\n'),
        running('c'),
        output('c', 'c one\n'),
        output('b', 'wo\n'),
        ended('c'),
        output('a', 'a two, without an end'),
        ended('a'),
        output('b', 'b three\n'),
        ended('b'),
        { kind: 'step', step: 'd', state: 'skipped', durationMs: 9 },
      ]),
    ).toEqual([
      '▶ a run · Why.',
      '$ make a',
      'a one',
      'a two, without an end',
      '✓ a done in 1.5 s.',
      '▶ c run · Why.',
      'c one',
      '✓ c done in 1.5 s.',
      '▶ b run · Why.',
      'b one',
      'b two',
      'b three',
      '✓ b done in 1.5 s.',
      '✓ d up to date',
      '  /w/dist/a 1.2 kB',
      'Ran kit for linux/arm64 in 2.3 s: 1 step',
    ]);
  });

  it('shows the step that has the terminal at once, and no step that only names another recipe', () => {
    const text = createRecipeText();
    text.event({ kind: 'planned', steps: [step('a'), { ...step('r'), kind: 'recipe' }] });
    expect(text.event({ kind: 'step', step: 'r', state: 'done', durationMs: 0 })).toBe('');
    text.event(running('a'));
    expect(text.event(output('a', 'now\n'))).toBe('now\r\n');
  });

  it('says what failed, what was not run for it, and why; escape sequences of messages are harmless', () => {
    expect(
      shown(
        [
          { kind: 'planned', steps: [step('a'), step('b', ['a'])] },
          running('a'),
          { kind: 'step', step: 'a', state: 'failed', durationMs: 50, message: 'It \u001b]0;x\u0007broke.' },
          { kind: 'step', step: 'b', state: 'blocked', message: 'The step a failed.' },
        ],
        { ...result, outcome: 'failed', steps: [], problems: ['No place.'] },
      ),
    ).toEqual([
      '▶ a run · Why.',
      '✗ a failed after 0.1 s. It ]0;xbroke.',
      '○ b not run. The step a failed.',
      'No place.',
      'The recipe kit for linux/arm64 failed after 2.3 s',
    ]);
  });

  it('holds back no more than a megabyte of a step that is not shown', () => {
    const lines = shown([
      { kind: 'planned', steps: [step('a'), step('b')] },
      running('a'),
      running('b'),
      ...Array.from({ length: 3000 }, (_, index) => output('b', `${String(index)} ${'x'.repeat(1000)}\n`)),
      ended('a'),
      ended('b'),
    ]);
    expect(lines.join('\n').length).toBeLessThan(1_100_000);
    expect(lines.some((it) => it.startsWith('2999 '))).toBe(true);
    expect(lines.some((it) => it.startsWith('… the beginning is in the step'))).toBe(true);
  });
});
