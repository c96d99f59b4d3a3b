import type { Device } from './devices.js';
import type { Target } from './target.js';

const armV6: Target = { goos: 'linux', goarch: 'arm', level: 'v6' };
const armV7: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };
const arm64: Target = { goos: 'linux', goarch: 'arm64' };

/**
 * The CPU that stands for a 64-bit core running 32-bit code: qemu-arm has no Cortex-A53 or A72. What runs on a
 * Cortex-A7 (ARMv7 with NEON and VFPv4) runs on them in 32-bit mode.
 */
const stand32 = 'cortex-a7';

interface Board {
  readonly id: string;
  /** What follows "Raspberry Pi". */
  readonly model: string;
  readonly aliases?: readonly string[];
}

const named = (
  { id, model, aliases = [] }: Board,
  bits = '',
): Pick<Device, 'id' | 'name' | 'family' | 'aliases'> => ({
  id: `raspberry-pi-${id}${bits === '' ? '' : `-${bits}`}`,
  name: `Raspberry Pi ${model}${bits === '' ? '' : ` (${bits.replace('bit', '-bit')})`}`,
  family: 'Raspberry Pi',
  aliases: [model, ...aliases].flatMap((alias) => {
    const suffix = bits === '' ? '' : ` ${bits.replace('bit', '')}`;
    return [`pi ${alias}${suffix}`, `rpi ${alias}${suffix}`].map((text) => text.toLowerCase());
  }),
});

const bits32 = (board: Board): Device => ({ ...named(board), target: armV7, emulatorCpu: stand32 });

/** Boards sold for years with 32-bit Raspberry Pi OS, so their plain name means that; 64-bit by its own name. */
const both = (board: Board): Device[] => [
  bits32(board),
  { ...named(board, '64bit'), target: arm64, emulatorCpu: 'cortex-a53' },
];

/** Boards whose usual system is 64-bit today; 32-bit by its own name. */
const mostly64 = (board: Board, target: Target, emulatorCpu: string): Device[] => [
  { ...named(board), target, emulatorCpu },
  { ...named(board, '32bit'), target: armV7, emulatorCpu: stand32 },
];

/**
 * The Raspberry Pis. Where a board can run either system the plain name means what is on most of them: 32-bit
 * Raspberry Pi OS up to the 3B+ and Zero 2 W (its kernel won't run a 64-bit program), 64-bit from the 4 on. The
 * other choice is a device of its own, marked (64-bit) or (32-bit).
 * Up to the 4 the cores lack ARM's crypto extension, so their level is the plain v8.0.
 */
export const raspberryPis: readonly Device[] = [
  {
    ...named({ id: '1', model: '1', aliases: ['1b', '1b+', '1a', '1a+', 'b', 'b+'] }),
    target: armV6,
    emulatorCpu: 'arm1176',
  },
  { ...named({ id: 'zero', model: 'Zero', aliases: ['0'] }), target: armV6, emulatorCpu: 'arm1176' },
  {
    ...named({ id: 'zero-w', model: 'Zero W', aliases: ['0w', 'zero wh', '0wh'] }),
    target: armV6,
    emulatorCpu: 'arm1176',
  },
  {
    ...named({ id: '2-v1.1', model: '2 v1.1', aliases: ['2', '2b', '2b v1.1'] }),
    target: armV7,
    emulatorCpu: 'cortex-a7',
  },
  ...both({ id: '2-v1.2', model: '2 v1.2', aliases: ['2b v1.2'] }),
  ...both({ id: '3a-plus', model: '3A+', aliases: ['3 a+', '3 model a+'] }),
  ...both({ id: '3b', model: '3B', aliases: ['3', '3 model b'] }),
  ...both({ id: '3b-plus', model: '3B+', aliases: ['3+', '3 model b+'] }),
  ...both({ id: 'zero-2-w', model: 'Zero 2 W', aliases: ['zero 2', '02w', '0 2w', '02'] }),
  ...mostly64({ id: '4', model: '4', aliases: ['4b', '4 model b', 'cm4'] }, arm64, 'cortex-a72'),
  ...mostly64({ id: '400', model: '400' }, arm64, 'cortex-a72'),
  ...mostly64(
    { id: '5', model: '5', aliases: ['5b', '500', 'cm5'] },
    { ...arm64, level: 'v8.2,crypto' },
    'cortex-a76',
  ),
];
