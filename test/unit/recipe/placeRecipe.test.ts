import { describe, expect, it } from 'vitest';

import { placeRecipe } from '../../../src/core/recipe/placeRecipe.js';
import { createHost } from '../../../src/node/host.js';

describe('placeRecipe', () => {
  const place = (platform: string, directory: string | undefined, file: string): string =>
    placeRecipe(
      createHost({ platform, arch: 'x64', env: {}, homeDirectory: '/' }),
      { name: 'r', matrix: [], variables: {}, steps: [], ...(directory === undefined ? {} : { directory }) },
      file,
    ).directory;

  it('starts paths at the file, below it, or elsewhere, by the rules of the host', () => {
    expect(place('linux', undefined, '/w/crossbow.yaml')).toBe('/w');
    expect(place('linux', '../src/./gdn', '/w/crossbow.yaml')).toBe('/src/gdn');
    expect(place('linux', '/gdn/', '/w/crossbow.yaml')).toBe('/gdn/');
    expect(place('win32', 'src/gdn', 'C:\\w\\crossbow.yaml')).toBe('C:\\w\\src\\gdn');
  });
});
