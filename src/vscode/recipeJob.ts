import type { RecipeRequest, RecipeResult } from '../core/recipe/recipeRun.js';
import { createRecipeText } from '../core/recipe/recipeText.js';
import type { PlacedRecipe } from '../core/recipe/workspaceRecipes.js';
import { targetId } from '../core/target/target.js';
import type { BuildOrigin, BuildProblems } from './buildProblems.js';
import { tellRecipeFailure } from './failureMessage.js';
import type { FixLinks } from './fixLinks.js';
import { recipeKey } from './recipeBook.js';
import { RunningJobs, type Progress } from './runningJobs.js';
import type { Session } from './session.js';

/** A recipe to run, and those that it may run first. */
export interface RecipeWork {
  readonly recipe: PlacedRecipe;
  readonly known: readonly PlacedRecipe[];
  readonly request: RecipeRequest;
}

/** Runs of recipes that show themselves: in a terminal, a cancellable notification, the tree and Problems. */
export interface RecipeJob {
  readonly run: (
    work: RecipeWork,
    origin: BuildOrigin,
    write: (text: string) => void,
    signal: AbortSignal,
  ) => Promise<RecipeResult>;
  /** Ends the runs of a recipe for a target; without one, all of them. */
  readonly cancel: (of?: { readonly key: string; readonly target: string }) => void;
}

/** Makes the one runner of recipes in this window. */
export function createRecipeJob(session: Session, problems: BuildProblems, links: FixLinks): RecipeJob {
  const running = new RunningJobs<{ readonly key: string; readonly target: string }>();
  return {
    async run(work, origin, write, signal) {
      const { target, recipe } = work.request;
      const title = `Running ${recipe.definition.name} for ${targetId(target)}`;
      const of = { key: recipeKey(work.recipe), target: targetId(target) };
      const result = await running.run(of, title, signal, (progress, ended) =>
        runWork(session, work, { write, progress, signal: ended }),
      );
      const { directory } = recipe;
      for (const step of result.steps) {
        problems.setStep({ ...step, recipe: result.recipe, target, directory }, origin);
      }
      if (result.outcome !== 'cancelled') {
        links.set(
          result.steps.flatMap((it) => it.diagnoses),
          origin,
        );
      }
      if (result.outcome === 'failed') {
        void tellRecipeFailure(result, origin);
      }
      return result;
    },
    cancel(of) {
      running.cancel(({ key, target }) => of === undefined || (of.key === key && of.target === target));
    },
  };
}

async function runWork(
  session: Session,
  { recipe, known, request }: RecipeWork,
  {
    write,
    progress,
    signal,
  }: {
    readonly write: (text: string) => void;
    readonly progress: Progress;
    readonly signal: AbortSignal;
  },
): Promise<RecipeResult> {
  const engine = await session.engine();
  const text = createRecipeText();
  const { target } = request;
  let total = 0;
  let ended = 0;
  try {
    const result = await engine.crossbow.runRecipe(request, {
      ...session.options(),
      config: recipe.place.config,
      signal,
      findRecipe: session.recipes.finder(known),
      onRecipeEvent(event) {
        write(text.event(event));
        session.recipes.event(recipe, target, event);
        if (event.kind === 'planned') {
          total = event.steps.length;
        } else if (event.kind === 'step') {
          const isEnd = event.state !== 'running' && event.state !== 'waiting';
          ended += isEnd ? 1 : 0;
          progress.report({
            message: `${String(ended)}/${String(total)} steps, ${event.step}`,
            ...(isEnd && total > 0 ? { increment: 100 / total } : {}),
          });
        }
      },
    });
    write(text.result(result));
    await session.recipes.ended(recipe, target, result);
    return result;
  } catch (error) {
    session.recipes.gone(recipe, target);
    throw error;
  }
}
