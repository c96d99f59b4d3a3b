import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findGo } from '../../../src/core/go/findGo.js';
import { createGoEnvironmentReader, goEnvironment } from '../../../src/core/go/goEnvironment.js';
import { readGoStatus } from '../../../src/core/go/goStatus.js';
import { compareGoVersions } from '../../../src/core/go/goVersion.js';
import { readPorts } from '../../../src/core/go/readPorts.js';
import { builtInPorts } from '../../../src/core/target/builtInPorts.js';
import { createCatalogue } from '../../../src/core/target/createCatalogue.js';
import { levelEnvironment } from '../../../src/core/target/levels.js';
import { targetId } from '../../../src/core/target/target.js';
import type { FileSystem, Ports } from '../../../src/core/ports.js';
import { createHost } from '../../../src/node/host.js';
import { createPorts } from '../../../src/node/ports.js';

const ports = createPorts();
const [realGo] = await findGo(ports.files, ports.host);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'crossbow go é '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Ports of a machine whose PATH and home hold only what a test puts there. */
function machine(searchPath: readonly string[], home = path.join(folder, 'home'), limitMs?: number): Ports {
  const env = { PATH: [...searchPath, '/usr/bin', '/bin'].join(':'), HOME: home };
  return {
    ...ports,
    host: { ...createHost({ platform: 'linux', arch: 'x64', env, homeDirectory: home }), searchPath },
    runner: {
      run: (program, args, options) =>
        ports.runner.run(program, args, {
          ...options,
          ...(limitMs === undefined ? {} : { timeoutMs: limitMs }),
        }),
    },
  };
}

