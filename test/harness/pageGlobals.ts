import type { Page } from 'playwright-core';

/**
 * What functions that run in the page may use. The tests' own code is Node's, so the DOM's types stay out of it and
 * the few things needed are named here; `driver` is what `--enable-smoke-test-driver` puts there.
 */
export interface PageGlobals {
  readonly driver: {
    whenWorkbenchRestored(): Promise<void>;
    getTerminalBuffer(selector: string): Promise<string[]>;
  };
  readonly navigator: { readonly clipboard: { readText(): Promise<string> } };
  readonly requestAnimationFrame: (callback: () => void) => void;
}

/** Waits until the page has drawn what it decided so far: the second frame starts after the first was painted. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { requestAnimationFrame: next } = globalThis as unknown as PageGlobals;
    return new Promise<void>((resolve) => next(() => next(resolve)));
  });
}

/** As much of a DOM element as functions in the page need. */
export interface PageElement {
  readonly style: { readonly top: string };
  getAttribute(name: string): string | null;
}
