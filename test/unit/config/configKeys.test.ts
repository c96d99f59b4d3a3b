import { describe, expect, it } from 'vitest';

import { configKeysAt } from '../../../src/core/config/configKeys.js';

describe('configKeysAt', () => {
  const keys = (...path: string[]): string[] => configKeysAt(path).map(({ key }) => key);

  it('knows the keys of every level, each explained', () => {
    expect(keys()).toEqual(['pinned', 'toolchains', 'defaults']);
    expect(keys('toolchains', 'linux/arm/v7')).toContain('pkg-config');
    expect(keys('toolchains', 'linux/arm/v7', 'pkg-config')).toEqual(['command', 'libdir', 'sysroot-dir']);
    expect(keys('toolchains')).toEqual([]);
    expect(keys('nonsense', 'deeper')).toEqual([]);
    for (const path of [[], ['toolchains', 'x'], ['defaults']])
      for (const { title, description } of configKeysAt(path)) {
        expect(title).not.toBe('');
        expect(description).not.toBe('');
      }
  });

  it('knows the values of a key that has few', () => {
    const cgo = configKeysAt(['defaults']).find(({ key }) => key === 'cgo');
    expect(cgo).toMatchObject({ choices: ['auto', 'on', 'off'], isBlock: false });
  });
});
