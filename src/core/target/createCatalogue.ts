import { builtInPorts } from './builtInPorts.js';
import type { Catalogue, Port } from './catalogue.js';
import { devices } from './devices.js';
import { listedLevels } from './levels.js';
import { targetId, type Target } from './target.js';

/**
 * The catalogue of an installed Go, from its own list of ports, or of the built-in list where there is no Go.
 * Levels that some device has are listed too (`linux/arm64/v8.2,crypto`). Devices this Go has no port for are left out.
 */
export function createCatalogue(ports: readonly Port[] = builtInPorts, goVersion?: string): Catalogue {
  const usable = ports.filter((port) => !port.broken);
  const known = devices.filter(({ target }) =>
    usable.some((port) => port.goos === target.goos && port.goarch === target.goarch),
  );
  const targets = new Map<string, Target>();
  for (const { goos, goarch } of usable) {
    const listed = listedLevels(goos, goarch).map((level) => ({
      goos,
      goarch,
      ...(level === undefined ? {} : { level }),
    }));
    const named = known
      .map((device) => device.target)
      .filter((it) => it.goos === goos && it.goarch === goarch);
    for (const target of [...listed, ...named]) targets.set(targetId(target), target);
  }
  return {
    ...(goVersion === undefined ? {} : { goVersion }),
    ports,
    targets: [...targets.values()],
    devices: known,
  };
}
