import type { ArtifactFacts, Mismatch } from '../artifact/facts.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { Target } from '../target/target.js';
import type { ProbedToolchain } from '../toolchain/toolchain.js';

/** A Go `main` package that can be built. */
export interface MainPackage {
  readonly importPath: string;
  /** Absolute folder of the package. */
  readonly directory: string;
  /** Absolute folder of the module it belongs to (where go.mod is). */
  readonly moduleDirectory: string;
  /** File name of the program without extension, as `go build` would choose it. */
  readonly name: string;
  /** Its module lies beside a go.work that does not name it: it is built with GOWORK=off. */
  readonly outsideWorkspace?: boolean;
}

/** How to build: what a task and a request say alike. Absent fields take crossbow.yaml's defaults. */
export interface BuildChoices {
  readonly tags?: readonly string[];
  readonly ldflags?: string;
  readonly trimpath?: boolean;
  /** Value of go's `-mod`. */
  readonly mod?: string;
  /** A program that needs no loader and no shared library; checked on its bytes. */
  readonly static?: boolean;
  /** `auto`: on where Go supports cgo for the target and a proven toolchain is there, else off. */
  readonly cgo?: 'auto' | 'on' | 'off';
  /** Variables that win over everything else. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path of the artifact, absolute or relative to the root; default `dist/<target>/<name>`. */
  readonly output?: string;
}

/** What to build; one package for one target. */
export interface BuildRequest extends BuildChoices {
  readonly target: Target;
  readonly package: MainPackage;
  /** Folder that holds `dist/`: the workspace folder, or crossbow.yaml's. */
  readonly root: string;
}

/** What happens while a build runs, in order; adapters show it. */
export type BuildEvent =
  | { readonly kind: 'command'; readonly line: string }
  /** Text as people know it from go: goes to the terminal unchanged. */
  | { readonly kind: 'output'; readonly text: string; readonly importPath?: string }
  /** `done` and `total` count packages; `total` is absent until Go has said how many are to be built. */
  | { readonly kind: 'progress'; readonly done: number; readonly total?: number; readonly importPath: string }
  | { readonly kind: 'artifact'; readonly artifact: Artifact };

export interface Artifact {
  /** Absolute. */
  readonly path: string;
  readonly target: Target;
  readonly importPath: string;
  readonly facts: ArtifactFacts;
  readonly mismatches: readonly Mismatch[];
}

export interface BuildResult {
  readonly target: Target;
  readonly importPath: string;
  readonly outcome: 'ok' | 'failed' | 'cancelled';
  readonly artifacts: readonly Artifact[];
  readonly diagnoses: readonly Diagnosis[];
  /** The toolchain that was used, where cgo was on. */
  readonly toolchain?: ProbedToolchain;
  /** Import paths of what needs C and is not Go's own; absent where nobody had to ask. */
  readonly cgoPackages?: readonly string[];
  /** The command as a shell line that does the same anywhere. */
  readonly shellCommand: string;
  /** Wall time in milliseconds. */
  readonly durationMs: number;
  /** Id of its X-ray, where the go command was run and told of its work. */
  readonly xray?: string;
}
