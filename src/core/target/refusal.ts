import type { Catalogue } from './catalogue.js';
import { devicesStartingWith, normalDeviceName } from './deviceNames.js';
import type { Device } from './devices.js';
import { editDistance } from './editDistance.js';
import type { Reading } from './spelling.js';
import { targetId, type Target } from './target.js';

/** Why a text names no target of the catalogue, what may be meant, and what would be legal there. */
export interface Refusal {
  readonly ok: false;
  /** What is wrong, in one or two sentences. */
  readonly message: string;
  /** Targets' ids or devices' names that may be meant, likeliest first; each is itself a legal text. */
  readonly nearest: readonly string[];
  /** What may stand in the place of what is wrong: levels, CPUs or systems. */
  readonly legal: readonly string[];
}

const mostSuggestions = 5;

/** The systems of the catalogue's Go. */
export function systemsOf(catalogue: Catalogue): string[] {
  return [...new Set(usablePorts(catalogue).map((it) => it.goos))];
}

/** Refuses a level that the CPU does not have; `legal` is empty where the CPU has no levels at all. */
export function refuseLevel(
  port: { readonly goos: string; readonly goarch: string },
  level: string,
  legal: readonly string[],
  catalogue: Catalogue,
): Refusal {
  const name = `${port.goos}/${port.goarch}`;
  // ARMv8 and ARMv9 are 64-bit to Go, whatever mode the device's system runs in.
  const wide: Target = { goos: port.goos, goarch: 'arm64' };
  const meant64 = port.goarch === 'arm' && /[89]|64/.test(level) && hasPort(wide, catalogue);
  const levels = sorted(
    catalogue.targets.filter((it) => it.goos === port.goos && it.goarch === port.goarch).map(targetId),
    `${name}/${level}`,
  );
  // And 5 to 7 are 32-bit.
  const narrow = port.goarch === 'arm64' ? /^v?([567])/.exec(level)?.[1] : undefined;
  const meant32: Target = { goos: port.goos, goarch: 'arm', level: `v${narrow ?? ''}` };
  const elsewhere = meant64
    ? [targetId(wide)]
    : narrow !== undefined && hasPort(meant32, catalogue)
      ? [targetId(meant32), name]
      : [];
  return {
    ok: false,
    message:
      legal.length === 0
        ? `${name} has no levels, so "${level}" can't be one.`
        : `"${level}" is not a level of ${name}.${meant64 ? ` ARMv8 and later are ${targetId(wide)}.` : ''}`,
    nearest: [...new Set([...elsewhere, ...levels])].slice(0, mostSuggestions),
    legal,
  };
}

/** Refuses a system and CPU that this Go has no port for. */
export function refusePort(goos: string, goarch: string, catalogue: Catalogue): Refusal {
  const go = catalogue.goVersion ?? 'Go';
  const systems = systemsOf(catalogue);
  const name = `${goos}/${goarch}`;
  if (!systems.includes(goos)) {
    const others = usablePorts(catalogue).filter((it) => it.goarch === goarch);
    return {
      ok: false,
      message: `"${goos}" is not an operating system that ${go} builds for.`,
      nearest: likelySystems(others, goos, catalogue),
      legal: systems,
    };
  }
  const siblings = usablePorts(catalogue).filter((it) => it.goos === goos);
  const isBroken = catalogue.ports.some((it) => it.broken && it.goos === goos && it.goarch === goarch);
  return {
    ok: false,
    message: isBroken ? `${go} marks its port ${name} as broken.` : `${go} has no port ${name}.`,
    nearest: likelyCpus(siblings, goarch, catalogue),
    legal: siblings.map((it) => it.goarch),
  };
}

