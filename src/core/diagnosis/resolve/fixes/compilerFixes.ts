import type { ConfigChange } from '../../../config/config.js';
import type { ProbedToolchain } from '../../../toolchain/toolchain.js';
import type { Fix } from '../../diagnosis.js';
import {
  advice,
  type FixBuilder,
  type FixScene,
  targetChange,
  variableOf,
  withoutVariables,
} from './fixScene.js';
import { missingLinker } from './linkerFixes.js';
import { installToolchain } from './packages.js';

/** Variables that name a compiler and would win over crossbow.yaml's own keys. */
const compilerVariables = ['CC', 'CXX', 'AR'];

/** How many proven compilers are offered; more is a list to read, not a fix. */
export const offered = 3;

/** The proven toolchains for the target, best first; the one that is being complained about left out. */
export async function provenToolchains(scene: FixScene): Promise<readonly ProbedToolchain[]> {
  if (scene.target === undefined) return [];
  const report = await scene.inquiry.report(scene.target);
  const blamed = new Set([
    scene.own.cc,
    scene.own.env?.['CC'],
    scene.inquiry.context.config.defaults.env?.['CC'],
  ]);
  return (report?.candidates ?? []).filter((it) => it.verdict === 'proven' && !blamed.has(it.toolchain.cc));
}

/** Sets the compilers to proven ones, and takes out of crossbow.yaml what would still win over them. */
export async function setCompiler(scene: FixScene): Promise<readonly Fix[]> {
  const proven = await provenToolchains(scene);
  return proven.slice(0, offered).map((probed): Fix => ({
    kind: 'set-compiler',
    title: `Set CC for ${scene.name} to ${probed.toolchain.cc} (proven)`,
    proven: true,
    edit: { kind: 'config', changes: compilerChanges(scene, probed, followsFromName(probed)) },
  }));
}

/** Whether `cc` alone says it all: its companions and settings are found by its name, see `configuredCandidate`. */
function followsFromName({ toolchain: { kind, cc } }: ProbedToolchain): boolean {
  return kind === 'zig' || (kind !== 'native' && kind !== 'configured' && /^[\w.+-]+$/.test(cc));
}

/**
 * What crossbow.yaml needs for the toolchain, so that nothing of another one is left beside it.
 *
 * @param brief sets beside `cc` only what already stands there with another value.
 */
export function compilerChanges(
  scene: FixScene,
  { toolchain }: ProbedToolchain,
  brief = false,
): readonly ConfigChange[] {
  const { own } = scene;
  const needed = (current: string | undefined, value: string): boolean =>
    brief ? current !== undefined && current !== value : true;
  const unwanted = (['cxx', 'ar'] as const).filter(
    (key) => own[key] !== undefined && toolchain[key] === undefined,
  );
  return [
    ...targetChange(scene, ['cc'], toolchain.cc),
    ...(['cxx', 'ar'] as const).flatMap((key) => {
      const value = toolchain[key];
      return value !== undefined && needed(own[key], value) ? targetChange(scene, [key], value) : [];
    }),
    ...unwanted.flatMap((key) => targetChange(scene, [key], null)),
    // A sysroot of another toolchain leads its compiler astray; the proof was made without it.
    ...(own.sysroot === undefined ? [] : targetChange(scene, ['sysroot'], null)),
    ...Object.entries(toolchain.env).flatMap(([name, value]) =>
      needed(own.env?.[name], value) ? targetChange(scene, ['env', name], value) : [],
    ),
    ...withoutVariables(
      scene,
      compilerVariables.filter((name) => toolchain.env[name] === undefined),
    ),
    ...cgoOn(scene),
  ];
}

/** Turns cgo on where crossbow.yaml turns it off. */
export function cgoOn(scene: FixScene): readonly ConfigChange[] {
  const { own, inquiry } = scene;
  const isOff = (own.cgo ?? inquiry.context.config.defaults.cgo) === 'off';
  return [...(isOff ? targetChange(scene, ['cgo'], 'on') : []), ...withoutVariables(scene, ['CGO_ENABLED'])];
}

/** A proven compiler, else what brings one. */
export const wrongCompiler: FixBuilder = async (scene) => {
  const { ldflags } = scene.inquiry.context.config.defaults;
  // -extld calls another driver than CC to link: CC may be right, and setting it would not help.
  if (ldflags !== undefined && /(?:^|\s)-extld[= ]/.test(ldflags)) {
    const [drop] = await missingLinker(scene);
    if (drop?.edit.kind === 'config') return [drop, ...(await setCompiler(scene))];
  }
  const proven = await setCompiler(scene);
  if (proven.length > 0) return proven;
  const installs = await installToolchain(scene);
  return installs.length > 0 ? namingWhatComes(scene, installs) : [noToolchain(scene)];
};

