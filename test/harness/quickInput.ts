import type { Locator, Page } from 'playwright-core';

/** The quick pick and input box at the top of the window, command palette included. */
export interface QuickInput {
  /** Presses the keys until the box is there: the first press after a start may come before the keys are bound. */
  open(keys: string): Promise<void>;
  /** Replaces the text in the box. */
  type(text: string): Promise<void>;
  /** The rows whose label is this text. */
  entry(label: string | RegExp): Locator;
  /** Labels of the rows that are drawn; the list is virtual, so filter a long one first. */
  labels(): Promise<readonly string[]>;
  /** Filters (by the label unless told) and takes the row with that label. */
  choose(label: string, options?: { readonly filter?: string }): Promise<void>;
  /** Waits for a box whose title or placeholder says this. */
  shown(text: string | RegExp): Promise<void>;
  /** Waits until the box is gone. */
  closed(): Promise<void>;
}

export function createQuickInput(page: Page): QuickInput {
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('.quick-input-box input');
  const rows = widget.locator('.quick-input-list .monaco-list-row');

  // A row's accessible name goes on with its description, so the label alone is matched.
  const entry = (label: string | RegExp) =>
    rows.filter({
      has: page
        .locator(
          '.quick-input-list-label-meta, .quick-input-list-rows .monaco-icon-label .label-name, .label-name',
        )
        .filter({ hasText: typeof label === 'string' ? exactly(label) : label }),
    });

  const type = async (text: string) => {
    await input.waitFor();
    await input.fill(text);
  };

  return {
    async open(keys) {
      // One that is just closing is in sight for a moment yet.
      await widget.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => undefined);
      await expectEventually(async () => {
        if (await input.isVisible()) return;
        await page.keyboard.press(keys);
        await input.waitFor({ timeout: 2000 });
      });
    },
    type,
    entry,
    async labels() {
      await rows.first().waitFor();
      return (await rows.locator('.label-name').allTextContents()).map((text) => text.trim());
    },
    async choose(label, options = {}) {
      await type(options.filter ?? label);
      await entry(label).first().click();
    },
    async shown(text) {
      const byTitle = widget.locator('.quick-input-title').filter({ hasText: text });
      await byTitle.or(widget.getByPlaceholder(text)).first().waitFor();
    },
    closed: () => widget.waitFor({ state: 'hidden' }),
  };
}

/** Matches this text and nothing around it but white space. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** Tries again until a step that may come too early goes through, or a minute is over. */
async function expectEventually(step: () => Promise<void>): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      await step();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
