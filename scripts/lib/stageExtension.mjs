import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

/**
 * Puts the extension, with just the files that would be shipped, into a folder of installed extensions, as
 * installing the VSIX would, without the seconds of packing and unpacking it.
 * @param {string} extensionsDir
 */
export async function stageExtension(extensionsDir) {
  // Loaded late: set-up may have installed it a moment ago.
  const { listFiles, PackageManager } = (await import('@vscode/vsce')).default;
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const id = `${manifest.publisher}.${manifest.name}`;
  const name = `${id}-${manifest.version}`;
  const folder = join(extensionsDir, name);

  await rm(folder, { recursive: true, force: true });
  for (const file of await listFiles({ cwd: root, packageManager: PackageManager.None })) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(join(root, file), join(folder, file));
  }
  const installed = {
    identifier: { id },
    version: manifest.version,
    location: { $mid: 1, path: pathToFileURL(folder).pathname, scheme: 'file' },
    relativeLocation: name,
    metadata: { installedTimestamp: 0, source: 'vsix' },
  };
  await writeFile(join(extensionsDir, 'extensions.json'), JSON.stringify([installed]));
  return folder;
}
