import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession } from 'playwright-core';
import { launchBrowser } from '../scripts/lib/browser.mjs';
import { root } from '../scripts/lib/paths.mjs';
import type { XraySubject } from '../src/core/insight/xray/xraySubject.js';
import { buildExtension } from './buildExtension.js';

interface Shown {
  /** From the start of the script to the second frame that shows the timeline, in milliseconds. */
  readonly paint: number;
  /** Frames a second while the timeline zooms and moves with each, and while the table is scrolled. */
  readonly zoom: number;
  readonly scroll: number;
  /** Memory of the page's script after all that, as a share of before; both after a collection. */
  readonly heap: number;
}

/** Plays the editor's part in the page: answers at once, and notes when the picture is there. */
const play = `
const next = requestAnimationFrame.bind(window);
window.acquireVsCodeApi = () => ({
  getState: () => undefined,
  setState: () => undefined,
  postMessage: ({ id, call }) => {
    const answer = call === 'load' ? { subject: window.subject } : [];
    window.dispatchEvent(new MessageEvent('message', { data: { kind: 'answer', id, answer } }));
  },
});
window.paint = new Promise((resolve) => {
  const look = () => {
    if (document.querySelector('.timeline canvas') === null) next(look);
    else next(() => next(() => resolve(performance.now() - window.begun)));
  };
  next(look);
});
// A promise as the last value would be waited for.
undefined;`;

/** Frames a second over three hundred, or as many as five seconds have, each with a step by its number. */
const frames = (step: string): string => `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const box = document.querySelector('.timeline');
  const table = document.querySelector('.virtual');
  await frame();
  const started = performance.now();
  let at = 0;
  for (; at < 300 && performance.now() - started < 5000; at++) {
    ${step}
    await frame();
  }
  return (at * 1000) / (performance.now() - started);
})()`;

/** A wheel that zooms in and out again; every third step moves. */
const zoom = frames(`
    const about = { clientX: 600, deltaY: at % 100 < 50 ? -60 : 60, shiftKey: at % 3 === 0, cancelable: true };
    box.dispatchEvent(new WheelEvent('wheel', about));`);
const scroll = frames('table.scrollTop += at % 100 < 50 ? 250 : -250;');

/** Opens the view of a build as the editor does, with an answer that is there, and moves it. */
export async function showXray(subject: XraySubject): Promise<Shown> {
  await buildExtension();
  const [script = '', style = ''] = await Promise.all(
    ['main.js', 'main.css'].map((it) => readFile(join(root, 'out/webview/xray', it), 'utf8')),
  );
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    await page.setContent(`<style>${style}</style><body data-about="null"><main></main></body>`);
    await page.evaluate(`window.subject = ${JSON.stringify(subject)}; undefined;`);
    await page.evaluate(play);
    await page.evaluate('window.begun = performance.now();');
    await page.addScriptTag({ content: script });
    const paint = Number(await page.evaluate('window.paint'));
    const session = await page.context().newCDPSession(page);
    const before = await usedHeap(session);
    const moved = { zoom: Number(await page.evaluate(zoom)), scroll: Number(await page.evaluate(scroll)) };
    return { paint, ...moved, heap: (await usedHeap(session)) / before };
  } finally {
    await browser.close();
  }
}

/** In bytes, of what is still needed. */
async function usedHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
