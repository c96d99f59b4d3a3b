import { checkRecipe } from '../recipe/checkRecipe.js';
import type { RecipeDefinition, Step } from '../recipe/recipe.js';
import type { Catalogue } from '../target/catalogue.js';
import { readStep } from './configSteps.js';
import { entriesAt, textsAt, type Reader, type Span } from './readNode.js';
import type { RecipeFile } from './schema.js';
import { judgeTarget } from './targetKey.js';
import { listOf } from './textLists.js';

/** The recipes of a file, in its order. What is wrong in one is reported at its place; a step that says nothing is left out. */
export function readRecipes(
  reader: Reader,
  recipes: Readonly<Record<string, RecipeFile>>,
  lineOf: (span: Span) => number,
  catalogue: Catalogue | undefined,
): readonly RecipeDefinition[] {
  return entriesAt(reader, ['recipes']).flatMap(({ key, keySpan }) => {
    const file = Object.hasOwn(recipes, key) ? recipes[key] : undefined;
    if (file === undefined) return [];
    const path = ['recipes', key];
    checkMatrix(reader, [...path, 'matrix'], catalogue);
    const { steps, places } = readSteps(reader, file, path, lineOf);
    if (steps.length === 0) reader.problem(keySpan, `the recipe \`${key}\` has no steps`, 'error');
    const recipe: RecipeDefinition = {
      name: key,
      ...(file.title === undefined ? {} : { title: file.title }),
      ...(file.directory === undefined ? {} : { directory: file.directory }),
      matrix: listOf(file.matrix),
      variables: Object.fromEntries(
        Object.entries(file.variables ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      steps,
      line: lineOf(keySpan),
    };
    for (const { message, step, text } of checkRecipe(recipe)) {
      const place = step === undefined ? undefined : places[step];
      const texts = textsAt(reader, place?.path ?? [...path, 'variables']);
      const span = texts.find((it) => it.text === text)?.span ?? place?.span ?? keySpan;
      reader.problem(span, message, 'error');
    }
    return [recipe];
  });
}

interface StepPlace {
  readonly path: readonly string[];
  readonly span: Span;
}

function readSteps(
  reader: Reader,
  file: RecipeFile,
  path: readonly string[],
  lineOf: (span: Span) => number,
): { readonly steps: readonly Step[]; readonly places: readonly StepPlace[] } {
  // What is no block was reported and left out of the list when it was read.
  const blocks = entriesAt(reader, [...path, 'steps']).filter(({ value }) => isBlock(value));
  const steps: Step[] = [];
  const places: StepPlace[] = [];
  for (const [index, it] of (file.steps ?? []).entries()) {
    const block = blocks[index];
    if (block === undefined) continue;
    const place = {
      path: [...path, 'steps', block.key],
      span: firstKey(reader, [...path, 'steps', block.key]),
    };
    const step = readStep(it, lineOf(place.span));
    if (step.kind === 'wrong') {
      reader.problem(place.span, step.message, 'error');
      continue;
    }
    steps.push(step.step);
    places.push(place);
  }
  return { steps, places };
}

function isBlock(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A step is marked at its first key, for a whole block says nothing. */
function firstKey(reader: Reader, path: readonly string[]): Span {
  return entriesAt(reader, path)[0]?.keySpan ?? { start: 0, end: 0 };
}

function checkMatrix(reader: Reader, path: readonly string[], catalogue: Catalogue | undefined): void {
  for (const { text, span } of textsAt(reader, path)) {
    const judged = judgeTarget(text, catalogue);
    if (judged.kind === 'refused') reader.problem(span, judged.message, 'error');
  }
}
