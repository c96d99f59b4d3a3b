import { describe, expect, it } from 'vitest';
import { readTaskDefinition } from '../../../src/core/build/taskDefinition.js';
import { emptyConfig } from '../../../src/core/config/config.js';
import { chooseRecipe } from '../../../src/core/recipe/chooseRecipe.js';
import { isRecipeTask, readRecipeTask } from '../../../src/core/recipe/recipeTask.js';
import type { PlacedRecipe } from '../../../src/core/recipe/workspaceRecipes.js';

describe('the definition of a recipe’s task', () => {
  it('reads every property, and a single folder as a list of one', () => {
    const definition = {
      type: 'crossbow',
      recipe: 'worker',
      target: 'linux/arm/v7',
      set: { seccomp: 'off' },
      source: '../runc',
      from: 'runc/runc',
      force: true,
    };
    expect(isRecipeTask(definition)).toBe(true);
    expect(readRecipeTask(definition)).toEqual({
      kind: 'ok',
      task: {
        recipe: 'worker',
        target: 'linux/arm/v7',
        set: { seccomp: 'off' },
        source: ['../runc'],
        from: 'runc/runc',
        force: true,
      },
    });
  });

  it('names everything that is wrong at once', () => {
    const reading = readRecipeTask({
      recipe: 7,
      set: { a: 1 },
      source: [''],
      force: 'no',
      package: './...',
    });
    const problems = reading.kind === 'wrong' ? reading.problems : [];
    expect(problems).toHaveLength(5);
    expect(problems.join('\n')).toMatch(
      /"package" is not a property of a task with "recipe"[^]*"recipe" must be text, not 7[^]*"set" must give[^]*"source" must be a folder[^]*"force" must be true or false/,
    );
  });

  it('says of its properties that they need a recipe where there is none', () => {
    expect(readTaskDefinition({ package: './...', set: {} })).toEqual({
      kind: 'wrong',
      problems: ['"set" has a meaning only beside "recipe".'],
    });
  });
});

describe('the recipe that a task names', () => {
  const recipe = (name: string, folder: string): PlacedRecipe => ({
    recipe: {
      definition: { name, matrix: [], variables: { flavour: 'plain' }, steps: [] },
      origin: { kind: 'discovered' },
      directory: folder,
      root: folder,
    },
    place: { folder, root: folder, config: emptyConfig },
  });
  const recipes = [recipe('gdn', '/a'), recipe('gdn', '/b'), recipe('worker', '/a')];

  it('is that of the folder the task belongs to, else the first', () => {
    expect(chooseRecipe({ recipe: 'gdn', set: {} }, recipes, '/b')).toEqual({
      kind: 'chosen',
      recipe: recipes[1],
    });
    expect(chooseRecipe({ recipe: 'worker', set: { flavour: 'x', version: '1' } }, recipes, '/b')).toEqual({
      kind: 'chosen',
      recipe: recipes[2],
    });
  });

  it('is told with the nearest where it is misspelt, and so are its variables', () => {
    const told = (name: string, set: Readonly<Record<string, string>>, of = recipes): string => {
      const choice = chooseRecipe({ recipe: name, set }, of, undefined);
      return choice.kind === 'none' ? choice.message : '';
    };
    expect(told('wroker', {})).toBe('There is no recipe "wroker" here. Did you mean "worker"?');
    expect(told('zzz', {})).toBe('There is no recipe "zzz" here. There are: gdn, worker.');
    expect(told('zzz', {}, [])).toBe('There is no recipe "zzz" here. None fits this workspace.');
    expect(told('gdn', { flavor: 'x' })).toBe(
      'The recipe "gdn" has no variable "flavor". Did you mean "flavour"?',
    );
  });
});