/** A CC that is set to another program would be called still: what the packages bring has to be named too. */
function namingWhatComes(scene: FixScene, [first, ...rest]: readonly Fix[]): readonly Fix[] {
  const triplet = scene.platform?.triplets[0];
  const program = scene.native || triplet === undefined ? 'gcc' : `${triplet}-gcc`;
  const set = scene.own.cc ?? variableOf(scene, 'CC');
  if (first?.edit.kind !== 'command' || isZig(first) || set === undefined || set === program)
    return first === undefined ? [] : [first, ...rest];
  const changes = [...targetChange(scene, ['cc'], program), ...withoutVariables(scene, compilerVariables)];
  return [{ ...first, edit: { ...first.edit, changes } }, ...rest];
}

/** zig's package is another compiler altogether, found by itself. */
export function isZig({ edit }: Fix): boolean {
  return edit.kind === 'command' && /\bzig(?:lang)?\b/.test(edit.command);
}

/** Where nothing can be installed by a command: Apple's, Android's and the BSDs' compilers, and pure Go as the way out. */
export function noToolchain(scene: FixScene): Fix {
  const goos = scene.target?.goos;
  const how =
    goos === 'darwin' || goos === 'ios'
      ? "Apple's SDK is needed: build on a Mac, or set up osxcross with an SDK and set its o64-clang or oa64-clang as cc."
      : goos === 'android'
        ? "Android's NDK is needed: install it and set ANDROID_NDK_HOME; Crossbow then finds its clang by itself."
        : goos === undefined
          ? 'Name the target, so that a compiler for it can be looked for.'
          : `Get clang with a sysroot of ${goos} and set it as cc, or build without cgo.`;
  return advice(`Get a C compiler for ${scene.name}`, how);
}

export async function onPath({ host, inquiry }: FixScene, program: string): Promise<boolean> {
  const suffixes = host.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of host.searchPath)
    for (const suffix of suffixes)
      if (await inquiry.exists(host.join(folder, `${program}${suffix}`))) return true;
  return false;
}

/** Objective-C comes with clang, or with gobjc beside gcc. */
export const missingObjc: FixBuilder = async (scene) => [
  ...(await setCompiler(scene)),
  advice('Install an Objective-C compiler', 'Install clang, or gobjc beside gcc, and set it as cc.'),
];

/** A cross compiler reaches a native build: out with it, wherever it is set. */
export const leakedCompiler: FixBuilder = async (scene) => {
  const removals = withoutVariables(scene, [...compilerVariables, 'FC']);
  const own: readonly ConfigChange[] = scene.own.cc === undefined ? [] : targetChange(scene, ['cc'], null);
  const changes = [...own, ...removals];
  const unset: Fix = {
    kind: 'set-compiler',
    title: `Take the foreign compiler out of crossbow.yaml for ${scene.name}`,
    proven: false,
    edit: { kind: 'config', changes },
  };
  return [
    ...(await setCompiler(scene)),
    ...(changes.length > 0 ? [unset] : []),
    advice(
      'Unset CC where the native build runs',
      'Run `unset CC CXX AR`, and `go env -u CC CXX AR` where `go env -w` has set them.',
    ),
  ];
};

/** Objects of an earlier compiler. go caches by CC's words and version, not by what its sysroot holds. */
export const staleCache: FixBuilder = () => [
  {
    kind: 'advice',
    title: 'Empty the build cache',
    proven: false,
    edit: { kind: 'command', command: 'go clean -cache' },
  },
];

export const zigQuirk: FixBuilder = async (scene) => {
  const others = (await provenToolchains(scene)).filter((it) => it.toolchain.kind !== 'zig');
  const fixes = others.slice(0, 1).map((probed): Fix => ({
    kind: 'set-compiler',
    title: `Set CC for ${scene.name} to ${probed.toolchain.cc} (proven)`,
    proven: true,
    edit: { kind: 'config', changes: compilerChanges(scene, probed) },
  }));
  const { flag } = scene.finding.facts;
  return [
    ...fixes,
    advice(
      'Go round what zig does not take',
      flag === undefined
        ? 'Use a newer zig, or drop -s and -x from the linker flags.'
        : `zig does not take ${flag}: drop it, or use a newer zig.`,
    ),
  ];
};
