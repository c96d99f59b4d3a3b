import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactFacts } from '../../../src/core/artifact/facts.js';
import type { EmulationPlan, EmulationRequest } from '../../../src/core/emulation/emulation.js';
import { planEmulation } from '../../../src/core/emulation/planEmulation.js';
import type { Ports } from '../../../src/core/ports.js';
import type { Target } from '../../../src/core/target/target.js';
import { createPorts } from '../../../src/node/ports.js';
import { createWorkshop, factsOf, has, type Workshop } from '../artifact/binaries.js';

const ports = createPorts();
let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.remove());

type RunPlan = Extract<EmulationPlan, { kind: 'run' }>;

function runnable(plan: EmulationPlan): RunPlan {
  if (plan.kind !== 'run') throw new Error(plan.message);
  return plan;
}

async function execute(plan: RunPlan): Promise<{ readonly code: number; readonly output: string }> {
  const result = await ports.runner.run(plan.program, plan.args, { env: { ...ports.host.env, ...plan.env } });
  if (result.outcome.kind !== 'exited') throw new Error(JSON.stringify(result));
  return { code: result.outcome.code, output: result.stdout + result.stderr };
}

const onLinuxAmd64 = ports.host.platform === 'linux' && ports.host.goarch === 'amd64';

describe.runIf(onLinuxAmd64)('real programs on this machine', () => {
  const armV7: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };
  const cases: readonly {
    readonly name: string;
    readonly target: Target;
    readonly compiler: string;
    readonly env: Record<string, string>;
    readonly description: RegExp;
  }[] = [
    {
      name: 'arm-v7',
      target: armV7,
      compiler: 'arm-linux-gnueabihf-gcc',
      env: { GOARCH: 'arm', GOARM: '7' },
      description: /^qemu-arm(-static)? [\d.]+, CPU cortex-a7$/,
    },
    {
      name: 'arm-v6-on-armel',
      target: { goos: 'linux', goarch: 'arm', level: 'v6' },
      compiler: 'arm-linux-gnueabi-gcc',
      env: { GOARCH: 'arm', GOARM: '6' },
      description: /CPU arm1176$/,
    },
    {
      name: 'arm64',
      target: { goos: 'linux', goarch: 'arm64' },
      compiler: 'aarch64-linux-gnu-gcc',
      env: { GOARCH: 'arm64' },
      description: /^qemu-aarch64(-static)? [\d.]+, CPU cortex-a53$/,
    },
    {
      name: 'riscv64',
      target: { goos: 'linux', goarch: 'riscv64' },
      compiler: 'riscv64-linux-gnu-gcc',
      env: { GOARCH: 'riscv64' },
      description: /^qemu-riscv64/,
    },
    {
      name: '386',
      target: { goos: 'linux', goarch: '386' },
      compiler: 'i686-linux-gnu-gcc',
      env: { GOARCH: '386' },
      description: /^this machine/,
    },
    {
      name: 'amd64',
      target: { goos: 'linux', goarch: 'amd64' },
      compiler: 'gcc',
      env: { GOARCH: 'amd64' },
      description: /^this machine$/,
    },
  ];
  for (const { name, target, compiler, env, description } of cases) {
    it.runIf(has(compiler))(
      `runs cgo for ${name}, and passes its exit code and arguments on`,
      async () => {
        const path = await workshop.go('cgo', `run ${name}`, { GOOS: 'linux', CC: compiler, ...env });
        const facts = await factsOf(path);
        const alone = runnable(await planEmulation(ports, { path, target, facts }));
        expect(alone.description).toMatch(description);
        expect(await execute(alone)).toEqual({ code: 0, output: 'root 1\n' });
        const withArguments = runnable(
          await planEmulation(ports, { path, target, facts, args: ['a b', '-cpu'] }),
        );
        expect(await execute(withArguments)).toEqual({ code: 7, output: 'root 3\n' });
      },
      300_000,
    );
  }

  it.runIf(has('arm-linux-gnueabihf-gcc'))(
    'finds the C library in a sysroot whose path has a space',
    async () => {
      const path = await workshop.go('cgo', 'spaced', {
        GOOS: 'linux',
        GOARCH: 'arm',
        GOARM: '7',
        CC: 'arm-linux-gnueabihf-gcc',
      });
      const sysroot = join(workshop.folder, 'sys root');
      await mkdir(sysroot);
      await symlink('/usr/arm-linux-gnueabihf/lib', join(sysroot, 'lib'));
      const facts = await factsOf(path);
      const plan = runnable(await planEmulation(ports, { path, target: armV7, facts, sysroot }));
      expect(plan.args.slice(0, 2)).toEqual(['-L', sysroot]);
      expect(await execute(plan)).toEqual({ code: 0, output: 'root 1\n' });
    },
    300_000,
  );

  it.runIf(has('arm-linux-gnueabihf-gcc'))(
    'dies with SIGILL where ARMv7 C code runs as ARMv6',
    async () => {
      const source = '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n';
      const path = await workshop.c('arm-linux-gnueabihf-gcc', 'too-new', source, ['-static']);
      const facts = await factsOf(path);
      const at = async (level: string): Promise<unknown> => {
        const plan = runnable(await planEmulation(ports, { path, target: { ...armV7, level }, facts }));
        return (await ports.runner.run(plan.program, plan.args)).outcome;
      };
      expect(await at('v7')).toEqual({ kind: 'exited', code: 0 });
      const old = await at('v6');
      expect(old).not.toEqual({ kind: 'exited', code: 0 });
      expect(JSON.stringify(old)).toMatch(/SIGILL|132/);
    },
    60_000,
  );

  it('takes the CPU of the device only where this qemu knows it', async () => {
    const path = await workshop.go('pure', 'pure-arm', { GOOS: 'linux', GOARCH: 'arm', GOARM: '6' });
    const facts = await factsOf(path);
    const target: Target = { goos: 'linux', goarch: 'arm', level: 'v6' };
    const cpuOf = async (emulatorCpu: string): Promise<string | undefined> => {
      const { args } = runnable(await planEmulation(ports, { path, target, facts, emulatorCpu }));
      expect(args).not.toContain('-L');
      return args[args.indexOf('-cpu') + 1];
    };
    expect(await cpuOf('arm1136')).toBe('arm1136');
    expect(await cpuOf('no-such-cpu')).toBe('arm1176');
  }, 300_000);

  it.runIf(has('node'))(
    'runs js/wasm on Node',
    async () => {
      const path = await workshop.go('pure', 'program.wasm', { GOOS: 'js', GOARCH: 'wasm' });
      const request = { path, target: { goos: 'js', goarch: 'wasm' }, facts: await factsOf(path) };
      expect(await execute(runnable(await planEmulation(ports, request)))).toEqual({
        code: 0,
        output: 'pure 1\n',
      });
      const plan = runnable(await planEmulation(ports, { ...request, args: ['x'] }));
      expect(await execute(plan)).toEqual({ code: 7, output: 'pure 2\n' });
    },
    300_000,
  );
});

