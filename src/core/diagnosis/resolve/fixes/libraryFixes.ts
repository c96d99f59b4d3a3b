import type { ConfigChange } from '../../../config/config.js';
import type { Fix, FixEdit } from '../../diagnosis.js';
import { lackingLibraries } from './askedLibraries.js';
import { onPath, provenToolchains, setCompiler, wrongCompiler } from './compilerFixes.js';
import {
  advice,
  type FixBuilder,
  type FixScene,
  resetFlags,
  setVariable,
  targetChange,
  together,
  trimmedVariable,
  variableOf,
  withoutVariables,
} from './fixScene.js';
import { debianPackage } from './libraryNames.js';
import { aptCommand, installerOf, installToolchain } from './packages.js';
import { pkgConfigChanges, usePkgConfigFolder } from './pkgConfigFolders.js';

function usesPkgConfig({ finding }: FixScene): boolean {
  return finding.facts.pkgConfigName !== undefined || finding.cause.startsWith('pkg-config');
}

/** Installs the library for the target, with the paths that go with it. */
export async function installLibrary(scene: FixScene): Promise<readonly Fix[]> {
  const { finding, native, platform, name } = scene;
  const found = debianPackage(finding.facts);
  const what = finding.facts.library ?? finding.facts.pkgConfigName ?? finding.facts.header ?? 'the library';
  const installer = await installerOf(scene);
  if (found === undefined || installer !== 'apt')
    return [
      advice(
        native ? `Install the development files of ${what}` : `Get ${what} for ${name}`,
        native
          ? `Install the package with the headers and the library of ${what}.`
          : `Put the headers and the library of ${what}, built for ${name}, into a sysroot, and set sysroot and pkg-config for the target in crossbow.yaml.`,
      ),
    ];
  if (!native && platform?.dpkgArch === undefined)
    return [
      advice(
        `Get ${what} for ${name}`,
        `Debian has no ${what} for ${name}: build it, and point CGO_CFLAGS and CGO_LDFLAGS at it.`,
      ),
    ];
  const guess = found.known ? '' : ' (the name is a guess)';
  // A guess that is wrong would take the others with it.
  const lacking = found.known ? await lackingLibraries(scene) : [];
  const names = [...new Set([found.name, ...lacking.map((it) => it.debian)])];
  const viaPkgConfig = usesPkgConfig(scene) || lacking.some((it) => it.pkgConfig);
  return [
    {
      kind: 'install-packages',
      title: `Install ${names.join(', ')}${native ? '' : ` for ${name} (${platform?.dpkgArch ?? ''})`}${guess}`,
      proven: false,
      edit: await installForTarget(scene, names, viaPkgConfig),
    },
  ];
}

/** Debian's packages for the target's architecture, and pkg-config with its settings where it is what finds them. */
export async function installForTarget(
  scene: FixScene,
  names: readonly string[],
  viaPkgConfig: boolean,
): Promise<Extract<FixEdit, { kind: 'command' }>> {
  const { native, platform } = scene;
  const tool = viaPkgConfig && !(await onPath(scene, 'pkg-config')) ? ['pkg-config'] : [];
  const changes = viaPkgConfig ? pkgConfigChanges(scene) : [];
  const arch = native ? undefined : platform?.dpkgArch;
  const packages = [...names.map((it) => (arch === undefined ? it : `${it}:${arch}`)), ...tool];
  const command = await aptCommand(scene, packages, arch);
  return { kind: 'command', command, ...(changes.length === 0 ? {} : { changes }) };
}

/** musl's own compiler has no other libraries: glibc's compiler has them. */
async function glibcInstead(scene: FixScene): Promise<readonly Fix[]> {
  if (!/musl/.test(scene.own.cc ?? variableOf(scene, 'CC') ?? '')) return [];
  return setCompiler(scene);
}

export const missingLibrary: FixBuilder = async (scene) => [
  ...(await glibcInstead(scene)),
  ...(await usePkgConfigFolder(scene)),
  ...(await installLibrary(scene)),
];

