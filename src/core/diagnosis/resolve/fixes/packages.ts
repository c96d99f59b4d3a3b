import type { Fix } from '../../diagnosis.js';
import { debianToolchainPackages } from '../../../target/platforms.js';
import type { FixScene } from './fixScene.js';

/** Systems that install software by a command, told by the tool that is there. */
type Installer = 'apt' | 'dnf' | 'apk' | 'pacman' | 'zypper' | 'brew' | 'none';

const installers: readonly (readonly [Installer, string])[] = [
  ['apt', '/usr/bin/apt-get'],
  ['dnf', '/usr/bin/dnf'],
  ['apk', '/sbin/apk'],
  ['pacman', '/usr/bin/pacman'],
  ['zypper', '/usr/bin/zypper'],
];

export async function installerOf({ host, inquiry }: FixScene): Promise<Installer> {
  if (host.platform === 'darwin') return 'brew';
  if (host.platform !== 'linux') return 'none';
  for (const [name, path] of installers) if (await inquiry.exists(path)) return name;
  return 'none';
}

/** A name per installer; where one is missing, that system has no such package. */
export type PackageNames = Partial<Record<Installer, readonly string[]>>;

/** The command that installs the packages, or undefined where this system has none of that kind. */
export async function installCommand(scene: FixScene, names: PackageNames): Promise<string | undefined> {
  const installer = await installerOf(scene);
  const packages = names[installer] ?? [];
  if (packages.length === 0) return undefined;
  const list = packages.join(' ');
  switch (installer) {
    case 'apt':
      return aptCommand(scene, packages);
    case 'dnf':
      return `sudo dnf install ${list}`;
    case 'apk':
      return `sudo apk add ${list}`;
    case 'pacman':
      return `sudo pacman -S ${list}`;
    case 'zypper':
      return `sudo zypper install ${list}`;
    case 'brew':
      return `brew install ${list}`;
    case 'none':
      return undefined;
  }
}

/**
 * apt's command, with its lists brought up to date where there are none, as in an image, or none of a foreign
 * architecture. Whether the packages can be had decides the installation, not the update: that one fails as a whole where
 * a single source does, such as one without the architecture.
 *
 * @param arch Debian's name of a foreign architecture that the packages are for.
 */
export async function aptCommand(
  { inquiry }: Pick<FixScene, 'inquiry'>,
  packages: readonly string[],
  arch?: string,
): Promise<string> {
  const installation = `sudo apt-get install ${packages.join(' ')}`;
  if (arch !== undefined) return `sudo dpkg --add-architecture ${arch}; sudo apt-get update; ${installation}`;
  return (await aptLists(inquiry)) === 'empty' ? `sudo apt-get update; ${installation}` : installation;
}

async function aptLists(inquiry: FixScene['inquiry']): Promise<'absent' | 'empty' | 'filled'> {
  const lists = '/var/lib/apt/lists';
  if (!(await inquiry.exists(lists))) return 'absent';
  const names = await inquiry.ports.files.list(lists);
  return names.some((name) => name.includes('_Packages')) ? 'filled' : 'empty';
}

/** Whether this release of the distribution has no such packages: a cross gcc for a young CPU is in later ones only. */
async function isUnknownToApt(scene: FixScene, packages: readonly string[]): Promise<boolean> {
  const { inquiry, host } = scene;
  if (!inquiry.context.trusted || (await installerOf(scene)) !== 'apt') return false;
  if ((await aptLists(inquiry)) !== 'filled') return false;
  const { outcome, stdout } = await inquiry.ports.runner.run('apt-cache', ['policy', ...packages], {
    cwd: host.homeDirectory,
    env: { ...host.env, LC_ALL: 'C' },
    timeoutMs: 20_000,
  });
  if (outcome.kind !== 'exited' || outcome.code !== 0) return false;
  return packages.some(
    (name) => !new RegExp(`^${name.replace(/[+.]/g, '\\$&')}:\n.*\n  Candidate: [^(]`, 'm').test(stdout),
  );
}

export async function install(scene: FixScene, title: string, names: PackageNames): Promise<readonly Fix[]> {
  const command = await installCommand(scene, names);
  return command === undefined
    ? []
    : [{ kind: 'install-packages', title, proven: false, edit: { kind: 'command', command } }];
}

/**
 * Brings a C toolchain for the target: the distribution's cross gcc with its C library where there is one that links
 * programs, and zig, which needs no root.
 */
export async function installToolchain(
  scene: FixScene,
  language: 'c' | 'c++' | 'fortran' = 'c',
): Promise<readonly Fix[]> {
  const names = toolchainPackages(scene, language);
  const command = await installCommand(scene, names);
  const what = language === 'c' ? 'C' : language === 'c++' ? 'C++' : 'Fortran';
  const title = `Install a ${what} compiler for ${scene.name}`;
  const fixes: Fix[] = [];
  if (command !== undefined)
    fixes.push({
      kind: 'install-packages',
      title: `${title}: ${(names[await installerOf(scene)] ?? []).join(' ')}`,
      proven: false,
      edit: { kind: 'command', command },
    });
  const zig = scene.platform?.zigTargets[0];
  // What runtime/cgo links with on macOS is in Apple's SDK, which zig has not.
  const serves = zig !== undefined && scene.target?.goos !== 'darwin' && !(await hasZig(scene));
  if (language !== 'fortran' && serves && !scene.native) {
    const zigInstall = await zigCommand(scene);
    fixes.push({
      kind: 'install-packages',
      title: `Install zig, which compiles C for ${scene.name}${/\bsudo\b/.test(zigInstall) ? '' : ' and needs no root'}`,
      proven: false,
      edit: { kind: 'command', command: zigInstall },
    });
  }
  // What can't be had today may be after an update of the lists, or of the system.
  const [first, second] = fixes;
  if (first !== undefined && second !== undefined && (await isUnknownToApt(scene, names.apt ?? [])))
    return [second, first];
  return fixes;
}

