import type { Device } from './devices.js';

/**
 * A device's name with everything left out that people write differently: case, spaces, punctuation, "Raspberry",
 * "rpi", "Model", "AWS", and zero as a digit. `Raspberry Pi 3 Model B+` and `rpi3b+` become the same.
 */
export function normalDeviceName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('+', 'plus')
    .replace(/\braspberry|\b(?:aws|amazon|starfive|ubiquiti|sifive|the)\b/g, '')
    .replace(/\b(?:raspi|rpi)(?=\d|zero|\b)/g, 'pi')
    .replace(/\bmodel\b/g, '')
    .replace(/zero/g, '0')
    .replace(/[^a-z0-9.]/g, '');
}

const normals = new WeakMap<Device, ReadonlySet<string>>();

function namesOf(device: Device): ReadonlySet<string> {
  const known = normals.get(device);
  if (known) return known;
  const names = new Set([device.id, device.name, ...device.aliases].map(normalDeviceName));
  normals.set(device, names);
  return names;
}

/** The devices a text names: one, or several it may mean, or none. `64-bit` and `32-bit` may be left to the board. */
export function findDevices(text: string, devices: readonly Device[]): readonly Device[] {
  const name = normalDeviceName(text);
  if (name === '') return [];
  const exact = devices.filter((device) => namesOf(device).has(name));
  if (exact.length > 0) return exact;
  const [, base, bits] = /^(.+?)(32|64)bits?$/.exec(name) ?? [];
  if (base === undefined) return [];
  const wide = (device: Device): boolean => device.target.goarch.includes('64');
  return devices.filter((device) => namesOf(device).has(base) && wide(device) === (bits === '64'));
}

/** The devices whose names begin as the text does: `pi 4`, `graviton`, `openwrt`. */
export function devicesStartingWith(text: string, devices: readonly Device[]): readonly Device[] {
  const name = normalDeviceName(text);
  if (name.length < 2) return [];
  return devices.filter((device) => [...namesOf(device)].some((it) => it.startsWith(name)));
}
