import { chromium } from 'playwright-core';
import { findChromium } from './findChromium.mjs';

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  // Containers often have 64 MB of shared memory: the tab of a large workbench dies of it.
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless browser of this machine; the caller closes it. */
export function launchBrowser() {
  return chromium.launch({ executablePath: findChromium(), headless: true, args: switches });
}

/**
 * Where a window with this folder, or `.code-workspace` file, is to be found.
 * @param {number} port
 * @param {string} folder
 * @param {readonly (readonly [string, string])[]} payload what a development window is told
 */
export function windowUrl(port, folder, payload = []) {
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
