import { describe, expect, it } from 'vitest';
import type { BuildRequest } from '../../../src/core/build/build.js';
import { yieldToFix, yieldToTarget } from '../../../src/core/build/yieldToFix.js';

const request: BuildRequest = {
  target: { goos: 'linux', goarch: 'arm', level: 'v7' },
  package: { importPath: 'm', directory: '/m', moduleDirectory: '/m', name: 'm' },
  root: '/m',
  cgo: 'off',
  tags: ['x'],
  env: { CC: 'gcc', CGO_CFLAGS: '-m64', FOO: 'bar' },
};

describe('a request that a fix is to work for', () => {
  it('loses what would win over the change, and nothing else', () => {
    const { choices: yielded, leftOut } = yieldToFix(request, request.target, [
      { path: ['toolchains', 'linux/armv7', 'cc'], value: 'arm-linux-gnueabihf-gcc' },
      { path: ['toolchains', 'linux/arm/v7', 'env', 'CGO_CFLAGS'], value: '-O2 -g' },
      { path: ['toolchains', 'linux/arm/v7', 'cgo'], value: 'on' },
    ]);
    expect(yielded).toMatchObject({ env: { FOO: 'bar' }, tags: ['x'] });
    expect(yielded.env).toEqual({ FOO: 'bar' });
    expect(yielded.cgo).toBeUndefined();
    expect(leftOut).toEqual(['CC', 'CGO_CFLAGS', 'cgo']);
  });

  it('defaults count for every target, another target’s toolchain not at all', () => {
    const yielded = yieldToFix(request, request.target, [
      { path: ['defaults', 'tags'], value: ['y'] },
      { path: ['toolchains', 'linux/arm64', 'cc'], value: 'aarch64-linux-gnu-gcc' },
    ]);
    expect(yielded.leftOut).toEqual(['tags']);
    expect(yielded.choices.env).toEqual(request.env);
    expect(yielded.choices.tags).toBeUndefined();
  });

  it('for another target the variables that name the old one go', () => {
    const old = { ...request, env: { GOARM: '9', GOAMD64: 'v3', FOO: 'bar' } };
    const { choices, leftOut } = yieldToTarget(old, { goos: 'linux', goarch: 'arm', level: 'v7' });
    expect([choices.env, leftOut]).toEqual([{ GOAMD64: 'v3', FOO: 'bar' }, ['GOARM']]);
  });

  it('stays the same where nothing is in the way', () => {
    expect(yieldToFix(request, request.target, [{ path: ['pinned'], value: [] }])).toEqual({
      choices: request,
      leftOut: [],
    });
  });
});
