import type { Ports } from '../ports.js';
import { platformOf } from '../target/platforms.js';
import { targetId, type Target } from '../target/target.js';
import type { Candidate } from './candidate.js';
import { splitCommand } from './commandWords.js';
import type { ProgramIndex } from './programIndex.js';

/** Raised whenever a probe asks for more, so that older outcomes no longer count. */
const probeVersion = 2;

/**
 * Everything a probe's outcome depends on, as a key: the compiler's file, its words and settings, the target, the
 * emulator, and the folders that installing a C library changes. Undefined where the compiler can't be told by a file.
 */
export async function fingerprint(
  { files, host }: Ports,
  index: ProgramIndex,
  { toolchain, identity }: Candidate,
  target: Target,
): Promise<string | undefined> {
  const split = splitCommand(toolchain.cc);
  const program = split.ok ? split.words[0] : undefined;
  if (program === undefined) return undefined;
  const path = host.isAbsolute(program) ? program : await index.program(program);
  const compiler = path === undefined ? undefined : await fileMark(path);
  if (compiler === undefined) return undefined;
  const platform = platformOf(target);
  const qemu = platform?.qemuUser;
  const emulator =
    qemu === undefined ? undefined : ((await index.program(qemu)) ?? (await index.program(`${qemu}-static`)));
  const triplet = platform?.triplets[0];
  const folders = [
    ...(triplet === undefined ? [] : [`/usr/${triplet}/lib`, `/usr/${triplet}/include`]),
    ...(platform?.multiarch === undefined ? [] : [`/usr/lib/${platform.multiarch}`]),
    '/usr/include',
  ];
  return JSON.stringify([
    probeVersion,
    targetId(target),
    toolchain,
    identity,
    compiler,
    emulator === undefined ? undefined : await fileMark(emulator),
    ...(host.platform === 'win32'
      ? []
      : await Promise.all(folders.map(async (it) => (await stat(it))?.mtimeMs))),
  ]);

  async function stat(file: string) {
    return files.stat(file).catch(() => undefined);
  }
  async function fileMark(file: string): Promise<readonly unknown[] | undefined> {
    const real = (await files.realPath(file).catch(() => undefined)) ?? file;
    const found = await stat(real);
    return found === undefined ? undefined : [real, found.size, found.mtimeMs];
  }
}
