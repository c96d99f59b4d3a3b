import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Names and places of Chromium and its kin, Debian's first. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The path of a browser for the end-to-end tests, or `undefined`. CROSSBOW_CHROMIUM overrides the search. */
export function lookForChromium() {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name + suffix)));
  const chosen = process.env.CROSSBOW_CHROMIUM;
  return [...(chosen ? [chosen] : []), ...onPath, ...places].find((path) => existsSync(path));
}

/** @returns {string} as {@link lookForChromium}; throws where there is none. */
export function findChromium() {
  const path = lookForChromium();
  if (path === undefined)
    throw new Error('No Chromium found: run `npm run setup`, or name one in CROSSBOW_CHROMIUM.');
  return path;
}
