import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from './lib/paths.mjs';
import { settingsTable, withSettingsTable } from './lib/settingsTable.mjs';

/** Writes the table of settings in README.md anew from package.json. */
const readme = join(root, 'README.md');
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const text = withSettingsTable(await readFile(readme, 'utf8'), settingsTable(manifest));
await writeFile(readme, await format(text, { ...(await resolveConfig(readme)), parser: 'markdown' }));
