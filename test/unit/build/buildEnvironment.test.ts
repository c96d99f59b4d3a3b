import { describe, expect, it } from 'vitest';
import {
  buildEnvironment,
  isHostPort,
  type EnvironmentLayers,
} from '../../../src/core/build/buildEnvironment.js';
import { createHost } from '../../../src/node/host.js';

const linux = (env: Record<string, string> = {}, platform = 'linux') =>
  createHost({ platform, arch: 'x64', env, homeDirectory: '/home/me' });

const layers: EnvironmentLayers = {
  target: { goos: 'linux', goarch: 'arm', level: 'v7' },
  level: { GOARM: '7' },
  cgo: 'on',
  toolchain: { CC: 'arm-linux-gnueabihf-gcc' },
  config: {},
  task: {},
};

describe('the environment of a build', () => {
  it('keeps the host out where it would mislead', () => {
    const host = linux({
      PATH: '/bin',
      GOOS: 'darwin',
      GOARM: '5',
      CC: 'gcc',
      CGO_LDFLAGS: '-L/usr/lib',
      CPATH: '/x',
      HOME: '/h',
    });
    const { env, removed } = buildEnvironment(host, { ...layers, toolchain: {}, level: {} });
    expect(env).toEqual({
      PATH: '/bin',
      HOME: '/h',
      GOOS: 'linux',
      GOARCH: 'arm',
      CGO_ENABLED: '1',
      LC_ALL: 'C',
    });
    expect(removed).toEqual(['GOARM', 'CC', 'CGO_LDFLAGS', 'CPATH']);
  });

  it("keeps the host's compiler settings for the host's own port", () => {
    const host = linux({ CC: 'clang', CGO_CFLAGS: '-g', GOAMD64: 'v2' });
    const { env } = buildEnvironment(host, {
      ...layers,
      target: { goos: 'linux', goarch: 'amd64' },
      level: { GOAMD64: 'v1' },
      toolchain: {},
      cgo: 'default',
    });
    expect(env).toEqual({
      CC: 'clang',
      CGO_CFLAGS: '-g',
      GOOS: 'linux',
      GOARCH: 'amd64',
      GOAMD64: 'v1',
      LC_ALL: 'C',
    });
  });

  it('lets the task win over configuration, toolchain and target', () => {
    const { env, added } = buildEnvironment(linux(), {
      ...layers,
      config: { CC: 'from-config', X: 'config' },
      task: { CC: 'from-task' },
    });
    expect(env['CC']).toBe('from-task');
    expect(env['X']).toBe('config');
    expect(added.filter(([name]) => name === 'CC')).toEqual([['CC', 'from-task']]);
  });

  it('knows that Windows ignores the case of names', () => {
    const { env, removed } = buildEnvironment(
      linux({ cc: 'cl', Goos: 'windows', lc_all: 'de' }, 'win32'),
      layers,
    );
    expect(Object.keys(env).sort()).toEqual(['CC', 'CGO_ENABLED', 'GOARCH', 'GOARM', 'GOOS', 'LC_ALL']);
    expect(removed).toEqual([]);
  });

  it('knows its own port', () => {
    expect(isHostPort(linux({}, 'win32'), { goos: 'windows', goarch: 'amd64' })).toBe(true);
    expect(isHostPort(linux(), { goos: 'linux', goarch: 'amd64', level: 'v3' })).toBe(true);
    expect(isHostPort(linux(), { goos: 'linux', goarch: '386' })).toBe(false);
  });
});
