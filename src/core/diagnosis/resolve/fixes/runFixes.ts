import { type Target, targetId } from '../../../target/target.js';
import type { Fix } from '../../diagnosis.js';
import { disableCgo } from './cgoFixes.js';
import { provenToolchains, setCompiler } from './compilerFixes.js';
import { advice, type FixBuilder, type FixScene, targetChange, withoutVariables } from './fixScene.js';
import { dropStatic, staticMusl } from './libraryFixes.js';
import { install, zigCommand } from './packages.js';

/** glibc of Debian 10 and RHEL 8: old enough for what still runs, and the oldest that zig and Go's own floor allow easily. */
const usualFloor = '2.28';

/** zig names the oldest glibc in its target: `arm-linux-gnueabihf.2.28`. */
export const oldGlibc: FixBuilder = async (scene) => {
  const standardOnly = await onlyStandardCgo(scene);
  const off = disableCgo(scene);
  const floor = await glibcFloor(scene);
  const musl = await staticMusl(scene);
  const fallback = advice(
    'Build where glibc is as old as on the device',
    'Build on the older distribution or in its container, or link statically.',
  );
  return [...(standardOnly ? [off] : []), ...floor, ...musl, ...(standardOnly ? [] : [off]), fallback];
};

async function glibcFloor(scene: FixScene): Promise<readonly Fix[]> {
  const zig = (await provenToolchains(scene)).find((it) => it.toolchain.kind === 'zig');
  const triplet = scene.platform?.zigTargets.find((name) => name.includes('-gnu'));
  if (triplet === undefined) return [];
  const wanted = /^GLIBC_(\d+\.\d+)/.exec(scene.finding.facts.symbolVersion ?? '')?.[1];
  const floor =
    wanted !== undefined && Number(wanted.split('.')[1]) <= Number(usualFloor.split('.')[1])
      ? '2.17'
      : usualFloor;
  if (zig === undefined)
    return [
      {
        kind: 'install-packages',
        title: 'Install zig, which links for an older glibc',
        proven: false,
        edit: { kind: 'command', command: await zigCommand(scene) },
      },
    ];
  const withFloor = (command: string): string =>
    command.replace(/(-target[= ]|--target=)\S+/, `$1${triplet}.${floor}`);
  const cc = withFloor(zig.toolchain.cc);
  return [
    {
      kind: 'set-compiler',
      title: `Link ${scene.name} for glibc ${floor} with zig`,
      proven: false,
      edit: {
        kind: 'config',
        changes: [
          ...targetChange(scene, ['cc'], cc),
          ...(zig.toolchain.cxx === undefined
            ? []
            : targetChange(scene, ['cxx'], withFloor(zig.toolchain.cxx))),
          ...withoutVariables(scene, ['CC', 'CXX']),
        ],
      },
    },
  ];
}

/** Whether nothing but Go's own net, os/user and plugin use cgo: they have pure Go ways. */
async function onlyStandardCgo({ inquiry, target }: FixScene): Promise<boolean> {
  const graph = target === undefined ? undefined : await inquiry.graph(target);
  if (graph === undefined) return false;
  return [...graph.packages.values()].every((item) => item.standard || item.cgoFiles.length === 0);
}

/** glibc's code against musl, or a musl binary on glibc: the other compiler. */
export const mixedLibc: FixBuilder = async (scene) => [
  ...(await setCompiler(scene)),
  ...(await staticMusl(scene)),
  advice(
    'Use one C library',
    'Compiler, headers, libraries and the system that runs the program must all be glibc, or all musl; a static program needs neither.',
  ),
];

export const missingLoader: FixBuilder = async (scene) => {
  const { loader } = scene.finding.facts;
  const sysroot = scene.platform?.triplets[0];
  const evidence = scene.finding.evidence.map(({ text }) => text).join('\n');
  const emulated: readonly Fix[] =
    /qemu/i.test(evidence + scene.finding.detail) && sysroot !== undefined
      ? [
          advice(
            `Give qemu the sysroot: -L /usr/${sysroot}`,
            `Run with \`-L /usr/${sysroot}\` (or QEMU_LD_PREFIX), where ${loader ?? 'the loader'} is.`,
          ),
        ]
      : [];
  const standardOnly = await onlyStandardCgo(scene);
  return [
    ...emulated,
    ...(standardOnly ? [disableCgo(scene)] : []),
    ...(await staticMusl(scene)),
    advice(
      'Link statically, or ship the loader',
      `${loader ?? 'The loader'} is not on the system that runs the program: link with \`-linkmode external -extldflags -static\`, build without cgo, or use an image that has it.`,
    ),
  ];
};

