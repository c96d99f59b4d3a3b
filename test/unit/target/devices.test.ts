import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../src/core/target/createCatalogue.js';
import { devices } from '../../../src/core/target/devices.js';
import { platformOf } from '../../../src/core/target/platforms.js';
import { parseLevel } from '../../../src/core/target/levels.js';
import { targetId } from '../../../src/core/target/target.js';
import { createPorts } from '../../../src/node/ports.js';

const { runner, files, host } = createPorts();

describe('devices', () => {
  it('have ids and names of their own', () => {
    expect(new Set(devices.map((it) => it.id)).size).toBe(devices.length);
    expect(new Set(devices.map((it) => it.name)).size).toBe(devices.length);
    for (const { id } of devices) expect(id).toMatch(/^[a-z0-9]+([-.][a-z0-9]+)*$/);
  });

  it('have canonical targets', () => {
    for (const { name, target } of devices) {
      const parsed = parseLevel(target.goarch, target.level ?? '');
      expect(parsed, name).toEqual(
        target.level === undefined ? { ok: true } : { ok: true, level: target.level },
      );
    }
  });

  it('mean what is on most of them', () => {
    const target = (name: string): string =>
      targetId(devices.find((it) => it.name === name)?.target ?? { goos: '', goarch: '' });
    expect(target('Raspberry Pi 3B+')).toBe('linux/arm/v7');
    expect(target('Raspberry Pi 3B+ (64-bit)')).toBe('linux/arm64');
    expect(target('Raspberry Pi Zero W')).toBe('linux/arm/v6');
    expect(target('Raspberry Pi 5')).toBe('linux/arm64/v8.2,crypto');
    expect(target('Raspberry Pi 4 (32-bit)')).toBe('linux/arm/v7');
  });

  it('name CPUs that the installed emulators have', async () => {
    const helps = new Map<string, Promise<string>>();
    let checked = 0;
    const help = async (qemu: string): Promise<string> => {
      for (const folder of host.searchPath) {
        for (const name of [qemu, `${qemu}-static`]) {
          const program = host.join(folder, name);
          if (await files.stat(program)) return (await runner.run(program, ['-cpu', 'help'])).stdout;
        }
      }
      return '';
    };
    for (const { name, target, emulatorCpu } of devices) {
      const qemu = platformOf(target)?.qemuUser;
      if (emulatorCpu === undefined || qemu === undefined) continue;
      if (!helps.has(qemu)) helps.set(qemu, help(qemu));
      const text = (await helps.get(qemu)) ?? '';
      if (text === '') continue;
      checked++;
      expect(text.split(/[\s'()]+/), `${name}: ${emulatorCpu}`).toContain(emulatorCpu);
    }
    console.log(`${checked} CPU names checked against the installed emulators`);
  });
});

describe('createCatalogue', () => {
  const catalogue = createCatalogue();
  const ids = catalogue.targets.map(targetId);

  it('lists every port with its default first, then its levels, none twice', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.startsWith('linux/arm/'))).toEqual([
      'linux/arm/v7',
      'linux/arm/v6',
      'linux/arm/v5',
    ]);
    expect(ids.filter((id) => id.startsWith('android/arm/'))).toEqual(['android/arm/v7']);
    expect(ids).toContain('linux/arm64/v8.2,crypto');
    expect(ids).toContain('linux/mips/softfloat');
    expect(ids.indexOf('linux/amd64')).toBeLessThan(ids.indexOf('linux/amd64/v3'));
  });

  it('leaves out broken ports, and devices this Go has no port for', () => {
    const port = { goos: 'linux', goarch: 'arm64', cgoSupported: true, firstClass: true, broken: false };
    const small = createCatalogue([port, { ...port, goarch: 'sparc64', broken: true }], 'go1.99');
    expect(small.goVersion).toBe('go1.99');
    expect(small.targets.map(targetId)).not.toContain('linux/sparc64');
    expect(small.devices.map((it) => it.name)).toContain('Raspberry Pi 4');
    expect(small.devices.map((it) => it.name)).not.toContain('Raspberry Pi 3B+');
  });
});
