import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * Every guard of eslint.config.mjs gets a planted violation. The plants live in a project of their own in a
 * temporary folder, so that they never spoil a lint of this one.
 */
const root = join(import.meta.dirname, '../../..');

/** A file of the planted project, its text, and the rule that must refuse it. */
const planted: readonly (readonly [file: string, text: string, rule: string])[] = [
  ['core/toVscode.ts', `import { Uri } from 'vscode';\nexport const a = Uri;`, 'imports'],
  ['core/toVscodeTypes.ts', `import type { Uri } from 'vscode';\nexport type A = Uri;`, 'imports'],
  ['core/toNode.ts', `import { join } from 'node:path';\nexport const a = join;`, 'imports'],
  ['core/toOldNode.ts', `import { join } from 'path';\nexport const a = join;`, 'imports'],
  ['core/toExeca.ts', `import { execa } from 'execa';\nexport const a = execa;`, 'imports'],
  ['core/deep/toAdapter.ts', `import { host } from '../../node/host.js';\nexport const a = host;`, 'imports'],
  ['core/toSurface.ts', `import { tree } from '../vscode/tree.js';\nexport const a = tree;`, 'imports'],
  ['core/toProtocol.ts', `import { view } from '../protocol/view.js';\nexport const a = view;`, 'imports'],
  ['core/toRoot.ts', `import { main } from '../cli.js';\nexport const a = main;`, 'imports'],
  ['core/dynamic.ts', `export const a = () => import('node:fs');`, 'no-restricted-syntax'],
  ['core/deep/dynamic.ts', `export const a = () => import('../../node/host.js');`, 'no-restricted-syntax'],
  [
    'core/require.ts',
    `export const a: unknown = require('node:fs');`,
    '@typescript-eslint/no-require-imports',
  ],
  ['node/toSurface.ts', `import { tree } from '../vscode/tree.js';\nexport const a = tree;`, 'imports'],
  ['node/toVscode.ts', `import { Uri } from 'vscode';\nexport const a = Uri;`, 'imports'],
  ['node/toProtocol.ts', `import { view } from '../protocol/view.js';\nexport const a = view;`, 'imports'],
  ['vscode/toAdapter.ts', `import { host } from '../node/host.js';\nexport const a = host;`, 'imports'],
  [
    'vscode/toProcesses.ts',
    `import { spawn } from 'node:child_process';\nexport const a = spawn;`,
    'imports',
  ],
  [
    'vscode/toFiles.ts',
    `import { readFile } from 'node:fs/promises';\nexport const a = readFile;`,
    'imports',
  ],
  ['vscode/toExeca.ts', `import { execa } from 'execa';\nexport const a = execa;`, 'imports'],
  ['cli/toSurface.ts', `import { tree } from '../vscode/tree.js';\nexport const a = tree;`, 'imports'],
  ['protocol/toSurface.ts', `import { tree } from '../vscode/tree.js';\nexport const a = tree;`, 'imports'],
  ['protocol/toVscode.ts', `import { Uri } from 'vscode';\nexport const a = Uri;`, 'imports'],
  ['webview/toSurface.ts', `import { tree } from '../vscode/tree.js';\nexport const a = tree;`, 'imports'],
  ['webview/toNode.ts', `import { join } from 'node:path';\nexport const a = join;`, 'imports'],
  [
    'core/cycleOne.ts',
    `import { two } from './cycleTwo.js';\nexport const one = (): number => two();`,
    'import-x/no-cycle',
  ],
  [
    'core/cycleTwo.ts',
    `import { one } from './cycleOne.js';\nexport const two = (): number => one();`,
    'import-x/no-cycle',
  ],
  ['core/enumeration.ts', `export enum Colour { Red }`, 'no-restricted-syntax'],
  ['core/defaultExport.ts', `export default function f(): void {}`, 'no-restricted-syntax'],
  ['core/anything.ts', `export const a: any = 1;`, '@typescript-eslint/no-explicit-any'],
  [
    'core/floating.ts',
    `export function f(): void { Promise.resolve(1); }`,
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'core/unhandled.ts',
    `export function f(x: 'a' | 'b'): number { switch (x) { case 'a': return 1; } return 2; }`,
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  [
    'core/valueForType.ts',
    `import { T } from './allowed.js';\nexport const a: T = 1;`,
    '@typescript-eslint/consistent-type-imports',
  ],
  [
    'core/long.ts',
    Array.from({ length: 301 }, (_, i) => `export const a${i} = ${i};`).join('\n'),
    'max-lines',
  ],
];

/** What the arrows allow must pass, or the guards would prove nothing. */
const allowed: readonly (readonly [file: string, text: string])[] = [
  ['core/allowed.ts', `export type T = number;\nexport const a = 1;`],
  ['core/deep/inward.ts', `import { a } from '../allowed.js';\nexport const b = a;`],
  ['core/deep/library.ts', `import { parse } from 'yaml';\nexport const b = parse;`],
  [
    'node/inward.ts',
    `import { join } from 'node:path';\nimport { a } from '../core/allowed.js';\nexport const b = join(String(a));`,
  ],
  ['vscode/inward.ts', `import type { T } from '../core/allowed.js';\nexport const b: T = 1;`],
  ['webview/inward.ts', `import { a } from '../core/allowed.js';\nexport const b = a;`],
];

/** Present so that the plants above resolve. */
const neighbours: readonly (readonly [file: string, text: string])[] = [
  ['node/host.ts', `export const host = 1;`],
  ['vscode/tree.ts', `export const tree = 1;`],
  ['protocol/view.ts', `export const view = 1;`],
  ['cli.ts', `export const main = 1;`],
];

describe('lint guards', () => {
  let project: string;
  const found = new Map<string, readonly string[]>();

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'crossbow-lint-'));
    const write = async (file: string, text: string) => {
      await mkdir(dirname(join(project, file)), { recursive: true });
      await writeFile(join(project, file), text);
    };
    const settings = {
      module: 'preserve',
      moduleResolution: 'bundler',
      strict: true,
      noEmit: true,
      types: [],
    };
    await write('tsconfig.json', JSON.stringify({ compilerOptions: settings, include: ['src'] }));
    for (const [file, text] of [...planted, ...allowed, ...neighbours]) await write(`src/${file}`, text);

    const eslint = new ESLint({ cwd: project, overrideConfigFile: join(root, 'eslint.config.mjs') });
    for (const result of await eslint.lintFiles(['src'])) {
      const file = result.filePath.slice(join(project, 'src').length + 1).replaceAll('\\', '/');
      found.set(
        file,
        result.messages.map((message) => message.ruleId ?? `parse error: ${message.message}`),
      );
    }
  }, 120_000);

  afterAll(() => rm(project, { recursive: true, force: true }));

  it.each(planted)('%s is refused', (file, _text, rule) => {
    const expected = rule === 'imports' ? '@typescript-eslint/no-restricted-imports' : rule;
    expect(found.get(file)).toContain(expected);
  });

  it.each(allowed)('%s passes the arrows', (file) => {
    const guards = ['@typescript-eslint/no-restricted-imports', 'no-restricted-syntax', 'import-x/no-cycle'];
    expect(found.has(file)).toBe(true);
    expect(
      found.get(file)?.filter((rule) => guards.includes(rule) || rule.startsWith('parse error')),
    ).toEqual([]);
  });
});
