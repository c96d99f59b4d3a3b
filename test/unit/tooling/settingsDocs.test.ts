import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.mjs';
import { settingsTable, withSettingsTable } from '../../../scripts/lib/settingsTable.mjs';

describe('the table of settings', () => {
  it('in README.md is what package.json says (npm run docs:settings)', async () => {
    const readme = join(root, 'README.md');
    const text = await readFile(readme, 'utf8');
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Parameters<
      typeof settingsTable
    >[0];
    const fresh = withSettingsTable(text, settingsTable(manifest));
    expect(text).toBe(await format(fresh, { ...(await resolveConfig(readme)), parser: 'markdown' }));
    expect(text).toContain('`crossbow.');
  });

  it('keeps bars and line breaks inside their cell', () => {
    const properties = {
      'x.y': { default: 'a|b', markdownDescription: 'One.\nSee `#x.z#`.', enum: ['a|b'] },
    };
    expect(settingsTable({ contributes: { configuration: { properties } } }).split('\n')[2]).toBe(
      '| `x.y` | `"a\\|b"` | One. See `x.z`. One of `"a\\|b"`. |',
    );
  });

  it('refuses a document without marks', () => {
    expect(() => withSettingsTable('# Nothing', '')).toThrow(/lacks the marks/);
  });
});
