import * as vscode from 'vscode';
import { recipeFinder } from '../core/recipe/recipeFinder.js';
import type { RecipeEvent, RecipeResult } from '../core/recipe/recipeRun.js';
import { afterEvent, afterRun, recalledSteps, type RecipeStatus } from '../core/recipe/recipeStatus.js';
import type { PlacedRecipe, RecipePlace } from '../core/recipe/workspaceRecipes.js';
import type { RunRecipeOptions } from '../core/crossbow.js';
import { targetId, type Target } from '../core/target/target.js';
import type { Engine } from './engine.js';
import { RecipeLogs } from './recipeLogs.js';

/** What the book asks of the window. */
interface Surroundings {
  readonly engine: () => Promise<Engine>;
  readonly places: () => Promise<readonly RecipePlace[]>;
  /** Targets that recipes are shown for. */
  readonly targets: () => readonly Target[];
}

/** Owns the recipes of this workspace: which there are, and how each stands for the targets that are shown. */
export class RecipeBook implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #started = new vscode.EventEmitter<string>();
  /** The id of a run that began. */
  readonly onDidStart = this.#started.event;
  readonly logs: RecipeLogs;
  #recipes: Promise<readonly PlacedRecipe[]> | undefined;
  #reading: Promise<void> | undefined;
  #shownFor = '';
  /** How often was looked: only the last look is shown, for the first may end after it. */
  #readings = 0;
  readonly #statuses = new Map<string, RecipeStatus>();
  /** What is shown, in the order of the recipes; the map remembers in the order of events. */
  #order: readonly string[] = [];

  constructor(
    private readonly around: Surroundings,
    storage: vscode.Uri | undefined,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.logs = new RecipeLogs(storage);
  }

  dispose(): void {
    this.#changed.dispose();
    this.#started.dispose();
    this.logs.dispose();
  }

  get statuses(): readonly RecipeStatus[] {
    return this.#order.flatMap((id) => this.#statuses.get(id) ?? []);
  }

  get running(): boolean {
    return this.statuses.some((it) => it.running);
  }

  /** The workspace's recipes, and with `sources` those of further folders; shared until {@link refresh}. */
  async recipes(sources: readonly string[] = []): Promise<readonly PlacedRecipe[]> {
    if (sources.length > 0) {
      const { crossbow } = await this.around.engine();
      return crossbow.workspaceRecipes(await this.around.places(), { sources });
    }
    this.#recipes ??= this.#list();
    return this.#recipes;
  }

  async #list(): Promise<readonly PlacedRecipe[]> {
    const { crossbow } = await this.around.engine();
    return crossbow.workspaceRecipes(await this.around.places());
  }

  /** Looks again which recipes there are, and how they stand. */
  async refresh(): Promise<void> {
    this.#recipes = undefined;
    this.#shownFor = '';
    await this.show();
  }

  /** Reads how the recipes stand for the targets that are shown now; does nothing where that is known. */
  show(): Promise<void> {
    const wanted = this.around.targets().map(targetId).join();
    if (wanted !== this.#shownFor || this.#reading === undefined) {
      this.#shownFor = wanted;
      this.#reading = this.#read().catch((error: unknown) => {
        this.log.error(`Looking for recipes: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
    return this.#reading;
  }

  async #read(): Promise<void> {
    const reading = ++this.#readings;
    if (!vscode.workspace.isTrusted) {
      return;
    }
    const recipes = await this.recipes();
    const order: string[] = [];
    for (const recipe of recipes) {
      for (const target of this.around.targets()) {
        const status = await this.#recall(recipe, target, recipes);
        if (status !== undefined) {
          const id = statusId(status);
          order.push(id);
          // One that runs tells more than the records do.
          if (this.#statuses.get(id)?.running !== true) {
            this.#statuses.set(id, status);
          }
        }
      }
    }
    if (reading === this.#readings) {
      this.#order = order;
      this.#changed.fire();
    }
  }

  /** Undefined where the recipe is not for the target, or was found here but can't be run for it. */
  async #recall(
    listed: PlacedRecipe,
    target: Target,
    recipes: readonly PlacedRecipe[],
  ): Promise<RecipeStatus | undefined> {
    const { crossbow } = await this.around.engine();
    const { recipe, place } = listed;
    const options = { config: place.config, findRecipe: this.finder(recipes) };
    const memory = await crossbow.recallRecipe({ recipe, target }, options);
    const { name, title } = recipe.definition;
    const status = {
      key: recipeKey(listed),
      name,
      ...(title === undefined ? {} : { title }),
      origin: recipe.origin,
      target,
      running: false,
      stale: false,
      steps: [],
    };
    switch (memory.kind) {
      case 'other-target':
        return undefined;
      case 'wrong':
        return recipe.origin.kind === 'config'
          ? { ...status, problem: memory.problems.join(' ') }
          : undefined;
      case 'steps': {
        const last = await this.logs.last(statusId(status));
        return { ...status, steps: recalledSteps(memory.steps, last) };
      }
    }
  }

  /** How `recipe` steps find other recipes, here or in another folder. */
  finder(recipes: readonly PlacedRecipe[]): RunRecipeOptions['findRecipe'] {
    return recipeFinder(
      recipes.map((it) => it.recipe),
      async (directory) => (await this.recipes([directory])).map((it) => it.recipe),
    );
  }

  /** Notes what happens in a run. */
  event(recipe: PlacedRecipe, target: Target, event: RecipeEvent): void {
    const status = this.#of(recipe, target);
    this.logs.event(statusId(status), event);
    const next = afterEvent(status, event);
    if (next !== status) {
      this.#set(next);
    }
    if (event.kind === 'planned') {
      this.#started.fire(statusId(status));
    }
  }

  /** Notes how a run ended. */
  async ended(recipe: PlacedRecipe, target: Target, result: RecipeResult): Promise<void> {
    const status = afterRun(this.#of(recipe, target), result);
    this.#set(status);
    await this.logs.ended(statusId(status), result);
    // Its steps may be another recipe's, too, whose row tells of the same files.
    await this.refresh();
  }

  /** Forgets a run that never came to an end of its own. */
  gone(recipe: PlacedRecipe, target: Target): void {
    this.#set({ ...this.#of(recipe, target), running: false });
    void this.refresh();
  }

  sourcesChanged(): void {
    for (const [id, status] of this.#statuses) {
      if (!status.stale) {
        this.#statuses.set(id, { ...status, stale: true });
      }
    }
    this.#changed.fire();
  }

  #of(listed: PlacedRecipe, target: Target): RecipeStatus {
    const { definition, origin } = listed.recipe;
    const key = recipeKey(listed);
    const { name, title } = definition;
    return (
      this.#statuses.get(statusId({ key, target })) ?? {
        key,
        name,
        ...(title === undefined ? {} : { title }),
        origin,
        target,
        running: false,
        stale: false,
        steps: [],
      }
    );
  }

  #set(status: RecipeStatus): void {
    this.#statuses.set(statusId(status), status);
    this.#changed.fire();
  }
}

/** What tells a recipe from all others in the window. */
export function recipeKey({ recipe }: PlacedRecipe): string {
  return `${recipe.definition.name} ${recipe.root}`;
}

/** What tells a recipe for a target from all others. */
export function statusId({ key, target }: Pick<RecipeStatus, 'key' | 'target'>): string {
  return `${targetId(target)} ${key}`;
}