describe('other hosts and what is missing', () => {
  const dynamicArm: ArtifactFacts = {
    format: 'elf',
    machine: 'arm',
    bits: 32,
    endianness: 'little',
    goos: 'linux',
    type: 'executable',
    linkage: 'dynamic',
    interpreter: '/lib/ld-linux-armhf.so.3',
    neededLibraries: ['libc.so.6'],
    size: 1,
  };
  const request: EmulationRequest = {
    path: '/work space/program',
    target: { goos: 'linux', goarch: 'arm', level: 'v7' },
    facts: dynamicArm,
  };
  const static64: ArtifactFacts = { ...dynamicArm, machine: 'aarch64', bits: 64, linkage: 'static' };

  /** A host with programs at given paths; what qemu would answer is said by `answer`. */
  function hostWith(host: Partial<Ports['host']>, paths: readonly string[], answer = ''): Ports {
    return {
      ...ports,
      host: { ...ports.host, searchPath: ['/bin'], ...host },
      files: {
        ...ports.files,
        stat: (path) =>
          Promise.resolve(
            paths.includes(path) ? { kind: 'file', size: 1, mtimeMs: 0, executable: true } : undefined,
          ),
      },
      runner: {
        run: () =>
          Promise.resolve({
            outcome: { kind: 'exited', code: 0 },
            stdout: answer,
            stderr: '',
            durationMs: 1,
          }),
      },
    };
  }
  const linux = { platform: 'linux', goarch: 'amd64' };

  it('names the package that brings qemu', async () => {
    const plan = await planEmulation(hostWith(linux, []), request);
    expect(plan).toMatchObject({ kind: 'missing', packages: ['qemu-user'] });
  });

  it('names the package that brings the loader', async () => {
    const plan = await planEmulation(hostWith(linux, ['/bin/qemu-arm']), request);
    expect(plan).toMatchObject({ kind: 'missing', packages: ['libc6-armhf-cross'] });
    const facts = { ...dynamicArm, interpreter: '/lib/ld-linux.so.3' };
    const armel = await planEmulation(hostWith(linux, ['/bin/qemu-arm']), { ...request, facts });
    expect(armel).toMatchObject({ kind: 'missing', packages: ['libc6-armel-cross'] });
    const musl = await planEmulation(hostWith(linux, ['/bin/qemu-arm']), {
      ...request,
      facts: { ...dynamicArm, interpreter: '/lib/ld-musl-armhf.so.1' },
    });
    expect(musl).toMatchObject({
      kind: 'missing',
      packages: [],
      message: expect.stringContaining('musl') as string,
    });
  });

  it('needs no sysroot where the system has the loader, and leaves an unknown CPU out', async () => {
    const here = hostWith(linux, ['/bin/qemu-arm', '/lib/ld-linux-armhf.so.3'], 'qemu-arm version 9.1.0');
    expect(await planEmulation(here, request)).toMatchObject({
      program: '/bin/qemu-arm',
      args: ['/work space/program'],
      description: 'qemu-arm 9.1.0',
    });
  });

  it('looks below the cross compilers of Fedora, too', async () => {
    const loader = '/usr/arm-linux-gnueabihf/sys-root/lib/ld-linux-armhf.so.3';
    const plan = await planEmulation(hostWith(linux, ['/bin/qemu-arm-static', loader]), request);
    expect(plan).toMatchObject({ args: ['-L', '/usr/arm-linux-gnueabihf/sys-root', '/work space/program'] });
  });

  it('runs 32-bit ARM itself only on an arm64 machine that can', async () => {
    const arm64 = { platform: 'linux', goarch: 'arm64' };
    const files = ['/bin/lscpu', '/lib/ld-linux-armhf.so.3'];
    const pi = hostWith(arm64, files, 'CPU op-mode(s):      32-bit, 64-bit\n');
    expect(await planEmulation(pi, request)).toMatchObject({ kind: 'run', program: request.path });
    const graviton = hostWith(arm64, files, 'CPU op-mode(s):      64-bit\n');
    expect(await planEmulation(graviton, request)).toMatchObject({
      kind: 'missing',
      packages: ['qemu-user'],
    });
  });

  it.each(['darwin', 'win32'])('says that %s has no user-mode QEMU, and what to do', async (platform) => {
    const plan = await planEmulation(hostWith({ platform, goarch: 'arm64' }, []), request);
    expect(plan).toMatchObject({ kind: 'impossible' });
    expect(plan).toHaveProperty(
      'message',
      expect.stringContaining('docker run --rm --platform linux/arm/v7'),
    );
  });

  it('runs Windows programs by Wine where the CPU fits, and on Windows by itself', async () => {
    const target: Target = { goos: 'windows', goarch: 'amd64' };
    const exe: EmulationRequest = { path: '/p.exe', target, facts: { ...dynamicArm, format: 'pe' } };
    expect(await planEmulation(hostWith(linux, []), exe)).toMatchObject({ kind: 'missing' });
    expect(await planEmulation(hostWith(linux, ['/bin/wine']), exe)).toMatchObject({ program: '/bin/wine' });
    expect(await planEmulation(hostWith({ platform: 'win32', goarch: 'arm64' }, []), exe)).toMatchObject({
      program: '/p.exe',
    });
    const arm = { ...exe, target: { goos: 'windows', goarch: 'arm64' } };
    expect(await planEmulation(hostWith(linux, ['/bin/wine']), arm)).toMatchObject({ kind: 'impossible' });
  });

  it('runs amd64 programs on Apple silicon, but no darwin program on Linux', async () => {
    const target: Target = { goos: 'darwin', goarch: 'amd64' };
    const mac: EmulationRequest = { path: '/p', target, facts: { ...static64, format: 'macho' } };
    expect(await planEmulation(hostWith({ platform: 'darwin', goarch: 'arm64' }, []), mac)).toMatchObject({
      program: '/p',
    });
    expect(await planEmulation(hostWith(linux, []), mac)).toMatchObject({ kind: 'impossible' });
  });

  it('refuses what is no program', async () => {
    const plan = await planEmulation(hostWith(linux, []), {
      ...request,
      facts: { ...static64, type: 'shared' },
    });
    expect(plan).toMatchObject({
      kind: 'impossible',
      message: expect.stringContaining('shared library') as string,
    });
  });
});
