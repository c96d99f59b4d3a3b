import type { Locator, Page } from 'playwright-core';
import { drawn, settled, type PageElement } from './pageGlobals.js';
import { exactly } from './quickInput.js';

/** Trees of the side bar. Rows are virtual: one that is scrolled away is not in the page until it is searched for. */
export interface TreeReader {
  /** The row with this label, scrolled into view; `below` narrows it to what follows another row's label. */
  item(label: string): Promise<Locator>;
  /** Labels of the rows that are drawn, in order. */
  labels(): Promise<readonly string[]>;
  expand(label: string): Promise<void>;
  collapse(label: string): Promise<void>;
  /** Hovers the row and presses one of its inline buttons. */
  inlineAction(label: string, action: string): Promise<void>;
  /** Opens the row's context menu; go on with `workbench.pickMenu`. */
  contextMenu(label: string): Promise<void>;
  /** The text of the row's tooltip. */
  tooltip(label: string): Promise<string>;
}

export function createTreeReader(page: Page): TreeReader {
  const rows = page.locator('.sidebar .pane-body .monaco-list-row[role="treeitem"]');
  const labelled = (label: string) =>
    rows.filter({ has: page.locator('.label-name').filter({ hasText: exactly(label) }) }).first();

  const item = async (label: string) => {
    const row = await find(label);
    await settled(page, '.sidebar .pane-body');
    return row;
  };

  const find = async (label: string) => {
    const row = labelled(label);
    await rows.first().waitFor();
    // A tree that is still being filled shows the row in a moment; one that is longer than the view has to be searched.
    if (
      await row.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      )
    )
      return row;
    const list = page.locator('.sidebar .pane-body .monaco-list:has(.monaco-list-row)').first();
    await list.hover();
    const positions = () =>
      list.locator('.monaco-list-rows').evaluate((element) => (element as unknown as PageElement).style.top);
    for (const direction of [-1, 1]) {
      for (let last = ''; !(await row.isVisible());) {
        await page.mouse.wheel(0, direction * 200);
        await drawn(page);
        const now = await positions();
        if (now === last) break;
        last = now;
      }
    }
    await row.waitFor();
    return row;
  };

  /** Takes the mouse away: the tooltip of what it was on may lie over the row, or be taken for the row's. */
  const leave = async () => {
    await page.mouse.move(0, 0);
    await page.locator('.context-view .hover-contents').waitFor({ state: 'hidden' });
  };

  const setExpanded = async (label: string, wanted: boolean) => {
    const row = await item(label);
    if ((await row.getAttribute('aria-expanded')) !== String(wanted))
      await row.locator('.monaco-tl-twistie').click();
    await page.waitForFunction(
      ([element, value]) => (element as unknown as PageElement).getAttribute('aria-expanded') === value,
      [await row.elementHandle(), String(wanted)] as const,
    );
  };

  return {
    item,
    async labels() {
      await rows.first().waitFor();
      return (await rows.locator('.label-name').allTextContents()).map((text) => text.trim());
    },
    expand: (label) => setExpanded(label, true),
    collapse: (label) => setExpanded(label, false),
    async inlineAction(label, action) {
      const row = await item(label);
      await leave();
      await row.hover();
      await row.locator(`.actions .action-label[aria-label^="${action}"]`).click();
    },
    async contextMenu(label) {
      const row = await item(label);
      await row.click({ button: 'right' });
      await page.locator('.monaco-menu').first().waitFor();
    },
    async tooltip(label) {
      const row = await item(label);
      await leave();
      await row.locator('.label-name').hover();
      const hover = page.locator('.monaco-hover .hover-contents, .workbench-hover');
      await hover.first().waitFor();
      return (await hover.first().innerText()).trim();
    },
  };
}
