import { archivePage } from './core/archive/archivePage.js';
import { listArchive } from './core/archive/listArchive.js';
import { changeTask, taskChange } from './core/build/yieldingTask.js';
import { applyConfigChanges } from './core/config/editConfig.js';
import { editCrossbowTask, editTaskEnvironment } from './core/config/editTasks.js';
import { findConfigFile } from './core/config/findConfigFile.js';
import { loadConfig } from './core/config/loadConfig.js';
import { customizeRecipe } from './core/recipe/discovery/customizeRecipe.js';
import { createCrossbow } from './core/createCrossbow.js';
import { createPorts } from './node/ports.js';
import type { Engine } from './vscode/engine.js';

/**
 * Joins core and Node for the editor. In a chunk of its own: `extension.ts` imports it when something is first
 * asked of it, so activation doesn't pay for it.
 */
export function createEngine(options: {
  readonly goPath: () => string | undefined;
  readonly cacheFolder: string;
  /** Folder with the built-in recipes' files. */
  readonly recipesFolder: string;
}): Engine {
  const ports = createPorts();
  return {
    crossbow: createCrossbow(ports, { ...options, node: process.execPath }),
    files: ports.files,
    host: ports.host,
    async findConfig(folder, catalogue) {
      const path = await findConfigFile(ports, folder);
      const text = path === undefined ? undefined : await ports.files.readText(path);
      return path === undefined || text === undefined ? undefined : { path, ...loadConfig(text, catalogue) };
    },
    editConfig: applyConfigChanges,
    customizeRecipe: (text, recipe, target) => customizeRecipe(ports, text, recipe, target),
    archivePage: async (path, of) => archivePage(path, await listArchive(ports, path, of)),
    editTask: editTaskEnvironment,
    yieldingTask(definition, target, edit, catalogue) {
      const change = taskChange(definition, target, edit, catalogue);
      return {
        definition: changeTask(definition, change),
        leaveOut: change.leaveOut,
        editTasks: (text) => editCrossbowTask(text, definition, change),
      };
    },
  };
}
