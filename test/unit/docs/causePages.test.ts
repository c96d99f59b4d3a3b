import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/core/config/loadConfig.js';
import { causeIds } from '../../../src/core/diagnosis/causes.js';

const folder = join(import.meta.dirname, '../../../docs/causes');
const files = readdirSync(folder);
const readPage = (id: string): string => readFileSync(join(folder, `${id}.md`), 'utf8');
const readme = readPage('README');

const sections = ['What happened', 'Why', 'How to check', 'How to fix', 'Typical messages'];

/** Markdown without what stands in fences, where `#` starts a comment. */
function prose(markdown: string): string {
  return markdown.replace(/^( *)```[\s\S]*?^\1```$/gm, '');
}

function fences(markdown: string, language: string): string[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter((it) => it[1] === language)
    .map((it) => it[2] ?? '');
}

function section(markdown: string, title: string): string {
  return markdown.split(`\n## ${title}\n`)[1]?.split('\n## ')[0]?.trim() ?? '';
}

describe('the pages of causes', () => {
  it('are one for each cause, and no others', () => {
    const pages = files.filter((it) => it !== 'README.md');
    expect(pages.sort()).toEqual(causeIds.map((it) => `${it}.md`).sort());
  });

  it('are listed in the index, in the order of the ids, by what happened', () => {
    const rows = [...readme.matchAll(/^\| \[([\w-]+)\]\(([\w-]+)\.md\)\s*\| (.*?)\s*\|$/gm)];
    expect(rows.map((it) => it[1])).toEqual(causeIds);
    for (const [, id, link, sentence] of rows) {
      expect(link).toBe(id);
      expect(section(readPage(id ?? ''), 'What happened').split('\n\n')[0]).toBe(sentence);
    }
  });

  it.each(causeIds)('%s has its sections, each with something in it', (id) => {
    const page = readPage(id);
    const text = prose(page);
    expect(text.match(/^# \S.*$/gm)).toHaveLength(1);
    expect(page).toMatch(/^# \S.*[^.\n]\n\n## What happened\n/);
    const titles = [...text.matchAll(/^## (.*)$/gm)].map((it) => it[1] ?? '');
    expect(titles).toEqual(sections.slice(0, titles.length));
    expect(titles.length).toBeGreaterThanOrEqual(4);
    for (const title of titles) expect(section(page, title).length).toBeGreaterThan(20);
    expect(fences(page, 'sh').length, 'commands to check with').toBeGreaterThan(0);
    expect(page.split('\n').length).toBeLessThanOrEqual(60);
  });

  it.each(causeIds)('%s shows crossbow.yaml as it is read', (id) => {
    const snippets = fences(readPage(id), 'yaml');
    expect(snippets.length).toBeGreaterThan(0);
    for (const snippet of snippets) {
      const { config, problems } = loadConfig(snippet);
      expect(problems).toEqual([]);
      const { pinned, toolchains, defaults } = config;
      expect(pinned.length + Object.keys(toolchains).length + Object.keys(defaults).length).toBeGreaterThan(
        0,
      );
    }
  });

  it.each([...causeIds, 'README'])('%s links to pages that exist', (id) => {
    for (const [, link = ''] of prose(readPage(id)).matchAll(/\]\(([^)]+)\)/g)) {
      expect(link).toMatch(/^[\w-]+\.md$/);
      expect(files).toContain(link);
    }
  });

  it('are written without tabs in prose, loose ends or this machine’s folders', () => {
    for (const id of [...causeIds, 'README']) {
      const page = readPage(id);
      expect(prose(page), id).not.toMatch(/\t|TODO|FIXME|[ ]$|\/work\/|\/home\//m);
      expect((page.match(/^ *```/gm) ?? []).length % 2, id).toBe(0);
    }
  });
});
