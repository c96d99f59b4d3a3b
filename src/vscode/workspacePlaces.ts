import * as vscode from 'vscode';
import type { RecipePlace } from '../core/recipe/workspaceRecipes.js';
import type { Catalogue } from '../core/target/catalogue.js';
import { noConfig, type Engine } from './engine.js';

/** The folders of the workspace on this disk, each with the crossbow.yaml that holds for it. */
export async function workspacePlaces(engine: Engine, catalogue: Catalogue): Promise<readonly RecipePlace[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((it) => it.uri.scheme === 'file');
  return Promise.all(
    folders.map(async ({ uri: { fsPath: folder } }) => {
      const file = await engine.findConfig(folder, catalogue);
      return file === undefined
        ? { folder, root: folder, config: noConfig }
        : { folder, root: engine.host.dirname(file.path), config: file.config, configFile: file.path };
    }),
  );
}
