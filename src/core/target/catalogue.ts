import type { Device } from './devices.js';
import type { Target } from './target.js';

/** A port of the installed Go, as `go tool dist list -json` tells it. */
export interface Port {
  readonly goos: string;
  readonly goarch: string;
  readonly cgoSupported: boolean;
  readonly firstClass: boolean;
  readonly broken: boolean;
}

/** What can be built for: ports, their levels, and the devices that name them. */
export interface Catalogue {
  /** As `go env GOVERSION` prints it, or undefined for the built-in list. */
  readonly goVersion?: string;
  readonly ports: readonly Port[];
  /** Every target: each port at its default level first, then its further levels. Broken ports left out. */
  readonly targets: readonly Target[];
  readonly devices: readonly Device[];
}
