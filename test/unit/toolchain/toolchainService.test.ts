import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyConfig, type ToolchainConfig } from '../../../src/core/config/config.js';
import type { CancelSignal, Ports } from '../../../src/core/ports.js';
import { targetId, type Target } from '../../../src/core/target/target.js';
import { createToolchainService } from '../../../src/core/toolchain/createToolchainService.js';
import { probeLimits } from '../../../src/core/toolchain/probe.js';
import type { ProbedToolchain } from '../../../src/core/toolchain/toolchain.js';
import { createHost } from '../../../src/node/host.js';
import { createPorts } from '../../../src/node/ports.js';

const v5: Target = { goos: 'linux', goarch: 'arm', level: 'v5' };
const v6: Target = { goos: 'linux', goarch: 'arm', level: 'v6' };
const v7: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };
const real = (name: string): boolean => existsSync(`/usr/bin/${name}`);
const posix = process.platform !== 'win32';

let folder: string;
let bin: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'toolchain tést-'));
  bin = path.join(folder, 'bin');
  await mkdir(bin);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** This machine, but for its PATH. */
function portsWith(searchPath: readonly string[]): Ports & { runs: string[] } {
  const ports = createPorts();
  const runs: string[] = [];
  return {
    ...ports,
    runs,
    host: createHost({
      platform: process.platform,
      arch: process.arch,
      env: { ...process.env, PATH: searchPath.join(path.delimiter) },
      homeDirectory: os.homedir(),
    }),
    runner: {
      run: (program, args, options) => {
        runs.push(program);
        return ports.runner.run(program, args, options);
      },
    },
  };
}

interface Asked {
  readonly target?: Target;
  readonly config?: ToolchainConfig;
  readonly trusted?: boolean;
  readonly searchPath?: readonly string[];
  readonly ports?: Ports;
  readonly signal?: CancelSignal;
  readonly limitMs?: number;
}

