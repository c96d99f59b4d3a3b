import type { Target } from '../target/target.js';

/** What the engine is told beside the log. All of it may be missing. */
export interface DiagnosisContext {
  /** The platform being built for. Absent: read from the log where it shows. */
  readonly target?: Target;
  /** The platform the build runs on. */
  readonly host?: { readonly goos: string; readonly goarch: string };
  /** The C compiler in use, as Go's CC. */
  readonly compiler?: string;
  /** CGO_ENABLED of the build. */
  readonly cgoEnabled?: boolean;
  /** The code that was built is on this machine, so that a build for the machine itself failed for want of what it lacks. */
  readonly builtHere?: boolean;
}

/** The part of the log that one go action, or one program, printed. */
export interface Block {
  readonly id: number;
  /** Import path from `# path`, from a JSON event, or from `go build path:`. */
  readonly package?: string;
  /** The program of `running gcc failed: exit status 1`. */
  driver?: string;
  /** Archives that `ld` skipped, by library name. */
  readonly skipped: Map<string, string>;
  /** Files of the current `In file included from` chain, the includer first. */
  includes: string[];
  /** The object that the last `in function` line was about. */
  object?: string;
  /** Set by `loadinternal: cannot find runtime/cgo`: this link has no cgo. */
  runtimeCgoMissing: boolean;
  /** A shared library that another one needs and ld did not find. */
  needed?: string;
  /** Lines of a `# runtime/cgo` block that no rule knew. */
  readonly unknown: { readonly line: number; readonly text: string }[];
}

/** What earlier lines told, for the rules of later ones. Bounded: nothing here grows with the log. */
export interface Scene {
  readonly context: DiagnosisContext;
  block: Block;
  /** The latest build command that the log shows with its settings. */
  readonly command: CommandSettings;
  /** Host platform by the path of go's tools: `pkg/tool/linux_amd64/link`. */
  toolHost?: { readonly goos: string; readonly goarch: string };
  /** The runtime/cgo package or a `_cgo_` file was compiled: cgo is on. */
  cgoSeen: boolean;
  /** The log shows a musl system (apk, ld-musl, musl-gcc). */
  muslSeen: boolean;
  /** The log shows that the link is static. */
  staticSeen: boolean;
  /** Tools run under an emulator, by the log: a stage of another platform in a buildx build. */
  emulated: boolean;
  /** zig is the C compiler, by its words in the log. */
  zigSeen: boolean;
}

interface CommandSettings {
  goos?: string;
  goarch?: string;
  level?: string;
  cc?: string;
  cgo?: string;
}

export function createScene(context: DiagnosisContext): Scene {
  return {
    context,
    block: newBlock(0, undefined),
    command: {},
    cgoSeen: false,
    muslSeen: /musl/.test(context.compiler ?? ''),
    staticSeen: false,
    emulated: false,
    zigSeen: /(?:^|[\\/])zig(?:\.exe)?\b/.test(context.compiler ?? ''),
  };
}

export function newBlock(id: number, importPath: string | undefined): Block {
  return {
    id,
    ...(importPath === undefined ? {} : { package: importPath }),
    skipped: new Map(),
    includes: [],
    runtimeCgoMissing: false,
    unknown: [],
  };
}

/** The target's GOOS as given, else as the log shows it. */
export function goosOf(scene: Scene): string | undefined {
  return scene.context.target?.goos ?? scene.command.goos;
}

export function goarchOfTarget(scene: Scene): string | undefined {
  return scene.context.target?.goarch ?? scene.command.goarch;
}

/** The platform the build runs on, as told, else by the path of go's tools. */
function hostOf(scene: Scene): { readonly goos: string; readonly goarch: string } | undefined {
  return scene.toolHost ?? scene.context.host;
}

/** Whether the build is for the machine it runs on; undefined where one side is unknown. */
export function isNative(scene: Scene): boolean | undefined {
  const host = hostOf(scene);
  const goos = goosOf(scene);
  const goarch = goarchOfTarget(scene);
  if (host === undefined || (goos === undefined && goarch === undefined)) return undefined;
  return (goos ?? host.goos) === host.goos && (goarch ?? host.goarch) === host.goarch;
}

/** For a sentence: `linux/arm64`, or "the target" where it is not known. */
export function targetWords(scene: Scene): string {
  const goos = goosOf(scene);
  const goarch = goarchOfTarget(scene);
  return goarch === undefined ? 'the target' : `${goos ?? 'linux'}/${goarch}`;
}
