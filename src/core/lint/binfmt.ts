import type { Ports } from '../ports.js';
import type { Target } from '../target/target.js';
import type { Interpreter } from './lint.js';

/** The kernel's list of interpreters (Linux, Documentation/admin-guide/binfmt-misc.rst). */
const folder = '/proc/sys/fs/binfmt_misc';

/** ELF's class (1: 32 bits, 2: 64), byte order (1: little, 2: big) and e_machine, System V gABI. */
const elfOf: Readonly<Record<string, readonly [bits: 1 | 2, order: 1 | 2, machine: number]>> = {
  '386': [1, 1, 3],
  amd64: [2, 1, 62],
  arm: [1, 1, 40],
  arm64: [2, 1, 183],
  loong64: [2, 1, 258],
  mips: [1, 2, 8],
  mipsle: [1, 1, 8],
  mips64: [2, 2, 8],
  mips64le: [2, 1, 8],
  ppc64: [2, 2, 21],
  ppc64le: [2, 1, 21],
  riscv64: [2, 1, 243],
  s390x: [2, 2, 22],
};

interface Registration {
  readonly program: string;
  readonly fixed: boolean;
  readonly matches: (header: Uint8Array) => boolean;
}

/**
 * How containers of this machine would run each CPU's Linux programs. The kernel compares the first bytes of a program
 * with what is registered, and so does this: names of entries are anyone's choice.
 */
export async function readInterpreters(
  ports: Pick<Ports, 'files' | 'host'>,
): Promise<(target: Target) => Interpreter> {
  const { files, host } = ports;
  const registrations: Registration[] = [];
  if (host.platform === 'linux') {
    for (const name of await files.list(folder).catch((): readonly string[] => [])) {
      if (name === 'register' || name === 'status') continue;
      const text = await files.readText(`${folder}/${name}`).catch(() => undefined);
      const registration = text === undefined ? undefined : readRegistration(text);
      if (registration !== undefined) registrations.push(registration);
    }
  }
  return ({ goarch }) => {
    const isNative =
      goarch === host.goarch ||
      (host.goarch === 'amd64' && goarch === '386') ||
      (host.goarch === 'arm64' && goarch === 'arm');
    if (isNative) return { kind: 'native' };
    if (host.platform !== 'linux') return { kind: 'unknown' };
    const header = headerOf(goarch);
    const found = header === undefined ? undefined : registrations.find((it) => it.matches(header));
    return found === undefined
      ? { kind: 'missing' }
      : { kind: 'registered', program: found.program, fixed: found.fixed };
  };
}

/** `enabled`, `interpreter /usr/bin/qemu-arm`, `flags: OCF`, `offset 0`, `magic 7f45…`, `mask ffff…`, a line each. */
function readRegistration(text: string): Registration | undefined {
  const field = (name: string): string | undefined => new RegExp(`^${name}:? *(.*)$`, 'm').exec(text)?.[1];
  const program = field('interpreter');
  const magic = bytes(field('magic'));
  if (!/^enabled$/m.test(text) || program === undefined || magic.length === 0) return undefined;
  const mask = bytes(field('mask'));
  const offset = Number(field('offset') ?? 0);
  return {
    program,
    fixed: field('flags')?.includes('F') === true,
    matches: (header) =>
      magic.every((byte, index) => {
        const bits = mask[index] ?? 0xff;
        return ((header[offset + index] ?? 0) & bits) === (byte & bits);
      }),
  };
}

function bytes(hex: string | undefined): readonly number[] {
  return (hex?.match(/[0-9a-f]{2}/gi) ?? []).map((it) => Number.parseInt(it, 16));
}

/** The first 20 bytes of an executable for the CPU: all that registrations look at. */
function headerOf(goarch: string): Uint8Array | undefined {
  const elf = elfOf[goarch];
  if (elf === undefined) return undefined;
  const [bits, order, machine] = elf;
  const half = (value: number): readonly number[] =>
    order === 1 ? [value & 0xff, value >> 8] : [value >> 8, value & 0xff];
  return Uint8Array.from([
    0x7f,
    0x45,
    0x4c,
    0x46,
    bits,
    order,
    1,
    ...Array<number>(9).fill(0),
    ...half(2),
    ...half(machine),
  ]);
}
