import * as vscode from 'vscode';
import type { TargetNode, TreeNode } from '../core/target/targetTree.js';
import { chooseArchive, type ArchiveView } from './archiveView.js';
import { deleteArtifact, revealArtifact, type ArtifactRow, type FileRow } from './artifactCommands.js';
import { openConfig } from './configFile.js';
import { commands, settingsSection, type CommandId } from './contributions.js';
import { explainProblem } from './explainCause.js';
import { pickPackage } from './packagePicker.js';
import type { RecipeCommands } from './recipeCommands.js';
import { runArtifact } from './runArtifact.js';
import type { Session } from './session.js';
import { showSize, type SizeAbout } from './sizeView.js';
import { functionRow, saveCompilerPage, showSsa } from './ssaCommand.js';
import type { SsaViews } from './ssaView.js';
import { showXray, type XrayAbout } from './xrayView.js';
import type { TargetRow } from '../core/target/targetRows.js';
import type { TargetCommands } from './targetCommands.js';
import { chooseCompiler, showToolchain } from './toolchainCommands.js';
import type { Views } from './webviewPanel.js';
import type { WhyCgoModel } from './whyCgoModel.js';
import { copyChain } from './whyCgoView.js';

/** What commands need. */
interface CommandContext {
  readonly session: Session;
  readonly targets: TargetCommands;
  readonly recipes: RecipeCommands;
  readonly archives: ArchiveView;
  readonly sizes: Views<SizeAbout>;
  readonly functions: SsaViews;
  readonly xrays: Views<XrayAbout>;
  readonly why: WhyCgoModel;
  readonly log: vscode.LogOutputChannel;
  readonly refresh: (fresh?: boolean) => Promise<void>;
}

/** Every command of the manifest with what it does. The view hands a command its row. */
export function createCommandTable({
  session,
  targets,
  recipes,
  archives,
  sizes,
  functions,
  xrays,
  why,
  log,
  refresh,
}: CommandContext): Readonly<Record<CommandId, (row?: unknown) => unknown>> {
  return {
    [commands.build]: (row) => targets.build(targetRow(row)),
    [commands.buildActive]: () => targets.build(),
    [commands.buildPinned]: () => targets.buildPinned(),
    [commands.cancelBuild]: (row) => {
      targets.cancel(targetRow(row));
    },
    [commands.selectTarget]: () => targets.select(),
    [commands.selectPackage]: () => pickPackage(session),
    [commands.setActive]: (row) => targets.setActive(targetRow(row)),
    [commands.pin]: (row) => targets.pin(targetRow(row)),
    [commands.unpin]: (row) => targets.unpin(targetRow(row)),
    [commands.pinTarget]: () => targets.pin(),
    [commands.run]: (row) => runArtifact(session, artifactRow(row)),
    [commands.runActive]: () => runArtifact(session, undefined),
    [commands.revealInExplorer]: (row) => revealArtifact(session, fileRow(row), 'revealInExplorer'),
    [commands.revealInSystem]: (row) => revealArtifact(session, fileRow(row), 'revealFileInOS'),
    [commands.copyBuildCommand]: (row) => targets.copyCommand(targetRow(row)),
    [commands.showToolchain]: (row) => showToolchain(session, targetRow(row)),
    [commands.chooseCompiler]: (row) => chooseCompiler(session, targetRow(row)),
    [commands.deleteArtifact]: (row) => deleteArtifact(session, artifactRow(row)),
    [commands.showSize]: (row) => showSize(session, sizes, fileRow(row)),
    [commands.refreshWhyCgo]: () => {
      why.refresh();
    },
    [commands.copyChain]: (row) => copyChain(row),
    [commands.showSsa]: (row) => showSsa(session, functions, functionRow(row)),
    [commands.saveSsaPage]: (row) => saveCompilerPage(session, functions, functionRow(row)),
    [commands.showXray]: (row) => showXray(session, xrays, artifactRow(row)),
    [commands.explainProblem]: () => explainProblem(),
    [commands.runRecipe]: (row) => recipes.run(rowOf(row, 'recipe')),
    [commands.runRecipeAgain]: (row) => recipes.runAgain(rowOf(row, 'recipe')),
    [commands.runFromStep]: (row) => recipes.runFrom(rowOf(row, 'step')),
    [commands.cancelRecipe]: (row) => {
      recipes.cancel(rowOf(row, 'recipe'));
    },
    [commands.customizeRecipe]: (row) => recipes.customize(rowOf(row, 'recipe')),
    [commands.openRecipe]: (row) => recipes.open(rowOf(row, 'recipe')),
    [commands.showStepOutput]: (row) => recipes.showOutput(rowOf(row, 'step')),
    [commands.openArchive]: async (row) => {
      const output = rowOf(row, 'output');
      const file = output === undefined ? await chooseArchive(row) : vscode.Uri.file(output.path);
      if (file !== undefined) {
        await archives.open(file, output?.target);
      }
    },
    [commands.refresh]: () => refresh(true),
    [commands.openConfig]: () => openConfig(session),
    [commands.openSettings]: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', settingsSection),
    [commands.showLog]: () => {
      log.show();
    },
  };
}

/** The view hands over its row; tests and key bindings of people may hand over nothing, or anything. */
function nodeOf(row: unknown): TreeNode | undefined {
  return typeof row === 'object' && row !== null && 'node' in row ? (row as TargetRow).node : undefined;
}

/** The node of a row of one kind. */
export function rowOf<K extends TreeNode['kind']>(
  row: unknown,
  kind: K,
): Extract<TreeNode, { readonly kind: K }> | undefined {
  const node = nodeOf(row);
  return node?.kind === kind ? (node as Extract<TreeNode, { readonly kind: K }>) : undefined;
}

function targetRow(row: unknown): TargetNode | undefined {
  return rowOf(row, 'target');
}

function artifactRow(row: unknown): ArtifactRow | undefined {
  return rowOf(row, 'artifact') ?? rowOf(row, 'target');
}

function fileRow(row: unknown): FileRow | undefined {
  return rowOf(row, 'output') ?? artifactRow(row);
}
