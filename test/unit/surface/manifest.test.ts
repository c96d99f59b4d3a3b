import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../../package.json' with { type: 'json' };
import {
  commands,
  contextKeys,
  internalCommands,
  problemMatchers,
  settingNames,
  settingsSection,
  taskType,
  viewContainer,
  viewItems,
  views,
} from '../../../src/vscode/contributions.js';

const { contributes } = manifest;
const menus: Readonly<Record<string, readonly { command: string; when?: string; group?: string }[]>> =
  contributes.menus;
const menuItems = Object.values(menus).flat();
const whens = [
  ...menuItems.map((it) => it.when),
  ...contributes.viewsWelcome.map((it) => it.when),
  ...contributes.keybindings.map((it) => it.when),
  ...contributes.commands.map((it) => ('enablement' in it ? it.enablement : undefined)),
].filter((it) => it !== undefined);

describe('the manifest', () => {
  it('contributes exactly the names that the code uses', () => {
    expect(contributes.commands.map((it) => it.command).sort()).toEqual(Object.values(commands).sort());
    expect(contributes.viewsContainers.activitybar.map((it) => it.id)).toEqual([viewContainer]);
    expect(contributes.views[viewContainer].map((it) => it.id)).toEqual(Object.values(views));
    expect(contributes.taskDefinitions.map((it) => it.type)).toEqual([taskType]);
    expect(contributes.problemMatchers.map((it) => `$${it.name}`)).toEqual(Object.values(problemMatchers));
    expect(Object.keys(contributes.configuration.properties)).toEqual(
      settingNames.map((it) => `${settingsSection}.${it}`),
    );
  });

  it('says each key once: of two, JSON.parse takes the last without a word', () => {
    expect(() => parse(readFileSync('package.json', 'utf8')) as unknown).not.toThrow();
  });

  it('keeps internal commands out of sight', () => {
    const shown = contributes.commands.map((it) => it.command);
    expect(shown.filter((it) => Object.values<string>(internalCommands).includes(it))).toEqual([]);
  });

  it.each(contributes.commands)('titles $command under one category, with an icon', (command) => {
    expect(command.category).toBe('Crossbow');
    expect(command.title).toMatch(/^[A-Z].*[^.]$/);
    // In sentence case: after the first word, capitals are for names.
    const capitals = command.title
      .split(' ')
      .slice(1)
      .filter((it) => /^[A-Z]/.test(it));
    expect(capitals.filter((it) => !['C', 'Explorer', 'Go', 'X-ray', 'SSA'].includes(it))).toEqual([]);
    expect(command.icon).toMatch(/^\$\([a-z-]+\)$/);
  });

  it('refers only to commands, views, context keys and rows that exist', () => {
    const known = new Set<string>(Object.values(commands));
    expect(menuItems.map((it) => it.command).filter((it) => !known.has(it))).toEqual([]);
    const keys = new Set<string>([...Object.values(contextKeys), ...Object.values(views)]);
    const rows = new Set<string>(Object.values(viewItems));
    for (const when of whens) {
      expect((when.match(/crossbow\.\w+/g) ?? []).filter((it) => !keys.has(it))).toEqual([]);
      const words = [...when.matchAll(/\\b\(?([\w|]+)\)?\\b/g)].flatMap((it) => (it[1] ?? '').split('|'));
      expect(words.filter((it) => !rows.has(it))).toEqual([]);
    }
    expect(whens.length).toBeGreaterThan(40);
  });

  it('hides from the palette what only a row can run', () => {
    const palette = new Map(menus['commandPalette']?.map((it) => [it.command, it.when]));
    for (const id of [commands.build, commands.setActive, commands.pin, commands.unpin, commands.run]) {
      expect(palette.get(id)).toBe('false');
    }
  });

  it('reaches every command from a menu or the palette', () => {
    const hidden = new Set(
      menus['commandPalette']?.filter((it) => it.when === 'false').map((it) => it.command),
    );
    const inMenus = new Set(
      Object.entries(menus)
        .filter(([menu]) => menu !== 'commandPalette')
        .flatMap(([, items]) => items.map((it) => it.command)),
    );
    const lost = Object.values(commands).filter((it) => hidden.has(it) && !inMenus.has(it));
    expect(lost).toEqual([]);
  });

  it('links welcome texts to commands that exist', () => {
    const ours = contributes.viewsWelcome.flatMap((it) => it.contents.match(/command:crossbow\.\w+/g) ?? []);
    expect(ours.length).toBeGreaterThan(3);
    const known: readonly string[] = Object.values(commands);
    expect(ours.filter((it) => !known.includes(it.slice('command:'.length)))).toEqual([]);
  });

  it('lets no workspace that is not trusted choose a program to run', () => {
    const { untrustedWorkspaces } = manifest.capabilities;
    expect(untrustedWorkspaces.supported).toBe('limited');
    expect(untrustedWorkspaces.restrictedConfigurations).toContain('crossbow.go.path');
  });

  it('shows the pages of causes as a preview', () => {
    // The scheme is written out: explainCause.ts needs the editor to load. The glob needs its slash to see schemes.
    const source = readFileSync('src/vscode/explainCause.ts', 'utf8');
    const scheme = /causeScheme = '([\w-]+)'/.exec(source)?.[1] ?? '';
    expect(scheme).not.toBe('');
    expect(contributes.configurationDefaults['workbench.editorAssociations']).toEqual({
      [`${scheme}:/**`]: 'vscode.markdown.preview.editor',
    });
  });

  it('has icons that are files and take the theme’s colour', () => {
    const [container] = contributes.viewsContainers.activitybar;
    const svg = readFileSync(container?.icon ?? '', 'utf8');
    expect(svg).toContain('currentColor');
    expect(svg).toContain('viewBox="0 0 24 24"');
  });

  it('ships the walkthrough’s pages', () => {
    for (const { steps } of contributes.walkthroughs) {
      expect(steps).toHaveLength(4);
      steps.forEach((step) => expect(readFileSync(step.media.markdown, 'utf8')).toMatch(/^## /));
    }
  });

  it('documents every setting and every property of a task', () => {
    for (const setting of Object.values(contributes.configuration.properties)) {
      expect(setting.markdownDescription).toMatch(/\.$/);
    }
    for (const property of Object.values(contributes.taskDefinitions[0]?.properties ?? {})) {
      expect(property.description).toMatch(/\.$/);
    }
  });
});
