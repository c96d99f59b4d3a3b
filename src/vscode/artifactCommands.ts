import * as vscode from 'vscode';
import type { Artifact } from '../core/build/build.js';
import { forgetArtifact } from '../core/build/buildHistory.js';
import type { OutputNode } from '../core/recipe/recipeTree.js';
import type { Target } from '../core/target/target.js';
import { choiceName } from '../core/target/targetChoice.js';
import { artifactNodes, type ArtifactNode, type TargetNode } from '../core/target/targetTree.js';
import type { Session } from './session.js';

/** A row that stands for an artifact, or for a target with artifacts. */
export type ArtifactRow = ArtifactNode | TargetNode;

/** The artifact that a row means: its own, the target's only one, or the one a person picks. */
export async function artifactOf(
  session: Session,
  row: ArtifactRow | undefined,
): Promise<ArtifactNode | undefined> {
  if (row?.kind === 'artifact') {
    return row;
  }
  const choice = row?.choice ?? session.active;
  if (choice === undefined) {
    throw new Error('Choose a target first.');
  }
  const found = artifactNodes(session.state, 'command', choice);
  if (found.length === 0) {
    throw new Error(`Nothing has been built for ${choiceName(choice)} yet.`);
  }
  if (found.length === 1) {
    return found[0];
  }
  const picked = await vscode.window.showQuickPick(
    found.map((node) => ({ label: baseName(node.artifact), description: node.artifact.importPath, node })),
    { title: 'Artifact' },
  );
  return picked?.node;
}

/** A row that stands for a file: an artifact, a target with artifacts, or what a step of a recipe made. */
export type FileRow = ArtifactRow | OutputNode;

/** The file that a row means, and the target that it is for. */
export async function fileOf(
  session: Session,
  row: FileRow | undefined,
): Promise<{ readonly path: string; readonly target: Target } | undefined> {
  return row?.kind === 'output' ? row : (await artifactOf(session, row))?.artifact;
}

/** Shows the file in VS Code's Explorer or in the system's own file manager. */
export async function revealArtifact(
  session: Session,
  row: FileRow | undefined,
  command: 'revealInExplorer' | 'revealFileInOS',
): Promise<void> {
  const file = await fileOf(session, row);
  if (file !== undefined) {
    await vscode.commands.executeCommand(command, vscode.Uri.file(file.path));
  }
}

/** Deletes the artifact's file after asking; to the bin where the file system has one. */
export async function deleteArtifact(session: Session, row: ArtifactRow | undefined): Promise<void> {
  const node = await artifactOf(session, row);
  if (node === undefined) {
    return;
  }
  const { path } = node.artifact;
  const yes = 'Delete';
  const answer = await vscode.window.showWarningMessage(
    `Delete ${baseName(node.artifact)}?`,
    { modal: true, detail: path },
    yes,
  );
  if (answer !== yes) {
    return;
  }
  await vscode.workspace.fs.delete(vscode.Uri.file(path));
  session.builds.set(forgetArtifact(session.builds.history, path));
}

function baseName(artifact: Artifact): string {
  return vscode.Uri.file(artifact.path).path.split('/').at(-1) ?? artifact.path;
}
