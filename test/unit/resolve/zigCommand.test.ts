import { describe, expect, it } from 'vitest';
import type { FixScene } from '../../../src/core/diagnosis/resolve/fixes/fixScene.js';
import { installToolchain, zigCommand } from '../../../src/core/diagnosis/resolve/fixes/packages.js';
import { debianToolchainPackages, platformOf } from '../../../src/core/target/platforms.js';

function sceneWith(...files: readonly string[]): FixScene {
  return {
    host: { platform: 'linux', env: { PATH: '/usr/local/bin:/usr/bin' } },
    inquiry: {
      exists: (path: string) => Promise.resolve(files.includes(path)),
      ports: { files: { list: () => Promise.resolve([]) } },
    },
  } as unknown as FixScene;
}

describe('zigCommand', () => {
  it.each([
    ['pip beside Python', ['/usr/bin/python3', '/usr/bin/pip3'], 'python3 -m pip install --user ziglang'],
    [
      'a Python that the system manages',
      ['/usr/bin/python3', '/usr/bin/pip3', '/usr/lib/python3.11/EXTERNALLY-MANAGED'],
      'python3 -m pip install --user --break-system-packages ziglang',
    ],
    [
      "a Python of one's own",
      ['/usr/local/bin/python3', '/usr/bin/dnf'],
      'python3 -m pip install --user ziglang',
    ],
    [
      "the system's Python without pip",
      ['/usr/bin/python3', '/usr/bin/dnf'],
      'sudo dnf install python3-pip && PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip install --user ziglang',
    ],
    [
      "Debian's Python without pip",
      ['/usr/bin/python3', '/usr/bin/apt-get', '/usr/lib/python3.11/EXTERNALLY-MANAGED'],
      'sudo apt-get install --no-install-recommends python3-pip && python3 -m pip install --user --break-system-packages ziglang',
    ],
    [
      'no Python',
      ['/sbin/apk'],
      'sudo apk add py3-pip && PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip install --user ziglang',
    ],
    ['no Python and nothing to install it with', [], 'python3 -m pip install --user ziglang'],
  ])('with %s', async (_what, files, command) => {
    expect(await zigCommand(sceneWith(...files))).toBe(command);
  });
});

describe('installToolchain', () => {
  const scene = (goos: string, goarch: string, zig?: string): FixScene => {
    const { host, inquiry } = sceneWith('/usr/bin/python3', '/usr/bin/pip3');
    const candidates = zig === undefined ? [] : [{ toolchain: { kind: 'zig', cc: 'zig cc' }, reason: zig }];
    return {
      host,
      inquiry: { ...inquiry, report: () => Promise.resolve({ candidates }) },
      target: { goos, goarch },
      name: `${goos}/${goarch}`,
      platform: platformOf({ goos, goarch }),
      native: false,
    } as unknown as FixScene;
  };

  it('offers zig only where it may serve', async () => {
    expect(await installToolchain(scene('linux', 'riscv64'))).toHaveLength(1);
    expect(await installToolchain(scene('linux', 'riscv64', 'not tried yet'))).toHaveLength(1);
    expect(await installToolchain(scene('linux', 'riscv64', "can't compile"))).toEqual([]);
    expect(await installToolchain(scene('darwin', 'amd64'))).toEqual([]);
  });
});

describe("a compiler that this Debian doesn't have", () => {
  const policy = (candidate: string): string =>
    ['gcc-riscv64-linux-gnu', 'libc6-dev-riscv64-cross']
      .map((it) => `${it}:\n  Installed: (none)\n  Candidate: ${candidate}\n  Version table:\n`)
      .join('');

  it.each([
    ['has it', policy('4:12.2.0-1'), ['apt-get', 'pip']],
    ['has it not', '', ['pip', 'apt-get']],
    ['has one of two', policy('4:12.2.0-1').replace('libc6-dev', 'other'), ['pip', 'apt-get']],
    ['knows it by name alone', policy('(none)'), ['pip', 'apt-get']],
  ])('%s', async (_, stdout, order) => {
    const { host, inquiry } = sceneWith(
      '/usr/bin/python3',
      '/usr/bin/pip3',
      '/usr/bin/apt-get',
      '/var/lib/apt/lists',
    );
    const target = { goos: 'linux', goarch: 'riscv64' };
    const fixes = await installToolchain({
      host: { ...host, goarch: 'amd64', homeDirectory: '/root' },
      inquiry: {
        ...inquiry,
        context: { trusted: true },
        report: () => Promise.resolve({ candidates: [] }),
        ports: {
          files: { list: () => Promise.resolve(['deb.debian.org_debian_main_binary-amd64_Packages']) },
          runner: {
            run: () => Promise.resolve({ outcome: { kind: 'exited', code: 0 }, stdout, stderr: '' }),
          },
        },
      },
      target,
      name: 'linux/riscv64',
      platform: platformOf(target),
      native: false,
    } as unknown as FixScene);
    const commands = fixes.map(({ edit }) => (edit.kind === 'command' ? edit.command : ''));
    expect(commands.map((it) => /apt-get|pip/.exec(it)?.[0])).toEqual(order);
  });
});

describe('debianToolchainPackages', () => {
  it('has none for soft-float MIPS, whose C library Debian lacks', () => {
    expect(debianToolchainPackages({ goos: 'linux', goarch: 'mipsle', level: 'softfloat' }, 'amd64')).toEqual(
      [],
    );
    expect(debianToolchainPackages({ goos: 'linux', goarch: 'mipsle' }, 'amd64')).not.toEqual([]);
  });
});
