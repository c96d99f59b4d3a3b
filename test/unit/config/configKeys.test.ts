import { describe, expect, it } from 'vitest';

import { configKeysAt } from '../../../src/core/config/configKeys.js';

describe('configKeysAt', () => {
  const keys = (...path: string[]): string[] => configKeysAt(path).map(({ key }) => key);

  it('knows the keys of every level, each explained', () => {
    expect(keys()).toEqual(['pinned', 'toolchains', 'defaults', 'recipes']);
    expect(keys('toolchains', 'linux/arm/v7')).toContain('pkg-config');
    expect(keys('toolchains', 'linux/arm/v7', 'pkg-config')).toEqual(['command', 'libdir', 'sysroot-dir']);
    expect(keys('toolchains')).toEqual([]);
    expect(keys('nonsense', 'deeper')).toEqual([]);
    expect(keys('recipes', 'server')).toEqual(['title', 'directory', 'matrix', 'variables', 'steps']);
    expect(keys('recipes', 'server', 'steps', '0')).toContain('rootfs');
    expect(keys('recipes', 'server', 'steps', '0', 'go')).toContain('packages');
    for (const path of [
      [],
      ['toolchains', 'x'],
      ['defaults'],
      ['recipes', 'x'],
      ...[[], ['go'], ['c'], ['program'], ['rootfs'], ['archive'], ['file'], ['run'], ['recipe']].map(
        (step) => ['recipes', 'x', 'steps', '0', ...step],
      ),
    ])
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
