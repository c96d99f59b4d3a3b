import type { Page } from 'playwright-core';
import { drawn, type PageGlobals } from './pageGlobals.js';

/** The integrated terminal that is in front. */
export interface TerminalReader {
  /** Everything in its buffer, scrollback included; wrapped lines are joined and blank ones at the end left out. */
  text(): Promise<string>;
  /** Waits until the buffer matches, and returns it. The error of a time-out shows what was there instead. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<string>;
  /** Types into its shell; end a command with `\n`. */
  type(text: string): Promise<void>;
}

const active = '#terminal .terminal-wrapper.active, .terminal-editor .terminal-wrapper.active';

export function createTerminalReader(page: Page): TerminalReader {
  const text = async () => {
    if ((await page.locator(active).count()) === 0) return '';
    const lines = await page.evaluate(
      (selector) => (globalThis as unknown as PageGlobals).driver.getTerminalBuffer(selector),
      active,
    );
    return lines.join('\n').trimEnd();
  };
  return {
    text,
    async waitFor(pattern, timeoutMs = 60_000) {
      let last = '';
      const end = Date.now() + timeoutMs;
      while (Date.now() < end) {
        last = await text().catch(() => last);
        if (pattern.test(last)) return last;
        // The buffer can't change more often than the page draws.
        await drawn(page);
      }
      throw new Error(
        `The terminal did not show ${String(pattern)} within ${timeoutMs} ms. It shows:\n${last}`,
      );
    },
    async type(input) {
      const keys = page.locator(active).locator('.xterm-helper-textarea');
      await keys.focus();
      await keys.pressSequentially(input);
    },
  };
}
