import type { Page } from 'playwright-core';
import type { PageGlobals } from './pageGlobals.js';

/** The integrated terminal that is in front. */
export interface TerminalReader {
  /** Everything in its buffer, scrollback included; wrapped lines are joined and blank ones at the end left out. */
  text(): Promise<string>;
  /** Waits until the buffer matches, and returns it. The error of a time-out shows what was there instead. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<string>;
  /** Types into its shell; end a command with `\n`. */
  type(text: string): Promise<void>;
  /** Follows the link that the last line with this text is; waits until the editor has made it one. */
  followLink(text: RegExp): Promise<void>;
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
        // No event tells of a buffer that changed. Asking at every frame would take a processor from what is waited for.
        await page.waitForTimeout(200);
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
    async followLink(pattern) {
      const terminal = page.locator(active);
      // Rows are elements with `terminal.integrated.gpuAcceleration` off, as the harness has it.
      const row = terminal.locator('.xterm-rows > div').filter({ hasText: pattern }).last();
      await row.waitFor();
      const tip = page.getByText(/\(ctrl \+ click\)/i);
      const hover = async () => {
        const box = await row.boundingBox();
        if (box === null) throw new Error(`The line with ${String(pattern)} is out of sight.`);
        // Layers of the terminal lie over its rows, so the mouse goes to the place, as a hand would.
        const [x, y] = [box.x + 80, box.y + box.height / 2];
        await page.mouse.move(x - 8, y);
        await page.mouse.move(x, y);
        const isLink = tip.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
        return (await isLink) ? { x, y } : undefined;
      };
      await page.keyboard.down('Control');
      try {
        // A terminal that is laid out once more under the mouse forgets what it was over.
        let at = await hover();
        for (let tries = 1; at === undefined && tries < 6; tries++) at = await hover();
        if (at === undefined) throw new Error(`The line with ${String(pattern)} did not become a link.`);
        await page.mouse.click(at.x, at.y);
      } finally {
        await page.keyboard.up('Control');
      }
    },
  };
}