async function fakeGo(name: string, script: string): Promise<string> {
  const bin = path.join(folder, name, 'bin');
  await mkdir(bin, { recursive: true });
  const file = path.join(bin, 'go');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('compareGoVersions', () => {
  it('follows the order of releases', () => {
    const order = [
      'garbage',
      'go1',
      'go1.9.7',
      'go1.19',
      'go1.21rc2',
      'go1.21.0',
      'go1.21.13',
      'go1.24rc1',
      'go1.26.8',
    ];
    for (const [index, version] of order.entries()) {
      for (const [other, against] of order.entries()) {
        expect(Math.sign(compareGoVersions(version, against)), `${version} ${against}`).toBe(
          Math.sign(index - other),
        );
      }
    }
    expect(compareGoVersions('go1.21', 'go1.21.0')).toBe(0);
    expect(compareGoVersions('devel go1.28-0123abc Tue', 'go1.27.3')).toBeGreaterThan(0);
    expect(compareGoVersions('go1.24.4-X:boringcrypto', 'go1.24.4')).toBe(0);
  });
});

describe('readGoStatus', () => {
  it('finds the installed Go', async () => {
    const status = await readGoStatus(ports);
    expect(status).toMatchObject({ kind: 'found', path: realGo });
    expect(status.kind === 'found' && status.version).toMatch(/^go1\.\d+/);
  });

  it('says what is missing', async () => {
    expect(await readGoStatus(machine([]), path.join(folder, 'nowhere', 'go'))).toMatchObject({
      kind: 'missing',
    });
    const nothing: FileSystem = { ...ports.files, stat: () => Promise.resolve(undefined) };
    const status = await readGoStatus({ ...machine([]), files: nothing });
    expect(status).toMatchObject({
      kind: 'missing',
      message: expect.stringContaining('go.dev/dl') as string,
    });
  });

  it('takes a GOROOT, or a path from home, as the setting', async () => {
    await fakeGo('home/tools/go', 'echo go1.25.1');
    const here = machine([]);
    const found = { kind: 'found', version: 'go1.25.1', buildJson: true };
    expect(await readGoStatus(here, path.join(folder, 'home/tools/go'))).toMatchObject(found);
    expect(await readGoStatus(here, '~/tools/go/bin/go')).toMatchObject(found);
    expect(await readGoStatus(here, 'go')).toMatchObject({ kind: 'broken' });
    expect(await readGoStatus(here, path.join(folder, 'home'))).toMatchObject({ kind: 'broken' });
  });

  it('knows a Go that is too old for -json, also one that has no GOVERSION', async () => {
    const go119 = await fakeGo('go119', 'echo go1.19.8');
    const go115 = await fakeGo(
      'go115',
      '[ "$1" = env ] && echo "" || echo "go version go1.15.15 linux/amd64"',
    );
    expect(await readGoStatus(machine([]), go119)).toMatchObject({ version: 'go1.19.8', buildJson: false });
    expect(await readGoStatus(machine([]), go115)).toMatchObject({ version: 'go1.15.15', buildJson: false });
  });

  it('says in its own words why a go is broken', async () => {
    const garbage = await fakeGo('garbage', 'printf "\\377\\376 hello world"');
    const failing = await fakeGo('failing', 'echo "cannot find GOROOT" >&2; exit 2');
    const hanging = await fakeGo('hanging', 'sleep 30');
    const message = async (go: string): Promise<string> => {
      const status = await readGoStatus(machine([], undefined, 400), go);
      return status.kind === 'broken' ? status.message : status.kind;
    };
    expect(await message(garbage)).toContain('hello world');
    expect(await message(failing)).toContain('exit code 2: cannot find GOROOT');
    expect(await message(hanging)).toContain('did not answer');
  });

  it('goes on to one that works behind a broken one', async () => {
    const broken = await fakeGo('first', 'exit 1');
    const works = await fakeGo('second', 'echo go1.26.1');
    const status = await readGoStatus(machine([path.dirname(broken), path.dirname(works)]));
    expect(status).toMatchObject({ kind: 'found', path: works });
  });

  it('asks without letting a question become a download', async () => {
    const go = await fakeGo('asks', '[ "$GOTOOLCHAIN" = local ] && echo go1.26.0 || exit 3');
    expect(await readGoStatus(machine([]), go)).toMatchObject({ kind: 'found' });
  });
});

describe('findGo', () => {
  it('looks beyond PATH, newest ~/sdk first', async () => {
    const home = path.join(folder, 'sdkhome');
    for (const version of ['go1.9', 'go1.26.8', 'go1.22.1']) await fakeGo(`sdkhome/sdk/${version}`, 'true');
    await symlink(path.join(home, 'sdk/go1.9/bin'), path.join(home, 'linked'));
    const found = await findGo(ports.files, machine([path.join(home, 'linked'), 'relative'], home).host);
    expect(found.filter((it) => it.startsWith(folder)).map((it) => path.relative(home, it))).toEqual([
      'linked/go',
      'sdk/go1.26.8/bin/go',
      'sdk/go1.22.1/bin/go',
      'sdk/go1.9/bin/go',
    ]);
  });

  it('looks for go.exe where Windows has it', async () => {
    const files: FileSystem = {
      ...ports.files,
      list: () => Promise.resolve([]),
      stat: (file) =>
        Promise.resolve(
          file === 'D:\\Programs\\Go\\bin\\go.exe'
            ? { kind: 'file' as const, size: 1, mtimeMs: 0, executable: true }
            : undefined,
        ),
    };
    const env = { Path: 'C:\\Windows', ProgramFiles: 'D:\\Programs' };
    const host = createHost({ platform: 'win32', arch: 'x64', env, homeDirectory: 'C:\\Users\\me' });
    expect(await findGo(files, host)).toEqual(['D:\\Programs\\Go\\bin\\go.exe']);
  });
});

describe('the installed Go', () => {
  const go = realGo ?? 'go';

  it('lists its ports', async () => {
    const list = await readPorts(ports, go);
    expect(list.ok && list.ports).toContainEqual({
      goos: 'linux',
      goarch: 'arm64',
      cgoSupported: true,
      firstClass: true,
      broken: false,
    });
    const status = await readGoStatus(ports, go);
    if (list.ok && status.kind === 'found' && status.version.startsWith('go1.26')) {
      expect(builtInPorts).toEqual(list.ports);
    }
  });

  it('takes every listed level as its own', async () => {
    const read = createGoEnvironmentReader(ports);
    // One target a level: the variable means the same on every system.
    const targets = createCatalogue().targets.filter(
      ({ goos, level }) => goos === 'linux' && level !== undefined,
    );
    expect(targets.length).toBeGreaterThan(25);
    const answers = await Promise.all(
      targets.map((target) => read({ path: go, version: 'installed' }, target)),
    );
    for (const [index, target] of targets.entries()) {
      const answer = answers[index];
      if (!answer?.ok) throw new Error(answer?.message);
      expect(answer.variables, targetId(target)).toMatchObject({
        GOARCH: target.goarch,
        ...levelEnvironment(target),
      });
    }
  });

  it('is asked once per target, and again after a failure', async () => {
    let runs = 0;
    let fail = true;
    const counting: Ports = {
      ...ports,
      runner: {
        run: (program, args, options) => {
          runs++;
          return ports.runner.run(fail ? '/nonexistent/go' : program, args, options);
        },
      },
    };
    const read = createGoEnvironmentReader(counting);
    const target = { goos: 'linux', goarch: 'arm', level: 'v6' };
    expect(await read({ path: go, version: 'v' }, target)).toMatchObject({ ok: false });
    fail = false;
    const both = await Promise.all([
      read({ path: go, version: 'v' }, target),
      read({ path: go, version: 'v' }, target),
    ]);
    expect(both.every((it) => it.ok)).toBe(true);
    expect(runs).toBe(2);
  });

  it('says why it gives no answer', async () => {
    const garbage = await fakeGo('prints', 'echo "[1, 2"');
    expect(await readPorts(ports, garbage)).toMatchObject({ ok: false });
    expect(await goEnvironment(ports, garbage, { goos: 'linux', goarch: 'arm64' })).toMatchObject({
      ok: false,
    });
    const illegal = await goEnvironment(ports, go, { goos: 'linux', goarch: 'sparc' });
    expect(illegal).toMatchObject({ ok: false, message: expect.stringContaining('sparc') as string });
  });
});
