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
  readonly document: { querySelector(selector: string): object | null };
  readonly MutationObserver: new (callback: () => void) => {
    observe(
      node: object,
      what: { readonly subtree: true; readonly childList: true; readonly attributes: true },
    ): void;
    disconnect(): void;
  };
}

/** Waits until the page has drawn what it decided so far: the second frame starts after the first was painted. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { requestAnimationFrame: next } = globalThis as unknown as PageGlobals;
    return new Promise<void>((resolve) => next(() => next(resolve)));
  });
}

/**
 * Waits until a part of the page has not changed for `quietMs`, at most `limitMs`. A click on what is just being replaced
 * is lost, and a person does not aim at what moves either.
 */
export async function settled(page: Page, selector: string, quietMs = 400, limitMs = 5000): Promise<void> {
  await page.evaluate(
    ([part, quiet, limit]) => {
      const { document, MutationObserver: Observer } = globalThis as unknown as PageGlobals;
      const node = document.querySelector(part);
      if (node === null) return undefined;
      return new Promise<void>((resolve) => {
        const done = () => {
          observer.disconnect();
          clearTimeout(last);
          resolve();
        };
        const last = setTimeout(done, limit);
        let next = setTimeout(done, quiet);
        const observer = new Observer(() => {
          clearTimeout(next);
          next = setTimeout(done, quiet);
        });
        observer.observe(node, { subtree: true, childList: true, attributes: true });
      });
    },
    [selector, quietMs, limitMs] as const,
  );
}

/** As much of a DOM element as functions in the page need. */
export interface PageElement {
  readonly style: { readonly top: string };
  getAttribute(name: string): string | null;
}
