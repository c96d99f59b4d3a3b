import * as vscode from 'vscode';
import type { OutputNode, RecipeNode, StepNode } from '../core/recipe/recipeTree.js';
import type { PlacedRecipe } from '../core/recipe/workspaceRecipes.js';
import { targetId, type Target } from '../core/target/target.js';
import type { ArchiveView } from './archiveView.js';
import { recipeTask, type RunDefinition } from './buildTask.js';
import { changeConfigText, openConfig } from './configFile.js';
import { configFileName } from './engine.js';
import { recipeKey } from './recipeBook.js';
import type { RecipeJob } from './recipeJob.js';
import type { Session } from './session.js';
import type { StepOutput } from './stepOutput.js';
import { pickTarget } from './targetPicker.js';

/** What the commands of recipes' rows do; also called from the palette, where no row is given. */
export interface RecipeCommands {
  readonly run: (node?: RecipeNode) => Promise<void>;
  readonly runAgain: (node?: RecipeNode) => Promise<void>;
  readonly runFrom: (node?: StepNode) => Promise<void>;
  readonly cancel: (node?: RecipeNode) => void;
  readonly customize: (node?: RecipeNode) => Promise<void>;
  /** Shows where the recipe is written. */
  readonly open: (node?: RecipeNode) => Promise<void>;
  readonly showOutput: (node?: StepNode) => Promise<void>;
  readonly openFile: (node?: OutputNode) => Promise<void>;
}

export function createRecipeCommands(
  session: Session,
  job: RecipeJob,
  run: RunDefinition,
  { output, archives }: { readonly output: StepOutput; readonly archives: ArchiveView },
): RecipeCommands {
  const start = async (node: RecipeNode | undefined, more: { readonly force?: true } = {}): Promise<void> => {
    const chosen = await chooseRun(session, node);
    if (chosen !== undefined) {
      await vscode.tasks.executeTask(recipeTask(run, chosen.target, chosen.recipe, more));
    }
  };
  return {
    run: (node) => start(node),
    runAgain: (node) => start(node, { force: true }),
    async runFrom(node) {
      if (node !== undefined) {
        const recipe = await recipeOf(session, node.key);
        await vscode.tasks.executeTask(recipeTask(run, node.target, recipe, { from: node.step.id }));
      }
    },
    cancel(node) {
      job.cancel(node === undefined ? undefined : { key: node.key, target: targetId(node.target) });
    },
    async customize(node) {
      const recipe =
        node === undefined
          ? await pickRecipe(session, 'Customize recipe', (it) => it.written !== undefined)
          : await recipeOf(session, node.key);
      if (recipe !== undefined) {
        await customize(session, recipe, node?.target);
      }
    },
    async open(node) {
      const recipe = node === undefined ? undefined : await recipeOf(session, node.key);
      if (recipe?.recipe.origin.kind === 'config') {
        const { file, line = 1 } = recipe.recipe.origin;
        await showLine(vscode.Uri.file(file), line);
      }
    },
    async showOutput(node) {
      if (node !== undefined) {
        await output.show(node);
      }
    },
    async openFile(node) {
      if (node === undefined) {
        return;
      }
      const uri = vscode.Uri.file(node.path);
      switch (node.content) {
        case 'archive':
          await archives.open(uri, node.target);
          return;
        case 'program':
          await vscode.commands.executeCommand('revealInExplorer', uri);
          return;
        case 'file':
          await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
          return;
      }
    },
  };
}

interface ChosenRun {
  readonly recipe: PlacedRecipe;
  readonly target: Target;
}

/** What a row means, or what a person picks: a recipe, for the active target. */
async function chooseRun(session: Session, node: RecipeNode | undefined): Promise<ChosenRun | undefined> {
  if (node !== undefined) {
    return { recipe: await recipeOf(session, node.key), target: node.target };
  }
  const recipe = await pickRecipe(session, 'Run recipe', () => true);
  if (recipe === undefined) {
    return undefined;
  }
  const choice = session.active ?? (await pickTarget(session, `Run ${recipe.recipe.definition.name} for`));
  return choice && { recipe, target: choice.target };
}

async function recipeOf(session: Session, key: string): Promise<PlacedRecipe> {
  const recipe = (await session.recipes.recipes()).find((it) => recipeKey(it) === key);
  if (recipe === undefined) {
    throw new Error('This recipe is not there any more.');
  }
  return recipe;
}

async function pickRecipe(
  session: Session,
  title: string,
  wanted: (recipe: PlacedRecipe) => boolean,
): Promise<PlacedRecipe | undefined> {
  const recipes = await session.recipes.recipes();
  const offered = recipes.filter(wanted);
  if (offered.length === 0) {
    await tellNone(session, recipes.length > 0);
    return undefined;
  }
  const many = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const picked = await vscode.window.showQuickPick(
    offered.map((recipe) => ({
      label: recipe.recipe.definition.name,
      description: recipe.recipe.definition.title ?? '',
      ...(many ? { detail: vscode.workspace.asRelativePath(recipe.recipe.directory) } : {}),
      iconPath: new vscode.ThemeIcon(recipe.written === undefined ? 'list-selection' : 'tasklist'),
      recipe,
    })),
    {
      title,
      placeHolder: 'A recipe of crossbow.yaml, or one that fits the sources',
      matchOnDescription: true,
    },
  );
  return picked?.recipe;
}

async function tellNone(session: Session, hasWritten: boolean): Promise<void> {
  const write = 'Open crossbow.yaml';
  const message = hasWritten
    ? 'All recipes of this workspace are in crossbow.yaml already.'
    : 'No recipe fits this workspace: those that come with Crossbow are for Concourse, Guardian, runc and resource types. Your own are written in crossbow.yaml.';
  if ((await vscode.window.showInformationMessage(message, write)) === write) {
    await openConfig(session);
  }
}

/** Copies a recipe to crossbow.yaml, in a way that can be undone, and shows it there. */
async function customize(session: Session, listed: PlacedRecipe, target: Target | undefined): Promise<void> {
  const { recipe, written, place } = listed;
  if (written === undefined) {
    throw new Error(`${recipe.definition.name} is in crossbow.yaml already.`);
  }
  const engine = await session.engine();
  const path = place.configFile ?? engine.host.join(place.root, configFileName);
  const wanted = target ?? linuxTarget(session);
  await changeConfigText(session, path, (text) => engine.customizeRecipe(text, { recipe, written }, wanted));
  // It is read again with its line, now that it is written there.
  const customized = (await session.recipes.recipes()).find((it) => recipeKey(it) === recipeKey(listed));
  const origin = customized?.recipe.origin;
  await showLine(vscode.Uri.file(path), origin?.kind === 'config' ? (origin.line ?? 1) : 1);
}

/** The target that programs are looked up for: the built-in recipes are for Linux. */
function linuxTarget({ state: { active, pinned } }: Session): Target {
  const chosen = [...(active === undefined ? [] : [active]), ...pinned].find(
    (it) => it.target.goos === 'linux',
  );
  return chosen?.target ?? { goos: 'linux', goarch: 'arm64' };
}

async function showLine(uri: vscode.Uri, line: number): Promise<void> {
  const position = new vscode.Position(line - 1, 0);
  const editor = await vscode.window.showTextDocument(uri, {
    selection: new vscode.Range(position, position),
  });
  editor.revealRange(
    new vscode.Range(position, position),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}
