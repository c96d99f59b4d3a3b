import { nearestName } from '../config/nearestName.js';
import type { RecipeDefinition, Step } from './recipe.js';
import { givenVariables, referencesIn, spellReference, type Reference } from './references.js';
import { stepsBefore, textsOf } from './stepTexts.js';

/** Something wrong in a recipe, seen without running anything. */
export interface RecipeProblem {
  /** One sentence for people. */
  readonly message: string;
  /** Index of the step it is about; absent: the recipe itself. */
  readonly step?: number;
  /** The text that is wrong, as written there; absent: the step as a whole. */
  readonly text?: string;
}

/** Names that are safe in paths and in `${steps.NAME}`. */
const namePattern = /^[a-z0-9][a-z0-9._-]*$/;

/** Everything wrong with a recipe that its definition shows: names, references, cycles, outputs that collide. */
export function checkRecipe(recipe: RecipeDefinition): readonly RecipeProblem[] {
  return [
    ...checkName(recipe),
    ...checkNames(recipe.steps),
    ...checkReferences(recipe),
    ...checkOutputs(recipe.steps),
    ...checkCycles(recipe),
  ];
}

function checkName({ name }: RecipeDefinition): readonly RecipeProblem[] {
  if (namePattern.test(name)) return [];
  return [{ message: nameMessage('recipe', name), text: name }];
}

function checkNames(steps: readonly Step[]): readonly RecipeProblem[] {
  return steps.flatMap(({ name }, index) => {
    if (!namePattern.test(name)) return [{ message: nameMessage('step', name), step: index, text: name }];
    if (steps.findIndex((it) => it.name === name) < index)
      return [{ message: `there is a step \`${name}\` above already`, step: index, text: name }];
    return [];
  });
}

function nameMessage(what: string, name: string): string {
  return `\`${name}\` can't name a ${what}: small letters, digits, \`.\`, \`_\` and \`-\` can, a letter or digit first`;
}

function checkReferences({ steps, variables }: RecipeDefinition): readonly RecipeProblem[] {
  const names = steps.map((it) => it.name);
  const known = [...Object.keys(variables), ...givenVariables];
  const wrong = (reference: Reference): string | undefined => {
    switch (reference.kind) {
      case 'environment':
        return /^\w+$/.test(reference.name)
          ? undefined
          : `\`${spellReference(reference)}\` names no variable`;
      case 'variable':
        return known.includes(reference.name)
          ? undefined
          : `there is no \`${spellReference(reference)}\`${hint(reference.name, [...known, ...names.map((it) => `steps.${it}`)])}`;
      case 'step':
        return names.includes(reference.step)
          ? undefined
          : `there is no step \`${reference.step}\`${hint(reference.step, names)}`;
    }
  };
  const inText = (text: string, step?: number): readonly RecipeProblem[] =>
    referencesIn(text).flatMap((reference) => {
      const message = wrong(reference);
      return message === undefined ? [] : [{ message, text, ...(step === undefined ? {} : { step }) }];
    });
  return [
    ...Object.values(variables).flatMap((text) => inText(text)),
    ...variableCycles(variables),
    ...steps.flatMap((step, index) => [
      ...textsOf(step).flatMap((text) => inText(text, index)),
      ...step.needs
        .filter((name) => !names.includes(name))
        .map((name) => ({
          message: `there is no step \`${name}\`${hint(name, names)}`,
          step: index,
          text: name,
        })),
    ]),
  ];
}

function variableCycles(variables: RecipeDefinition['variables']): readonly RecipeProblem[] {
  const uses = new Map(
    Object.entries(variables).map(([name, text]) => [
      name,
      referencesIn(text).flatMap((it) => (it.kind === 'variable' && it.name !== name ? [it.name] : [])),
    ]),
  );
  const cycle = findCycle(uses);
  const self = Object.entries(variables).find(
    ([name, text]) =>
      !(givenVariables as readonly string[]).includes(name) &&
      referencesIn(text).some((it) => it.kind === 'variable' && it.name === name),
  );
  if (self !== undefined) return [{ message: `the variable \`${self[0]}\` refers to itself`, text: self[1] }];
  if (cycle === undefined) return [];
  const [first = ''] = cycle;
  return [
    {
      message: `these variables refer to each other in a circle: ${cycle.join(' → ')}`,
      text: variables[first] ?? first,
    },
  ];
}

function checkOutputs(steps: readonly Step[]): readonly RecipeProblem[] {
  const writers = new Map<string, string>();
  return steps.flatMap((step, index) =>
    outputTexts(step).flatMap((output) => {
      const path = output.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
      if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split('/').includes('..'))
        return [
          { message: `\`${output}\` leads out of the recipe's own output folder`, step: index, text: output },
        ];
      const other = writers.get(path);
      if (other !== undefined && other !== step.name)
        return [{ message: `the step \`${other}\` writes \`${output}\` already`, step: index, text: output }];
      writers.set(path, step.name);
      return [];
    }),
  );
}

/** The outputs that a step's definition names. */
function outputTexts(step: Step): readonly string[] {
  switch (step.kind) {
    case 'go':
    case 'program':
      return step.output === undefined ? [] : [step.output];
    case 'c':
    case 'rootfs':
    case 'archive':
    case 'file':
      return [step.output];
    case 'run':
      return step.outputs;
    case 'recipe':
      return [];
  }
}

function checkCycles(recipe: RecipeDefinition): readonly RecipeProblem[] {
  const { steps, variables } = recipe;
  const cycle = findCycle(new Map(steps.map((step) => [step.name, stepsBefore(step, variables)])));
  if (cycle === undefined) return [];
  const [first = ''] = cycle;
  const message =
    cycle.length === 2
      ? `the step \`${first}\` needs itself`
      : `these steps wait for each other: ${cycle.join(' → ')}`;
  return [{ message, step: steps.findIndex((it) => it.name === first) }];
}

/** A circle in a graph, its first name again at the end; undefined where there is none. */
function findCycle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] | undefined => {
    const at = path.indexOf(name);
    if (at >= 0) return [...path.slice(at), name];
    if (done.has(name)) return undefined;
    done.add(name);
    for (const next of edges.get(name) ?? []) {
      const cycle = visit(next, [...path, name]);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  };
  for (const name of edges.keys()) {
    const cycle = visit(name, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function hint(name: string, candidates: readonly string[]): string {
  const near = nearestName(name, candidates);
  return near === undefined ? '' : `; did you mean \`${near}\`?`;
}