/** zig is here, and was tried for the target: to install it once more would change nothing. */
async function hasZig({ inquiry, target }: FixScene): Promise<boolean> {
  if (target === undefined) return false;
  const report = await inquiry.report(target);
  return (
    report?.candidates.some(
      ({ toolchain, reason }) => toolchain.kind === 'zig' && !/^not tried/.test(reason),
    ) === true
  );
}

function toolchainPackages(scene: FixScene, language: 'c' | 'c++' | 'fortran'): PackageNames {
  const { target, platform, native, host } = scene;
  if (target === undefined) return {};
  const debian = [...debianToolchainPackages(target, host.goarch, language === 'c++')];
  const triplet = platform?.triplets[0];
  if (language === 'fortran' && triplet !== undefined)
    debian.push(native ? 'gfortran' : `gfortran-${triplet.replaceAll('_', '-')}`);
  if (native)
    return {
      apt: debian,
      dnf: [
        'gcc',
        ...(language === 'c++' ? ['gcc-c++'] : []),
        ...(language === 'fortran' ? ['gcc-gfortran'] : []),
      ],
      apk: ['build-base', ...(language === 'fortran' ? ['gfortran'] : [])],
      pacman: ['gcc', ...(language === 'fortran' ? ['gcc-fortran'] : [])],
      zypper: [
        'gcc',
        ...(language === 'c++' ? ['gcc-c++'] : []),
        ...(language === 'fortran' ? ['gcc-fortran'] : []),
      ],
      brew: ['gcc'],
    };
  if (target.goos === 'windows') {
    const is64 = target.goarch === 'amd64';
    const known = is64 || target.goarch === '386';
    return {
      apt: debian,
      ...(known
        ? {
            dnf: [
              is64 ? 'mingw64-gcc' : 'mingw32-gcc',
              ...(language === 'c++' ? [is64 ? 'mingw64-gcc-c++' : 'mingw32-gcc-c++'] : []),
            ],
            apk: [is64 ? 'mingw-w64-gcc' : 'i686-mingw-w64-gcc'],
            pacman: ['mingw-w64-gcc'],
            zypper: [is64 ? 'mingw64-cross-gcc' : 'mingw32-cross-gcc'],
            brew: ['mingw-w64'],
          }
        : {}),
    };
  }
  if (target.goos !== 'linux') return { apt: debian };
  // Fedora's cross gccs have no C library ("only building kernels is currently supported"); Alpine has none: zig there.
  const brew = brewToolchain(triplet);
  const arch = target.goarch === 'arm64' || target.goarch === 'riscv64' ? triplet : undefined;
  return {
    apt: debian,
    ...(arch === undefined ? {} : { pacman: [`${arch}-gcc`] }),
    ...(brew === undefined ? {} : { brew: [`messense/macos-cross-toolchains/${brew}`] }),
  };
}

/** Formulae of the tap messense/macos-cross-toolchains are named by triplet with the vendor `unknown`. */
function brewToolchain(triplet: string | undefined): string | undefined {
  switch (triplet) {
    case 'arm-linux-gnueabihf':
      return 'armv7-unknown-linux-gnueabihf';
    case 'arm-linux-gnueabi':
      return 'arm-unknown-linux-gnueabi';
    case 'aarch64-linux-gnu':
    case 'x86_64-linux-gnu':
    case 'i686-linux-gnu':
    case 'mipsel-linux-gnu':
      return triplet.replace('-linux', '-unknown-linux');
    default:
      return undefined;
  }
}

/**
 * zig from PyPI installs for one user; a Python that the system manages wants to be told that this is meant (PEP 668). Where the
 * system's Python came without pip, as Debian's does, pip goes first, and that needs root.
 */
export async function zigCommand(scene: FixScene): Promise<string> {
  const { host, inquiry } = scene;
  if (host.platform === 'win32') return 'py -m pip install --user ziglang';
  if (host.platform === 'darwin') return 'brew install zig';
  const pip = (await lacksPip(scene)) ? await installCommand(scene, pipPackages) : undefined;
  // Debian's pip recommends all that builds packages from source, which zig's is not.
  const before =
    pip === undefined
      ? ''
      : `${pip.replace('apt-get install ', 'apt-get install --no-install-recommends ')} && `;
  for (const version of ['3.11', '3.12', '3.13', '3.14', '3.15'])
    if (await inquiry.exists(`/usr/lib/python${version}/EXTERNALLY-MANAGED`))
      return `${before}python3 -m pip install --user --break-system-packages ziglang`;
  // A Python that comes with pip may be managed too; a pip that knows of no such thing passes over the variable.
  return before === ''
    ? 'python3 -m pip install --user ziglang'
    : `${before}PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip install --user ziglang`;
}

const pipPackages: PackageNames = {
  apt: ['python3-pip'],
  dnf: ['python3-pip'],
  apk: ['py3-pip'],
  pacman: ['python-pip'],
  zypper: ['python3-pip'],
};

/** The first python3 of PATH is the system's own, and none of pip's programs is beside it. */
async function lacksPip({ host, inquiry }: FixScene): Promise<boolean> {
  for (const folder of (host.env['PATH'] ?? '').split(':').filter(Boolean)) {
    if (await inquiry.exists(`${folder}/pip3`)) return false;
    if (await inquiry.exists(`${folder}/python3`)) return folder === '/usr/bin' || folder === '/bin';
  }
  // No Python at all: the package of pip brings it.
  return true;
}
