import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The page of the webview that is shown: a frame in the editor's frame. */
export async function webviewFrame(page: Page): Promise<Frame> {
  const handle = await page
    .frameLocator('iframe.webview.ready')
    .locator('iframe#active-frame')
    .elementHandle();
  const frame = await handle.contentFrame();
  if (!frame) throw new Error('There is no webview.');
  return frame;
}

/**
 * Violations of what axe checks, as the rule and its first element. The page's policy lets no script in, so axe is
 * evaluated.
 */
export async function violations(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(await readFile(axe, 'utf8'));
  return frame.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await checker.run()).violations.map((it) => `${it.id}: ${it.nodes[0]?.html.slice(0, 200) ?? ''}`);
  });
}