async function report(asked: Asked) {
  const { target = v7, config, trusted = true, signal, limitMs } = asked;
  const service = createToolchainService(
    asked.ports ?? portsWith(asked.searchPath ?? [bin, '/usr/bin', '/bin']),
    {
      cacheFolder: path.join(folder, 'cache'),
      ...(limitMs === undefined ? {} : { limits: { ...probeLimits, question: limitMs } }),
    },
  );
  return service.report(target, {
    config:
      config === undefined ? emptyConfig : { ...emptyConfig, toolchains: { [targetId(target)]: config } },
    trusted,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function script(name: string, body: string): Promise<string> {
  const file = path.join(bin, name);
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

async function configured(config: ToolchainConfig, more: Asked = {}): Promise<ProbedToolchain> {
  const found = (await report({ ...more, config })).candidates[0];
  if (found === undefined) throw new Error('no candidate');
  expect(found.toolchain.kind).toBe('configured');
  return found;
}

describe.runIf(posix)('a configured compiler that is none', () => {
  it('is a directory', async () => {
    await mkdir(path.join(bin, 'dir-cc'));
    expect(await configured({ cc: `"${path.join(bin, 'dir-cc')}"` })).toMatchObject({
      verdict: 'rejected',
      reason: expect.stringContaining('is a directory') as string,
    });
    expect((await configured({ cc: 'dir-cc' })).reason).toContain('is a directory');
  });

  it('is not executable', async () => {
    await writeFile(path.join(bin, 'plain-cc'), 'text');
    expect((await configured({ cc: 'plain-cc' })).reason).toMatch(/plain-cc is not executable$/);
  });

  it('is missing, relative, unterminated', async () => {
    expect((await configured({ cc: 'no-such-cc' })).reason).toBe('no-such-cc is not on PATH');
    expect((await configured({ cc: '/no/such/cc' })).reason).toBe('/no/such/cc does not exist');
    expect((await configured({ cc: './tools/cc' })).reason).toContain('relative path');
    expect((await configured({ cc: `'/opt/x` })).reason).toContain('unterminated');
  });

  it('hangs, and is ended', async () => {
    await script('hang-cc', 'sleep 60');
    const found = await configured({ cc: 'hang-cc' }, { limitMs: 1000 });
    expect(found).toMatchObject({ verdict: 'rejected', reason: 'did not answer to -dumpmachine within 1 s' });
    const cache = await readFile(path.join(folder, 'cache', 'toolchains.json'), 'utf8').catch(() => '');
    expect(cache).not.toContain('hang-cc');
  });

  it('prints garbage', async () => {
    await script('garbage-cc', `printf '\\033[31m\\377\\376 what? \\007'`);
    const found = await configured({ cc: 'garbage-cc' });
    expect(found.verdict).toBe('rejected');
    expect(found.reason).toMatch(/^doesn't answer like a C compiler to -dM -E: [ -~]*what\?/);
  });

  it('is not run in an untrusted workspace', async () => {
    await script('evil-cc', `touch '${path.join(folder, 'ran')}'`);
    const found = await configured({ cc: 'evil-cc' }, { trusted: false });
    expect(found.verdict).toBe('unproven');
    expect(existsSync(path.join(folder, 'ran'))).toBe(false);
  });

  it.runIf(real('gcc'))('is the host gcc that lies about its machine', async () => {
    await script(
      'arm-liar-linux-gnueabihf-gcc',
      'case "$1" in -dumpmachine) echo arm-linux-gnueabihf;; *) exec /usr/bin/gcc "$@";; esac',
    );
    const { candidates } = await report({ searchPath: [bin] });
    expect(candidates).toHaveLength(1);
    expect(candidates[0]?.verdict).toBe('rejected');
  });

  it.runIf(real('gcc') && process.arch === 'x64')('is the host gcc', async () => {
    expect(await configured({ cc: '/usr/bin/gcc' })).toMatchObject({
      verdict: 'rejected',
      reason: 'makes code for x86_64-linux-gnu, not for ARM',
    });
  });
});

describe.runIf(real('arm-linux-gnueabihf-gcc') && real('arm-linux-gnueabi-gcc'))(
  'ARM with real compilers',
  () => {
    const named = (candidates: readonly ProbedToolchain[], cc: string): ProbedToolchain | undefined =>
      candidates.find((it) => it.toolchain.cc === cc);

    it('proves and runs v7', async () => {
      const { chosen, candidates, packages } = await report({});
      expect(chosen?.toolchain).toMatchObject({
        kind: 'gnu',
        cc: 'arm-linux-gnueabihf-gcc',
        ar: 'arm-linux-gnueabihf-ar',
      });
      expect(chosen?.toolchain.sysroot).toBe('/usr/arm-linux-gnueabihf');
      expect(chosen?.reason).toContain('ARMv7, hard-float');
      expect(named(candidates, 'arm-linux-gnueabi-gcc')?.reason).toContain(
        'soft-float, target is hard-float',
      );
      expect(packages).toContain('gcc-arm-linux-gnueabihf');
    }, 60_000);

    it('rejects an ARMv7 C library for v6 and v5', async () => {
      const six = await report({ target: v6 });
      expect(named(six.candidates, 'arm-linux-gnueabihf-gcc')).toMatchObject({
        verdict: 'rejected',
        reason: 'its C library is ARMv7: would die with SIGILL on linux/arm/v6',
      });
      expect(six.chosen?.toolchain.cc).toBe('arm-linux-gnueabi-gcc');
      expect(six.chosen?.toolchain.env['CGO_CFLAGS']).toContain('-march=armv6');
      // A Pi Zero's system is hard-float and has no loader for Debian's soft-float C library.
      expect(six.chosen?.toolchain.ldflags).toBe('-linkmode=external -extldflags=-static');
      expect(six.chosen?.reason).toContain('static');
      const five = await report({ target: v5 });
      expect(named(five.candidates, 'arm-linux-gnueabihf-gcc')?.verdict).toBe('rejected');
      expect(five.chosen?.toolchain.cc).toBe('arm-linux-gnueabi-gcc');
    }, 60_000);

    it('finds vendor fields and version suffixes', async () => {
      await script('armv7-unknown-linux-gnueabihf-gcc', 'exec /usr/bin/arm-linux-gnueabihf-gcc "$@"');
      await script('arm-buildroot-linux-gnueabihf-gcc-12', 'exec /usr/bin/arm-linux-gnueabihf-gcc "$@"');
      await script('arm-none-eabi-gcc', 'echo arm-none-eabi');
      const { candidates } = await report({ searchPath: [bin] });
      const verdicts = Object.fromEntries(candidates.map((it) => [it.toolchain.cc, it.verdict]));
      expect(verdicts).toEqual({
        'armv7-unknown-linux-gnueabihf-gcc': 'proven',
        'arm-buildroot-linux-gnueabihf-gcc-12': 'proven',
        'arm-none-eabi-gcc': 'rejected',
      });
    }, 60_000);

    it('remembers outcomes, survives a broken cache, and probes again when the compiler changes', async () => {
      const compiler = await script('arm-linux-gnueabihf-gcc', 'exec /usr/bin/arm-linux-gnueabihf-gcc "$@"');
      const cache = path.join(folder, 'cache', 'toolchains.json');
      await mkdir(path.dirname(cache));
      await writeFile(cache, '{"entries": [{"key"');
      expect((await report({ searchPath: [bin] })).chosen).toBeDefined();
      expect(await readFile(cache, 'utf8')).toContain('"verdict": "proven"');
      const again = portsWith([bin]);
      expect((await report({ ports: again })).chosen).toBeDefined();
      expect(again.runs).toEqual([]);
      await writeFile(compiler, '#!/bin/sh\nexit 1\n');
      const changed = await report({ searchPath: [bin] });
      expect(changed.chosen).toBeUndefined();
    }, 60_000);

    it('shares concurrent calls, and stops when cancelled', async () => {
      const ports = portsWith([bin]);
      await script('arm-linux-gnueabihf-gcc', 'exec /usr/bin/arm-linux-gnueabihf-gcc "$@"');
      const service = createToolchainService(ports, { cacheFolder: path.join(folder, 'cache') });
      const options = { config: emptyConfig, trusted: true };
      const [one, two] = await Promise.all([service.report(v7, options), service.report(v7, options)]);
      expect(one).toBe(two);

      await script('hang-cc', 'sleep 60');
      const stop = new AbortController();
      const pending = configured({ cc: 'hang-cc' }, { signal: stop.signal, searchPath: [bin, '/bin'] });
      setTimeout(() => stop.abort(), 300);
      expect((await pending).verdict).toBe('unproven');
    }, 60_000);
  },
);
