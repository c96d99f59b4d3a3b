import type { Host } from '../ports.js';
import { levelVariables } from '../target/levels.js';
import type { Target } from '../target/target.js';

/** Variables that choose the platform; the target alone decides them. */
const platformVariables = ['GOOS', 'GOARCH', ...levelVariables, 'GOWASM', 'CGO_ENABLED'];

/**
 * Variables that point a C compiler, its preprocessor, linker or pkg-config at the host. Set for a native build, they
 * reach a cross build too: host headers and libraries are then found first. They are kept only for the host's own port.
 * The search variables are GCC's (GCC manual, "Environment Variables Affecting GCC"); clang reads the same ones.
 */
const compilerVariables = [
  'CC',
  'CXX',
  'FC',
  'AR',
  'CGO_CFLAGS',
  'CGO_CPPFLAGS',
  'CGO_CXXFLAGS',
  'CGO_FFLAGS',
  'CGO_LDFLAGS',
  'PKG_CONFIG',
  'PKG_CONFIG_PATH',
  'PKG_CONFIG_LIBDIR',
  'PKG_CONFIG_SYSROOT_DIR',
  'CPATH',
  'C_INCLUDE_PATH',
  'CPLUS_INCLUDE_PATH',
  'OBJC_INCLUDE_PATH',
  'LIBRARY_PATH',
  'COMPILER_PATH',
  'GCC_EXEC_PREFIX',
];

/** What decides a build's environment, weakest first. */
export interface EnvironmentLayers {
  readonly target: Target;
  /** The level's variable: GOARM=7, GOAMD64=v3, … */
  readonly level: Readonly<Record<string, string>>;
  /** `default` leaves the decision to Go, as a plain `go build` on the host does. */
  readonly cgo: 'on' | 'off' | 'default';
  readonly toolchain: Readonly<Record<string, string>>;
  /** From crossbow.yaml: defaults, then the target's. */
  readonly config: Readonly<Record<string, string>>;
  /** From the task or the command line; wins over everything. */
  readonly task: Readonly<Record<string, string>>;
}

export interface BuildEnvironment {
  /** The whole environment of the go command. */
  readonly env: Readonly<Record<string, string>>;
  /** What was set beside the host's environment, in a stable order, for showing and copying. */
  readonly added: readonly (readonly [name: string, value: string])[];
  /** What the host has set and the build must not see. */
  readonly removed: readonly string[];
}

/** The environment of a build: the host's without what would mislead it, then target, toolchain, configuration and task. */
export function buildEnvironment(host: Host, layers: EnvironmentLayers): BuildEnvironment {
  const { target } = layers;
  const sameName =
    host.platform === 'win32'
      ? (a: string, b: string) => a.toUpperCase() === b.toUpperCase()
      : (a: string, b: string) => a === b;
  const native = isHostPort(host, target);

  const added = new Map<string, string>();
  const set = (name: string, value: string): void => {
    for (const known of added.keys()) {
      if (sameName(known, name)) added.delete(known);
    }
    added.set(name, value);
  };
  const layersInOrder: readonly Readonly<Record<string, string>>[] = [
    { GOOS: target.goos, GOARCH: target.goarch },
    layers.level,
    layers.cgo === 'default' ? {} : { CGO_ENABLED: layers.cgo === 'on' ? '1' : '0' },
    layers.toolchain,
    layers.config,
    layers.task,
    // Diagnoses read the tools' words, which gcc, ld and the C library translate otherwise.
    { LC_ALL: 'C' },
  ];
  for (const layer of layersInOrder) {
    for (const [name, value] of Object.entries(layer)) set(name, value);
  }

  const unwanted = native ? platformVariables : [...platformVariables, ...compilerVariables];
  const env: Record<string, string> = {};
  const removed: string[] = [];
  for (const [name, value] of Object.entries(host.env)) {
    if ([...added.keys()].some((it) => sameName(it, name))) continue;
    if (unwanted.some((it) => sameName(it, name))) removed.push(name);
    else env[name] = value;
  }
  return { env: { ...env, ...Object.fromEntries(added) }, added: [...added], removed };
}

/** Whether the target is the host's own port, whatever the level: there a plain `go build` finds its C compiler itself. */
export function isHostPort(host: Host, target: Target): boolean {
  return target.goos === hostGoos(host) && target.goarch === host.goarch;
}

/** GOOS of the host. */
export function hostGoos(host: Pick<Host, 'platform'>): string {
  return host.platform === 'win32' ? 'windows' : host.platform;
}
