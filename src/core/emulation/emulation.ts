import type { ArtifactFacts } from '../artifact/facts.js';
import type { Target } from '../target/target.js';

/** What to run. */
export interface EmulationRequest {
  /** Absolute path of the program. */
  readonly path: string;
  readonly target: Target;
  readonly facts: ArtifactFacts;
  /** The device's CPU in qemu's words; ignored where this qemu doesn't know it. */
  readonly emulatorCpu?: string;
  /** The toolchain's, with the target's loader and C library. */
  readonly sysroot?: string;
  /** Arguments for the program itself. */
  readonly args?: readonly string[];
  /** The go command, asked where GOROOT is: the files that run js/wasm are in there. */
  readonly goPath?: string;
}

/** How to run an artifact on this host; an adapter puts it in a terminal. */
export type EmulationPlan =
  /** `program` with `args` runs it: the artifact itself where the host can, else qemu-user with `-L` and `-cpu`. */
  | {
      readonly kind: 'run';
      readonly program: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      /** What runs it, for people: "qemu-arm-static 7.2, CPU cortex-a53". */
      readonly description: string;
    }
  /** An emulator exists for this target but is not installed here. */
  | { readonly kind: 'missing'; readonly message: string; readonly packages: readonly string[] }
  /** Nothing here can run such a binary (darwin on Linux, …). */
  | { readonly kind: 'impossible'; readonly message: string };
