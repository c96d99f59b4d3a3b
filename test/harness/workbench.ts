import type { Locator, Page } from 'playwright-core';
import type { PageGlobals } from './pageGlobals.js';
import { createQuickInput, type QuickInput } from './quickInput.js';
import { createTerminalReader, type TerminalReader } from './terminalReader.js';
import { createTreeReader, type TreeReader } from './treeReader.js';

/** A theme of each kind: its label, and the class by which the window says that it is in use. */
const themes = {
  light: { label: 'Light Modern', className: 'vs' },
  dark: { label: 'Dark Modern', className: 'vs-dark' },
  contrast: { label: 'Dark High Contrast', className: 'hc-black' },
} as const;

export type ThemeKind = keyof typeof themes;

/**
 * What a person does in the workbench, by role and visible text. Nothing here sleeps: every step waits for the
 * thing it is about.
 */
export interface Workbench {
  readonly quickInput: QuickInput;
  readonly terminal: TerminalReader;
  readonly tree: TreeReader;
  /** Waits until the window has restored its parts. */
  restored(): Promise<void>;
  /** Opens a view container of the activity bar by its title; does nothing when it is already open. */
  openViewContainer(title: string): Promise<void>;
  /** Runs a command from the palette by its full title as the palette shows it, such as `Crossbow: Build`. */
  runCommand(title: string): Promise<void>;
  /** Opens a file by a name that Quick Open finds, and puts the cursor at a line (from 1) and column. */
  openFile(name: string, line?: number, column?: number): Promise<void>;
  /** An entry of the status bar that shows this text. */
  statusBarItem(text: string | RegExp): Locator;
  /** A notification toast that contains this text. */
  notification(text: string | RegExp): Locator;
  /** Presses a button of such a toast. */
  answerNotification(text: string | RegExp, button: string): Promise<void>;
  /** Presses a button of the modal dialog. */
  answerDialog(button: string): Promise<void>;
  /** Opens the Problems panel; the locator matches its rows. */
  problems(): Promise<Locator>;
  /** Opens the light bulb's menu for the cursor's line and returns its titles. Leave it with Escape or take one. */
  codeActions(): Promise<readonly string[]>;
  /** Takes an entry of the open light bulb menu. */
  takeCodeAction(title: string | RegExp): Promise<void>;
  /** Chooses a theme for the open window, and waits until it has its colours. */
  setTheme(kind: ThemeKind): Promise<void>;
  /** Picks an entry of the open context menu; submenus by giving the path. */
  pickMenu(...path: readonly string[]): Promise<void>;
}

export function createWorkbench(page: Page): Workbench {
  const quickInput = createQuickInput(page);
  const terminal = createTerminalReader(page);
  const tree = createTreeReader(page);

  const notification = (text: string | RegExp) =>
    page.locator('.notifications-toasts .notification-toast').filter({ hasText: text });
  const actionList = page.locator('.action-widget .monaco-list-row.action');

  return {
    quickInput,
    terminal,
    tree,

    async restored() {
      await page.locator('.monaco-workbench').waitFor();
      await page.waitForFunction(() => 'driver' in globalThis);
      await page.evaluate(() => (globalThis as unknown as PageGlobals).driver.whenWorkbenchRestored());
    },

    async openViewContainer(title) {
      const tab = page
        .locator('.activitybar [role="tab"]')
        .filter({ has: page.locator(`a[aria-label^="${title}"]`) });
      await tab.waitFor();
      if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
      await page.locator('.sidebar .composite.title h2').filter({ hasText: title }).waitFor();
    },

    async runCommand(title) {
      await quickInput.open('F1');
      await quickInput.choose(title, { filter: `>${title}` });
    },

    async openFile(name, line, column = 1) {
      // Quick open takes the position behind the name: a second input for it would be a race with the first one's end.
      const position = line === undefined ? '' : `:${line}:${column}`;
      await quickInput.open('Control+P');
      await quickInput.type(`${name}${position}`);
      await quickInput.entry(name.split('/').at(-1)!).first().click();
      await quickInput.closed();
      await page
        .locator('.editor-group-container .tab.active')
        .filter({ hasText: name.split('/').at(-1)! })
        .waitFor();
      if (line === undefined) return;
      await page
        .locator('.statusbar-item')
        .filter({ hasText: `Ln ${line}, Col ${column}` })
        .waitFor();
    },

    statusBarItem: (text) => page.locator('.statusbar-item').filter({ hasText: text }),

    notification,

    async answerNotification(text, button) {
      const toast = notification(text);
      await toast.hover();
      await toast.getByRole('button', { name: button, exact: true }).click();
    },

    async answerDialog(button) {
      await page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
    },

    async problems() {
      const panel = page.locator('.markers-panel-container');
      if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+M');
      await panel.waitFor();
      return panel.locator('.monaco-list-row');
    },

    async codeActions() {
      await page.keyboard.press('Control+.');
      await actionList.first().waitFor();
      return (await actionList.allTextContents()).map((text) => text.trim());
    },

    async takeCodeAction(title) {
      await actionList.filter({ hasText: title }).first().click();
      await page.locator('.action-widget').first().waitFor({ state: 'hidden' });
    },

    async setTheme(kind) {
      const { label, className } = themes[kind];
      await this.runCommand('Preferences: Color Theme');
      await quickInput.shown('Select Color Theme');
      await quickInput.choose(label);
      await quickInput.closed();
      await page.locator(`.monaco-workbench.${className}`).waitFor();
    },

    async pickMenu(...path) {
      for (const [depth, label] of path.entries()) {
        const entry = page
          .locator('.monaco-menu')
          .nth(depth)
          .getByRole('menuitem', { name: label, exact: true });
        if (depth < path.length - 1) await entry.hover();
        else await entry.click();
      }
    },
  };
}
