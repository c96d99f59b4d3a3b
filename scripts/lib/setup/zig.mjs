import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '../onPath.mjs';
import { installFromPyPI, launchers } from './python.mjs';

const requirement = 'ziglang==0.17.1';

/** @type {import('../setUp.mjs').Step} */
export const zig = {
  name: 'zig',
  without: 'tests that build with zig are skipped',
  essential: false,
  missing: () => (onPath('zig') !== undefined || existsSync(join(launchers, 'zig')) ? [] : [requirement]),
  install: () => installFromPyPI({ requirement, folder: 'ziglang', tool: 'ziglang/zig', as: 'zig' }),
  advice: () => 'Put a zig on PATH (ziglang.org), or install Python with pip.',
};