export const wrongMachine: FixBuilder = (scene) => {
  const qemu = scene.platform?.qemuUser;
  return [
    advice(
      'Run it on its own machine, or under an emulator',
      qemu === undefined
        ? `The program is for ${scene.name}; build for the machine that runs it. A GOOS or GOARCH left by \`go env -w\` goes with \`go env -u GOOS GOARCH\`.`
        : `The program is for ${scene.name}: run it with ${qemu}, or build for the machine that runs it. Tools that run while building (go generate) are built without GOOS and GOARCH.`,
    ),
  ];
};

export const illegalInstruction: FixBuilder = async (scene) => {
  const lower = lowerTarget(scene.target);
  const compilers = await setCompiler(scene);
  const change: readonly Fix[] =
    lower === undefined
      ? []
      : [
          {
            kind: 'set-level',
            title: `Build for ${targetId(lower)} instead`,
            proven: false,
            edit: { kind: 'target', target: targetId(lower) },
          },
        ];
  const isCode = /c-library|cgo|artifact/.test(scene.finding.detail);
  return isCode
    ? [...compilers, ...change]
    : [
        ...change,
        ...compilers,
        ...(change.length + compilers.length === 0
          ? [
              advice(
                "Choose the device's level",
                'Build for the level that the CPU has; pick the device by name.',
              ),
            ]
          : []),
      ];
};

/** One step down the levels, to one that more CPUs have. */
function lowerTarget(target: Target | undefined): Target | undefined {
  if (target === undefined) return undefined;
  const { goos, goarch, level } = target;
  switch (goarch) {
    case 'arm':
      return { goos, goarch, level: level === undefined || level.startsWith('v7') ? 'v6' : 'v5' };
    case 'mips':
    case 'mipsle':
    case 'mips64':
    case 'mips64le':
      return level === 'softfloat' ? undefined : { goos, goarch, level: 'softfloat' };
    case '386':
      return level === 'softfloat' ? undefined : { goos, goarch, level: 'softfloat' };
    default:
      return level === undefined ? undefined : { goos, goarch };
  }
}

export const unalignedAtomic: FixBuilder = () => [
  advice(
    'Use atomic.Int64',
    'Fields of type atomic.Int64 and atomic.Uint64 are aligned on 32-bit CPUs too; or put the 64-bit field first in its struct.',
  ),
];

export const emulatorCrash: FixBuilder = (scene) => [
  ...(scene.target?.goarch === '386' && scene.host.goarch === 'amd64'
    ? [
        advice(
          'Run it without an emulator',
          'An amd64 Linux runs 386 programs by itself; qemu-i386 up to 7.2 crashes on Go.',
        ),
      ]
    : []),
  advice(
    'Use a newer qemu, or cross-compile',
    'The emulator failed, not the program: use qemu 8 or newer, and build on the host instead of under emulation.',
  ),
];

export const missingQemu: FixBuilder = async (scene) => [
  ...(await install(scene, 'Install qemu for user-mode emulation', {
    apt: ['qemu-user-static'],
    dnf: ['qemu-user-static'],
    apk: [scene.platform?.qemuUser ?? 'qemu-arm'],
    pacman: ['qemu-user-static'],
    zypper: ['qemu-linux-user'],
  })),
  advice(
    'Install qemu',
    "Install qemu's user-mode emulators; on macOS and Windows run the program in a container.",
  ),
];

export const staticUnsupported: FixBuilder = (scene) => dropStatic(scene);

/** getaddrinfo and its like need the same glibc at run time: Go has its own ways. */
export const staticWarning: FixBuilder = ({ inquiry }) => {
  const { tags = [] } = inquiry.context.config.defaults;
  const wanted = [...new Set([...tags, 'netgo', 'osusergo'])];
  return [
    {
      kind: 'set-tags',
      title: "Use Go's own resolver: tags netgo and osusergo",
      proven: false,
      edit: { kind: 'config', changes: [{ path: ['defaults', 'tags'], value: wanted }] },
    },
  ];
};
