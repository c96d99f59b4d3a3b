import type { Catalogue } from './catalogue.js';
import { findDevices } from './deviceNames.js';
import type { Device } from './devices.js';
import { parseLevel } from './levels.js';
import { refuseLevel, refusePort, refuseText, systemsOf, type Refusal } from './refusal.js';
import { readSpelling } from './spelling.js';
import type { Target } from './target.js';
import { isBareMetalTriplet, targetsOfTriplet } from './triplets.js';

/** What a text means, or why it means nothing. */
export type ParsedTarget =
  | {
      readonly ok: true;
      readonly target: Target;
      /** The device, where the text names one. */
      readonly device?: Device;
    }
  | Refusal;

/**
 * Reads a target as people type it: `linux/arm/v7`, `linux-armv7`, `arm-linux-gnueabihf`, `aarch64`,
 * `GOOS=linux GOARCH=arm GOARM=6`, `macos arm64`, `win64`, `armhf`, a Rust triple, a zig target, `pi 3b+`. Case and
 * spaces don't matter; a CPU alone means Linux. What the catalogue's Go can't build for is refused, with the legal
 * values and the nearest matches. Never throws.
 */
export function parseTarget(text: string, catalogue: Catalogue): ParsedTarget {
  // Nothing that names a target is longer; the limit keeps the work small for a pasted file.
  const typed = text.slice(0, 300).trim().toLowerCase().replace(/\s+/g, ' ');
  if (typed === '')
    return { ok: false, message: 'No target is named.', nearest: [], legal: systemsOf(catalogue) };

  const exact = ofPort(typed, catalogue);
  if (exact !== undefined) return exact;

  const named = findDevices(typed, catalogue.devices);
  const [device] = named;
  if (device !== undefined && named.length === 1) return { ok: true, target: device.target, device };
  if (device !== undefined) {
    const names = named.map((it) => it.name);
    return { ok: false, message: `"${typed}" may be any of several devices.`, nearest: names, legal: names };
  }

  const [closest] = /[ =/]/.test(typed) ? [] : targetsOfTriplet(typed);
  if (closest !== undefined) return check(closest.goos, closest.goarch, closest.level, catalogue);
  if (isBareMetalTriplet(typed)) {
    const message = `"${typed}" is a triplet for bare metal: without an operating system there is no Go target.`;
    return { ok: false, message, nearest: [], legal: systemsOf(catalogue) };
  }

  const reading = readSpelling(typed);
  if (reading.goarch === undefined) return refuseText(typed, reading, catalogue);
  return check(reading.goos ?? 'linux', reading.goarch, reading.level, catalogue);
}

/** A target written as its id, for ports whose names no table here knows either. */
function ofPort(typed: string, catalogue: Catalogue): ParsedTarget | undefined {
  const [goos = '', goarch = '', level, ...more] = typed.split('/').map((part) => part.trim());
  const known = catalogue.ports.some((it) => it.goos === goos && it.goarch === goarch);
  return known && more.length === 0 ? check(goos, goarch, level, catalogue) : undefined;
}

/** Holds what was read against the ports of this Go and the levels of the CPU. */
function check(goos: string, goarch: string, level: string | undefined, catalogue: Catalogue): ParsedTarget {
  const port = catalogue.ports.find((it) => it.goos === goos && it.goarch === goarch);
  if (port === undefined || port.broken) return refusePort(goos, goarch, catalogue);
  const parsed = parseLevel(goarch, level ?? '');
  if (!parsed.ok) return refuseLevel(port, level ?? '', parsed.legal, catalogue);
  return {
    ok: true,
    target: { goos, goarch, ...(parsed.level === undefined ? {} : { level: parsed.level }) },
  };
}
