import { posix } from 'node:path';

import { describe, expect, it } from 'vitest';

import { findConfigFile } from '../../../src/core/config/findConfigFile.js';
import type { FileStat } from '../../../src/core/ports.js';

function portsWith(...paths: string[]): Parameters<typeof findConfigFile>[0] {
  const file: FileStat = { kind: 'file', size: 1, mtimeMs: 0, executable: false };
  return {
    files: { stat: (path) => Promise.resolve(paths.includes(path) ? file : undefined) },
    host: { join: (...parts) => posix.join(...parts), dirname: (path) => posix.dirname(path) },
  };
}

describe('findConfigFile', () => {
  it('takes the nearest one upward, and understands .yml', async () => {
    const ports = portsWith('/w/crossbow.yaml', '/w/a/b/crossbow.yml');
    expect(await findConfigFile(ports, '/w/a/b/c')).toBe('/w/a/b/crossbow.yml');
    expect(await findConfigFile(ports, '/w/a')).toBe('/w/crossbow.yaml');
    expect(await findConfigFile(ports, '/elsewhere')).toBeUndefined();
  });
});
