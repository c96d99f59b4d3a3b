import type { Target } from './target.js';

/** A board or machine people name instead of a target. */
export interface Device {
  /** Stable kebab-case id, such as raspberry-pi-3b-plus. */
  readonly id: string;
  /** As its maker writes it: Raspberry Pi 3B+. */
  readonly name: string;
  readonly target: Target;
  /** qemu-user's `-cpu` model; absent where qemu has none that fits. */
  readonly emulatorCpu?: string;
  /** Other spellings people type, lower case. */
  readonly aliases: readonly string[];
}
