import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkIds } from '../../../src/core/lint/lint.js';

const folder = join(import.meta.dirname, '../../../docs/checks');
const readPage = (id: string): string => readFileSync(join(folder, `${id}.md`), 'utf8');

describe('the pages of checks', () => {
  it('are one for each check, listed in the order of the ids by what was found', () => {
    expect(readdirSync(folder).sort()).toEqual([...checkIds, 'README'].map((it) => `${it}.md`).sort());
    const rows = [...readPage('README').matchAll(/^\| \[([\w-]+)\]\(([\w-]+)\.md\)\s*\| (.*?)\s*\|$/gm)];
    expect(rows.map((it) => it[1])).toEqual([...checkIds]);
    for (const [, id = '', link, found] of rows) {
      expect(link).toBe(id);
      expect(readPage(id)).toContain(`\n## What was found\n\n${found ?? ''}\n`);
    }
  });

  it.each(checkIds)('%s says what, why and what to do', (id) => {
    const page = readPage(id);
    expect(page).toMatch(
      /^# \S.*[^.\n]\n\n## What was found\n[^]*\n## Why it matters\n[^]*\n## How to fix\n/,
    );
    expect(page.split('\n').length).toBeLessThanOrEqual(60);
    expect(page).not.toMatch(/\t|TODO|FIXME/);
  });
});