/** Refuses a text of which the CPU, or nothing at all, was understood. */
export function refuseText(typed: string, { goos, rest }: Reading, catalogue: Catalogue): Refusal {
  const [word] = rest;
  if (goos !== undefined && systemsOf(catalogue).includes(goos)) {
    if (word !== undefined) {
      const refusal = refusePort(goos, rest.join('-'), catalogue);
      return {
        ...refusal,
        message: `"${rest.join(' ')}" is not a CPU that ${catalogue.goVersion ?? 'Go'} has on ${goos}.`,
      };
    }
    const ports = usablePorts(catalogue).filter((it) => it.goos === goos);
    return {
      ok: false,
      message: `"${typed}" names an operating system but no CPU.`,
      nearest: defaultsOf(
        [...ports].sort((a, b) => Number(b.firstClass) - Number(a.firstClass)),
        catalogue,
      ).slice(0, mostSuggestions),
      legal: ports.map((it) => it.goarch),
    };
  }
  const family = devicesStartingWith(typed, catalogue.devices).map((it) => it.name);
  const scores = new Map([
    ...catalogue.targets.map((it) => [targetId(it), distance(targetId(it), typed)] as const),
    ...catalogue.devices.map((it) => [it.name, deviceDistance(it, typed)] as const),
  ]);
  const limit = Math.max(2, typed.length * 0.4);
  const close = [...scores]
    .filter(([, score]) => score <= limit)
    .sort(([a, left], [b, right]) => left - right || apart(a, typed) - apart(b, typed));
  return {
    ok: false,
    message:
      family.length > 1
        ? `"${typed}" may be any of several devices.`
        : `"${typed}" is neither a target, a triplet nor a device that is known here.`,
    nearest: family.length > 0 ? family : close.slice(0, mostSuggestions).map(([name]) => name),
    legal: systemsOf(catalogue),
  };
}

/** Systems spelled almost so first, then those that most programs are built for. */
function likelySystems(ports: Catalogue['ports'], goos: string, catalogue: Catalogue): string[] {
  const usual = ['linux', 'windows', 'darwin'];
  const rank = (port: { readonly goos: string }): number => {
    const typos = distance(port.goos, goos);
    if (typos <= Math.max(2, goos.length * 0.3)) return typos;
    return usual.includes(port.goos) ? 100 + usual.indexOf(port.goos) : 200 + typos;
  };
  return defaultsOf(
    [...ports].sort((a, b) => rank(a) - rank(b)),
    catalogue,
  ).slice(0, mostSuggestions);
}

function usablePorts(catalogue: Catalogue): Catalogue['ports'] {
  return catalogue.ports.filter((it) => !it.broken);
}

function hasPort(target: Target, catalogue: Catalogue): boolean {
  return usablePorts(catalogue).some((it) => it.goos === target.goos && it.goarch === target.goarch);
}

/** Each port's default target, which is the first of its kind in the catalogue. */
function defaultsOf(ports: Catalogue['ports'], catalogue: Catalogue): string[] {
  return ports.flatMap((port) => {
    const target = catalogue.targets.find((it) => it.goos === port.goos && it.goarch === port.goarch);
    return target === undefined ? [] : [targetId(target)];
  });
}

/** CPUs spelled almost so first; where there are none, the system's first-class ports. */
function likelyCpus(siblings: Catalogue['ports'], goarch: string, catalogue: Catalogue): string[] {
  const limit = Math.max(2, goarch.length * 0.4);
  const close = siblings
    .map((port) => ({ port, typos: port.goarch.startsWith(goarch) ? 0 : distance(port.goarch, goarch) }))
    .filter(({ typos }) => typos <= limit)
    .sort((a, b) => a.typos - b.typos)
    .map(({ port }) => port);
  const usual = siblings.filter((it) => it.firstClass);
  const likely = close.length > 0 ? close : usual.length > 0 ? usual : siblings;
  return defaultsOf(likely, catalogue).slice(0, mostSuggestions);
}

/** By edit distance, then by how far their numbers are apart: after v5 comes v4, not v2. */
function sorted(names: readonly string[], typed: string): string[] {
  const typos = new Map(names.map((name) => [name, distance(name, typed)]));
  return [...typos]
    .sort(([a, left], [b, right]) => left - right || apart(a, typed) - apart(b, typed))
    .map(([name]) => name);
}

/** How far the last numbers in two texts are apart. */
function apart(a: string, b: string): number {
  const last = (text: string): number => Number(/(\d+(?:\.\d+)?)\D*$/.exec(text)?.[1] ?? 0);
  return Math.abs(last(a) - last(b));
}

function deviceDistance(device: Device, typed: string): number {
  const name = normalDeviceName(typed.slice(0, 60));
  const normal = [device.name, ...device.aliases].map((it) => editDistance(normalDeviceName(it), name));
  return Math.min(distance(device.name, typed), ...normal);
}

function distance(name: string, typed: string): number {
  return editDistance(name.toLowerCase(), typed.slice(0, 60));
}
