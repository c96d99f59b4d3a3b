import * as vscode from 'vscode';
import { createCatalogue } from './core/target/createCatalogue.js';
import { registerApplyFix } from './vscode/applyFix.js';
import { createArchiveView } from './vscode/archiveView.js';
import { createBuildJob } from './vscode/buildJob.js';
import { createBuildProblems } from './vscode/buildProblems.js';
import { registerChecks } from './vscode/checks.js';
import type { Engine } from './vscode/engine.js';
import { internalCommands } from './vscode/contributions.js';
import { createFixLinks } from './vscode/fixLinks.js';
import { registerCgoLenses } from './vscode/cgoLenses.js';
import { guarded, registerCommands } from './vscode/errorBoundary.js';
import { createLogProblems } from './vscode/logProblems.js';
import { createCommandTable, rowOf } from './vscode/commandTable.js';
import { registerContextKeys } from './vscode/contextKeys.js';
import { registerQuickFixes } from './vscode/quickFixes.js';
import { createCausePages } from './vscode/explainCause.js';
import { createRecipeCommands } from './vscode/recipeCommands.js';
import { createRecipeJob } from './vscode/recipeJob.js';
import { createRunDefinition } from './vscode/runDefinition.js';
import { Session } from './vscode/session.js';
import { readSetting } from './vscode/settings.js';
import { registerSizeView } from './vscode/sizeView.js';
import { registerSsaLens } from './vscode/ssaLens.js';
import { registerSsaView } from './vscode/ssaView.js';
import { registerStatusBar } from './vscode/statusBar.js';
import { createStepOutput } from './vscode/stepOutput.js';
import { registerTargetBadges } from './vscode/targetBadges.js';
import { createTargetCommands } from './vscode/targetCommands.js';
import { registerTargetsView } from './vscode/targetsView.js';
import { registerTaskProvider } from './vscode/taskProvider.js';
import { registerTerminalDiagnosis } from './vscode/terminalDiagnosis.js';
import { WhyCgoModel } from './vscode/whyCgoModel.js';
import { registerWhyCgoView } from './vscode/whyCgoView.js';
import { registerWorkspaceProblems } from './vscode/workspaceProblems.js';
import { registerWorkspaceWatch } from './vscode/workspaceWatch.js';
import { registerXrayLinks, registerXrayView } from './vscode/xrayView.js';

/** Starts the extension: surfaces paint what is remembered, then the workspace is read in the background. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Crossbow', { log: true });
  const session = new Session(context, () => loadEngine(context), log, createCatalogue());
  const pages = createCausePages(context.extensionUri);
  const problems = createBuildProblems(() => readSetting('diagnostics.enabled', true), pages.code);
  const logProblems = createLogProblems(pages.code);
  const links = createFixLinks();
  const job = createBuildJob(session, {
    ...problems,
    set(result, request, origin) {
      problems.set(result, request, origin);
      if (result.outcome !== 'cancelled') links.set(result.diagnoses, origin);
      logProblems.superseded(result, request.package.directory);
    },
  });
  const recipeJob = createRecipeJob(session, problems, links);
  const run = createRunDefinition(session, job, recipeJob);
  const stepOutput = createStepOutput(session);
  const archives = createArchiveView(session);
  const recipes = createRecipeCommands(session, recipeJob, run, { output: stepOutput, archives });
  const targets = createTargetCommands(session, job, run);
  const why = new WhyCgoModel(session, log);
  const sizes = registerSizeView(context.extensionUri, session, log);
  const functions = registerSsaView(context.extensionUri, session, log);
  const xrays = registerXrayView(context.extensionUri, session, log);
  const refresh = (fresh = false): Promise<void> =>
    session.refresh(fresh).catch((error: unknown) => {
      log.error(
        `Reading the workspace: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    });

  context.subscriptions.push(
    log,
    session,
    pages,
    problems,
    logProblems,
    links,
    sizes,
    functions,
    registerSsaLens(session),
    xrays,
    registerXrayLinks(session, xrays),
    stepOutput,
    archives,
    vscode.commands.registerCommand(internalCommands.openOutput, (row: unknown) =>
      guarded(log, 'Open', () => recipes.openFile(rowOf(row, 'output'))),
    ),
    why,
    registerTerminalDiagnosis(session, logProblems, log),
    vscode.commands.registerCommand(internalCommands.mendCommand, (mend: () => Promise<void> | void) =>
      guarded(log, 'Fix', mend),
    ),
    registerCommands(
      log,
      createCommandTable({ session, targets, recipes, archives, sizes, functions, xrays, why, log, refresh }),
    ),
    registerApplyFix(session, run, log),
    registerContextKeys(session),
    registerTargetsView(session),
    registerWhyCgoView(why),
    registerCgoLenses(session, why),
    registerTargetBadges(),
    registerStatusBar(session),
    registerTaskProvider(session, run),
    registerQuickFixes(problems),
    registerChecks(session, pages.checkCode, log),
    registerWorkspaceProblems(session),
    registerWorkspaceWatch(session, () => void refresh()),
  );
  // After activation has returned: nobody waits for Go, compilers or the disk.
  setImmediate(() => void refresh());
}

async function loadEngine(context: vscode.ExtensionContext): Promise<Engine> {
  const { createEngine } = await import(/* webpackChunkName: "engine" */ './loadEngine.js');
  return createEngine({
    goPath: () => readSetting('go.path', '') || undefined,
    cacheFolder: context.globalStorageUri.fsPath,
    recipesFolder: vscode.Uri.joinPath(context.extensionUri, 'recipes').fsPath,
  });
}
