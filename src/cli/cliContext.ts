import type { Crossbow } from '../core/crossbow.js';
import type { CancelSignal, Ports } from '../core/ports.js';
import type { CliOutput } from './cliOutput.js';

/** What a command works with. */
export interface CliContext {
  readonly crossbow: Crossbow;
  readonly ports: Ports;
  readonly output: CliOutput;
  /** Absolute. */
  readonly cwd: string;
  /** Absolute: where the pages of causes are (docs/causes). They are files beside the bundle, not part of it. */
  readonly causesFolder: string;
  /** Absolute: the bundles of the views, which exported pages are made of. */
  readonly viewsFolder: string;
  /** Aborted by Ctrl-C and by a request to end. */
  readonly signal: CancelSignal;
}

/** Exit codes that CI can trust. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** Wrong usage or set-up: nothing was built. */
  setup: 2,
  /** 128 + SIGINT, as shells report it. */
  cancelled: 130,
} as const;

/** Wrong usage or set-up, told in one message; ends the program with {@link exitCodes}.setup. */
export function setupError(message: string, details: Readonly<Record<string, unknown>> = {}): Error {
  return Object.assign(new Error(message), { name: 'SetupError', details });
}

/** The details of an error made by {@link setupError}; undefined for every other error. */
export function setupErrorDetails(error: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!(error instanceof Error) || error.name !== 'SetupError' || !('details' in error)) return undefined;
  return error.details as Readonly<Record<string, unknown>>;
}
