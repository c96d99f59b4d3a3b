import type { ConfigChange } from '../../../config/config.js';
import { targetId } from '../../../target/target.js';
import type { ProbedToolchain } from '../../../toolchain/toolchain.js';
import { splitCommand } from '../../../toolchain/commandWords.js';
import type { Fix } from '../../diagnosis.js';
import { advice, type FixBuilder, type FixScene, targetChange, withoutVariables } from './fixScene.js';
import { installToolchain } from './packages.js';

/** Variables that name a compiler and would win over crossbow.yaml's own keys. */
const compilerVariables = ['CC', 'CXX', 'AR'];

/** How many proven compilers are offered; more is a list to read, not a fix. */
const offered = 3;

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
  return installs.length > 0 ? installs : [noToolchain(scene)];
};

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

export const wrongCxx: FixBuilder = async (scene) => {
  const candidates = (await provenOrOwn(scene))
    .filter((it) => it.toolchain.cxx !== undefined)
    .slice(0, offered);
  const judged = await Promise.all(
    candidates.map(async (probed) => ({ probed, links: await linksCxx(scene, probed.toolchain.cxx ?? '') })),
  );
  const fixes = judged
    .filter(({ links }) => links)
    .map(({ probed }): Fix => ({
      kind: 'set-compiler',
      title: `Set CXX for ${scene.name} to ${probed.toolchain.cxx ?? ''}, beside ${probed.toolchain.cc} (proven)`,
      proven: true,
      edit: { kind: 'config', changes: compilerChanges(scene, probed) },
    }));
  return [...fixes, ...(fixes.length === 0 ? await installToolchain(scene, 'c++') : [])];
};

/** The toolchain's proof is for C: a clang++ may lack the target's C++ library. */
async function linksCxx({ inquiry }: FixScene, cxx: string): Promise<boolean> {
  const { ports, context } = inquiry;
  const split = splitCommand(cxx);
  const [program, ...flags] = split.ok ? split.words : [];
  if (program === undefined || !context.trusted) return false;
  const folder = await ports.files.makeTemporaryDirectory('crossbow-cxx-');
  try {
    const output = ports.host.join(folder, 'probe');
    const { outcome } = await ports.runner.run(program, [...flags, '-x', 'c++', '-', '-o', output], {
      cwd: folder,
      stdin:
        '#include <string>\n#include <iostream>\nint main() { std::cout << std::string("c++"); return 0; }\n',
      timeoutMs: 60_000,
    });
    return outcome.kind === 'exited' && outcome.code === 0;
  } finally {
    await ports.files.remove(folder);
  }
}

/** The configured compiler may be right where only its C++ side is missing. */
async function provenOrOwn(scene: FixScene): Promise<readonly ProbedToolchain[]> {
  if (scene.target === undefined) return [];
  const report = await scene.inquiry.report(scene.target);
  return (report?.candidates ?? []).filter((it) => it.verdict === 'proven');
}

export const wrongFortran: FixBuilder = async (scene) => {
  const triplet = scene.platform?.triplets[0];
  const program = scene.native || triplet === undefined ? 'gfortran' : `${triplet}-gfortran`;
  const isHere = await onPath(scene, program);
  const set: Fix = {
    kind: 'set-compiler',
    title: `Set FC for ${scene.name} to ${program}`,
    proven: false,
    edit: { kind: 'config', changes: targetChange(scene, ['fc'], program) },
  };
  if (isHere) return scene.target === undefined ? [] : [set];
  const installs = await installToolchain(scene, 'fortran');
  // The command brings the program; crossbow.yaml has to name it, as go looks for plain gfortran.
  return installs.map((fix): Fix =>
    fix.edit.kind === 'command'
      ? { ...fix, edit: { ...fix.edit, changes: targetChange(scene, ['fc'], program) } }
      : fix,
  );
};

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

/** -fuse-ld names a linker that isn't there: the default one links as well. */
export const missingLinker: FixBuilder = (scene) => {
  const flags = ['CGO_LDFLAGS', 'CGO_CFLAGS'].flatMap((name) => withoutLinkerFlag(scene, name));
  const ldflags = scene.inquiry.context.config.defaults.ldflags;
  const kept = withoutLinkerChoice(ldflags);
  const changes = [
    ...flags,
    ...(kept === undefined || kept === ldflags
      ? []
      : [{ path: ['defaults', 'ldflags'], value: kept === '' ? null : kept }]),
  ];
  const drop: Fix = {
    kind: 'set-ldflags',
    title: 'Use the default linker of the compiler',
    proven: false,
    edit: { kind: 'config', changes },
  };
  const linker = scene.finding.facts.program ?? scene.finding.facts.value ?? 'the linker';
  return [
    ...(changes.length > 0 ? [drop] : []),
    advice(
      'Install the linker that is asked for',
      `Install ${linker} (packages lld, mold, binutils), or drop -fuse-ld and -extld.`,
    ),
  ];
};

/** Go's linker flags without -extld and -fuse-ld, and without the -extldflags that held nothing else. */
function withoutLinkerChoice(ldflags: string | undefined): string | undefined {
  return ldflags
    ?.replace(/\s*-extldflags(?:=|\s+)(?:-fuse-ld=[^\s'"]+|(['"])-fuse-ld=[^\s'"]+\1)/g, '')
    .replace(/\s*-fuse-ld=[^\s'"]+/g, '')
    .replace(/\s*-extld(?:=|\s+)\S+/g, '')
    .trim();
}

/** CGO_LDFLAGS=-fuse-ld=lld without that flag; set for the target, as it may come from the environment. */
function withoutLinkerFlag(scene: FixScene, name: string): readonly ConfigChange[] {
  const { own, inquiry, host, target } = scene;
  const value =
    own.env?.[name] ??
    inquiry.context.config.defaults.env?.[name] ??
    inquiry.context.env?.[name] ??
    host.env[name];
  if (value === undefined || target === undefined || !/-fuse-ld=/.test(value)) return [];
  const kept = value.replace(/\s*-fuse-ld=\S+/g, '').trim();
  const path = ['toolchains', targetId(target), 'env', name];
  return own.env?.[name] !== undefined && kept === '' ? [{ path, value: null }] : [{ path, value: kept }];
}

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
