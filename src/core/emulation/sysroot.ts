import type { ArtifactFacts } from '../artifact/facts.js';
import type { Ports } from '../ports.js';
import { platformOf } from '../target/platforms.js';
import type { Target } from '../target/target.js';

/** Where a dynamic program's loader is. */
export type LoaderPlace =
  /** A static program, or one whose loader this system has at the very place. */
  | { readonly kind: 'in-place' }
  | { readonly kind: 'sysroot'; readonly folder: string; readonly loader: string }
  | { readonly kind: 'missing'; readonly message: string; readonly packages: readonly string[] };

/** Debian's architecture by the loader's name, where one target may have more than one C library. */
const debianArchitectures: Readonly<Record<string, string>> = {
  '/lib/ld-linux-armhf.so.3': 'armhf',
  '/lib/ld-linux.so.3': 'armel',
};

const armTriplets = ['arm-linux-gnueabihf', 'arm-linux-gnueabi'];

/** Looks for the loader a program names: in the toolchain's sysroot, in this system, in the folders of cross compilers. */
export async function findLoader(
  { files, host }: Pick<Ports, 'files' | 'host'>,
  target: Target,
  { interpreter }: Pick<ArtifactFacts, 'interpreter'>,
  sysroot: string | undefined,
): Promise<LoaderPlace> {
  if (interpreter === undefined) return { kind: 'in-place' };
  const loaderIn = (folder: string): string => host.join(folder, ...interpreter.split('/'));
  const has = async (path: string): Promise<boolean> =>
    (await files.stat(path).catch(() => undefined))?.kind === 'file';

  if (sysroot !== undefined && (await has(loaderIn(sysroot)))) {
    return { kind: 'sysroot', folder: sysroot, loader: loaderIn(sysroot) };
  }
  if (await has(interpreter)) return { kind: 'in-place' };
  const triplets = [...(platformOf(target)?.triplets ?? []), ...(target.goarch === 'arm' ? armTriplets : [])];
  // Debian and Arch: /usr/TRIPLET; Fedora: sys-root below it; crosstool-ng and Linaro: libc or sysroot.
  const folders = triplets.flatMap((triplet) =>
    [[], ['sys-root'], ['libc'], ['sysroot']].map((below) => host.join('/usr', triplet, ...below)),
  );
  for (const folder of folders) {
    if (await has(loaderIn(folder))) return { kind: 'sysroot', folder, loader: loaderIn(folder) };
  }
  return missingLoader(target, interpreter, sysroot);
}

function missingLoader(target: Target, interpreter: string, sysroot: string | undefined): LoaderPlace {
  const tried = sysroot === undefined ? '' : ` The toolchain's sysroot ${sysroot} has not got it either.`;
  if (interpreter.includes('/ld-musl-')) {
    return {
      kind: 'missing',
      message: `The program needs musl's loader ${interpreter}, which is not here.${tried} Link it statically (-ldflags "-extldflags=-static"), or name the sysroot of a musl toolchain.`,
      packages: [],
    };
  }
  const architecture = debianArchitectures[interpreter] ?? platformOf(target)?.dpkgArch;
  const packages = architecture === undefined ? [] : [`libc6-${architecture}-cross`];
  const advice =
    packages.length === 0 ? '' : ` On Debian and Ubuntu the package ${packages.join(' ')} brings it.`;
  return {
    kind: 'missing',
    message: `The program needs the loader ${interpreter}, which is not here.${tried}${advice}`,
    packages,
  };
}
