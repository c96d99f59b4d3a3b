import { describe, expect, it } from 'vitest';
import type { MainPackage } from '../../../src/core/build/build.js';
import { selectPackages } from '../../../src/core/build/selectPackages.js';
import { readTaskDefinition } from '../../../src/core/build/taskDefinition.js';
import { createHost } from '../../../src/node/host.js';

describe('a task definition', () => {
  it('takes all programs and the active target where nothing is said', () => {
    expect(readTaskDefinition({ type: 'crossbow' })).toEqual({ kind: 'ok', task: { package: './...' } });
  });

  it('reads every property', () => {
    const task = {
      package: './cmd/x',
      target: 'linux/arm/v7',
      tags: ['netgo', 'osusergo'],
      ldflags: '-s -w',
      trimpath: true,
      cgo: 'on',
      env: { A: 'b' },
      output: 'bin/x',
    };
    expect(readTaskDefinition({ type: 'crossbow', ...task })).toEqual({ kind: 'ok', task });
  });

  it('takes tags as go writes them on its command line', () => {
    expect(readTaskDefinition({ tags: 'a,b c' })).toMatchObject({ task: { tags: ['a', 'b', 'c'] } });
  });

  it('names everything that is wrong at once', () => {
    const reading = readTaskDefinition({
      target: 7,
      cgo: true,
      env: { A: 1 },
      tags: [2],
      pakcage: 'x',
      trimpath: 'no',
    });
    const problems = reading.kind === 'wrong' ? reading.problems : [];
    expect(problems).toHaveLength(6);
    expect(problems.join('\n')).toMatch(
      /"pakcage" is not a property[^]*"target" must be text, not 7[^]*"cgo" must be/,
    );
  });
});

const host = createHost();
const main = (importPath: string, directory: string): MainPackage => ({
  importPath,
  directory,
  moduleDirectory: '/w',
  name: importPath.split('/').at(-1) ?? '',
});
const server = main('example.com/m/cmd/server', '/w/cmd/server');
const tool = main('example.com/m/cmd/tool', '/w/cmd/tool');
const outside = main('example.com/other', '/w-other');
const all = [server, tool, outside];

describe('the packages a pattern names', () => {
  it.each([
    ['./...', [server, tool]],
    ['./cmd/...', [server, tool]],
    ['cmd/tool', [tool]],
    ['./cmd/tool', [tool]],
    ['/w/cmd/tool', [tool]],
    ['example.com/m/cmd/server', [server]],
    ['server', [server]],
    ['all', all],
    ['./cmd', []],
    ['./nothing/...', []],
  ])('%s', (pattern, expected) => {
    expect(selectPackages(pattern, all, '/w', host)).toEqual(expected);
  });
});