export const missingSharedLibrary: FixBuilder = async (scene) => {
  const library = scene.finding.facts.library ?? scene.finding.facts.object ?? 'the library';
  return [
    advice(
      `Ship ${library} with the program`,
      `Put ${library} where the loader looks on the device, or name its folder with LD_LIBRARY_PATH or -rpath.`,
    ),
    ...(await staticMusl(scene)),
  ];
};

export const missingStaticLibrary: FixBuilder = async (scene) => [
  ...dropStatic(scene),
  ...(await staticMusl(scene)),
  advice(
    'Provide the static library',
    'Install the package that has the .a file (usually the -dev package), or build it.',
  ),
];

/** Takes -static out of the settings that crossbow.yaml has. */
export function dropStatic(scene: FixScene): readonly Fix[] {
  const { ldflags } = scene.inquiry.context.config.defaults;
  const kept = ldflags
    ?.replace(/-extldflags[= ]("-static"|'-static'|-static)(?=\s|$)/g, '')
    .replace(/(^|[\s"'=])-static(?=[\s"']|$)/g, '$1')
    .trim();
  const changes: ConfigChange[] =
    kept === undefined || kept === ldflags
      ? []
      : [{ path: ['defaults', 'ldflags'], value: kept === '' ? null : kept }];
  const flags = variableOf(scene, 'CGO_LDFLAGS');
  if (flags !== undefined && /(^|\s)-static(\s|$)/.test(flags))
    changes.push(
      ...targetChange(scene, ['env', 'CGO_LDFLAGS'], flags.replace(/(^|\s)-static(?=\s|$)/g, '').trim()),
    );
  const title = 'Link dynamically: drop -static';
  return changes.length === 0
    ? [advice(title, 'Drop -static from -ldflags, -extldflags or CGO_LDFLAGS.')]
    : [{ kind: 'set-ldflags', title, proven: false, edit: { kind: 'config', changes } }];
}

/** A proven toolchain that links against musl, whose static binaries run anywhere. */
export async function staticMusl(scene: FixScene): Promise<readonly Fix[]> {
  const musl = (await provenToolchains(scene)).find((it) => /musl/.test(it.toolchain.cc));
  if (musl === undefined) return [];
  const { ldflags } = scene.inquiry.context.config.defaults;
  const wanted = '-linkmode external -extldflags -static';
  return [
    {
      kind: 'set-compiler',
      title: `Link statically against musl with ${musl.toolchain.cc}`,
      proven: false,
      edit: {
        kind: 'config',
        changes: [
          ...targetChange(scene, ['cc'], musl.toolchain.cc),
          ...(musl.toolchain.cxx === undefined ? [] : targetChange(scene, ['cxx'], musl.toolchain.cxx)),
          ...withoutVariables(scene, ['CC', 'CXX']),
          { path: ['defaults', 'ldflags'], value: ldflags === undefined ? wanted : `${ldflags} ${wanted}` },
        ],
      },
    },
  ];
}

export const missingLibatomic: FixBuilder = (scene) => {
  const flags = variableOf(scene, 'CGO_LDFLAGS');
  return [
    setVariable(
      scene,
      'CGO_LDFLAGS',
      flags === undefined ? '-latomic' : `${flags} -latomic`,
      'Link with libatomic',
    ),
  ];
};

export const oldLibrary: FixBuilder = (scene) => {
  const library = scene.finding.facts.library ?? scene.finding.facts.pkgConfigName ?? 'the library';
  return [
    advice(
      `Use a newer ${library}`,
      `The binding needs a newer ${library} than the one found: install it, or use an older version of the Go package.`,
    ),
  ];
};

const searchVariables = ['CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_LDFLAGS'];

/** Include and library paths of the host reach the target's compiler through these variables. */
export const hostPaths: FixBuilder = async (scene) => {
  const guilty = searchVariables.filter((name) =>
    /-[IL]\s*\/usr\/(?:local\/)?(?:include|lib)|-isystem\s*\/usr/.test(variableOf(scene, name) ?? ''),
  );
  const resets = together(
    guilty.map((name) => resetFlags(scene, name, `Drop the host's paths from ${name}`)),
    `Drop the host's paths from ${guilty.join(' and ')}`,
  );
  return [
    ...(await resetsAndLibraries(scene, resets)),
    ...resets,
    ...(await glibcInstead(scene)),
    ...(guilty.length > 0 ? [] : [resetFlags(scene, 'CGO_CFLAGS', "Drop the host's paths from CGO_CFLAGS")]),
    ...(debianPackage(scene.finding.facts)?.known === true ? await installLibrary(scene) : []),
    advice(
      "Keep the host's paths out",
      "Drop -I/usr/include and -L/usr/lib from #cgo lines, CGO_CFLAGS and CGO_LDFLAGS: the target's compiler has its own.",
    ),
  ];
};

/** The host's paths were given because the library was looked for: without them it has to be there for the target. */
async function resetsAndLibraries(scene: FixScene, [reset]: readonly Fix[]): Promise<readonly Fix[]> {
  if (reset?.edit.kind !== 'config' || scene.native || scene.platform?.dpkgArch === undefined) return [];
  if ((await installerOf(scene)) !== 'apt') return [];
  const lacking = await lackingLibraries(scene);
  if (lacking.length === 0) return [];
  const names = lacking.map((it) => it.debian);
  const edit = await installForTarget(
    scene,
    names,
    lacking.some((it) => it.pkgConfig),
  );
  return [
    {
      kind: 'install-packages',
      title: `Install ${names.join(', ')} for ${scene.name}, and ${uncapitalised(reset.title)}`,
      proven: false,
      edit: { ...edit, changes: [...reset.edit.changes, ...(edit.changes ?? [])] },
    },
  ];
}

function uncapitalised(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

export const foreignObject: FixBuilder = async (scene) => {
  const { object, machine, library } = scene.finding.facts;
  const what = object ?? library ?? 'the file';
  const made = machine === undefined ? '' : `, which is for ${machine}`;
  return [
    ...(library === undefined ? [] : [...(await hostPaths(scene)).filter((fix) => fix.kind !== 'advice')]),
    advice(
      `Rebuild ${what} for ${scene.name}`,
      `Build ${what}${made}, anew with the target's compiler, or name it so that other targets leave it out (name_linux_arm64.syso).`,
    ),
  ];
};

export const prebuilt: FixBuilder = (scene) => [
  ...(scene.finding.detail === 'archive-not-pic' ? withoutPie(scene) : []),
  advice(
    'Get the matching build of the archive',
    `${scene.finding.facts.object ?? 'The archive'} was made for another C library, C++ runtime or linking convention: get the one for ${scene.name}, or build it.`,
  ),
];

/** A program that is loaded at one address takes an archive that was compiled for one. */
function withoutPie(scene: FixScene): readonly Fix[] {
  const changes = trimmedVariable(scene, 'GOFLAGS', /(?:^|\s+)--?buildmode=pie(?=\s|$)/g);
  const title = `Leave -buildmode=pie out for ${scene.name}`;
  return changes.length === 0
    ? []
    : [{ kind: 'set-environment', title, proven: false, edit: { kind: 'config', changes } }];
}

export const badSysroot: FixBuilder = async (scene) => {
  const guilty = ['CGO_CFLAGS', 'CGO_LDFLAGS'].filter((name) =>
    /--sysroot/.test(variableOf(scene, name) ?? ''),
  );
  const own: readonly Fix[] =
    scene.own.sysroot === undefined
      ? []
      : [
          {
            kind: 'set-environment',
            title: `Drop the sysroot ${scene.own.sysroot}`,
            proven: false,
            edit: { kind: 'config', changes: targetChange(scene, ['sysroot'], null) },
          },
        ];
  return [
    ...guilty.map((name) => resetFlags(scene, name, `Drop --sysroot from ${name}`)),
    ...own,
    ...(await wrongCompiler(scene)),
  ];
};

/** A C library for the target: another proven compiler has one; else the packages that carry it. */
export const missingLibc: FixBuilder = async (scene) => {
  const proven = await setCompiler(scene);
  return [...proven, ...(proven.length > 0 ? [] : await installToolchain(scene))];
};
