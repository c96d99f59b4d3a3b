import { raspberryPis } from './raspberryPis.js';
import type { Target } from './target.js';

/** Who a device belongs with; the Targets view shows families in the order of the first device of each. */
type DeviceFamily =
  | 'Raspberry Pi'
  | 'BeagleBoard'
  | 'AWS Graviton'
  | 'Routers and NAS'
  | 'RISC-V boards'
  | 'Mac'
  | 'Servers and workstations';

/** A board or machine people name instead of a target. */
export interface Device {
  /** Stable kebab-case id, such as raspberry-pi-3b-plus. */
  readonly id: string;
  /** As its maker writes it: Raspberry Pi 3B+. */
  readonly name: string;
  readonly family: DeviceFamily;
  readonly target: Target;
  /** qemu-user's `-cpu` model; absent where qemu has none that fits. */
  readonly emulatorCpu?: string;
  /** Other spellings people type, lower case. */
  readonly aliases: readonly string[];
}

const linux = (goarch: string, level?: string): Target => ({
  goos: 'linux',
  goarch,
  ...(level === undefined ? {} : { level }),
});

/**
 * The known devices. CPU models are those of qemu 7.2, the oldest that Go's programs run well under; a newer core
 * that it lacks gets none, and the emulator's default is its most capable model.
 */
export const devices: readonly Device[] = [
  ...raspberryPis,
  {
    id: 'beaglebone-black',
    name: 'BeagleBone Black',
    family: 'BeagleBoard',
    target: linux('arm', 'v7'),
    emulatorCpu: 'cortex-a8',
    aliases: ['beaglebone', 'bbb', 'beagle bone black'],
  },
  {
    id: 'beagleplay',
    name: 'BeaglePlay',
    family: 'BeagleBoard',
    target: linux('arm64'),
    emulatorCpu: 'cortex-a53',
    aliases: ['beagle play'],
  },
  {
    id: 'beaglev-ahead',
    name: 'BeagleV-Ahead',
    family: 'BeagleBoard',
    target: linux('riscv64'),
    emulatorCpu: 'sifive-u54',
    aliases: ['beaglev', 'beagle v ahead'],
  },
  {
    id: 'aws-graviton-1',
    name: 'AWS Graviton 1',
    family: 'AWS Graviton',
    target: linux('arm64'),
    emulatorCpu: 'cortex-a72',
    aliases: ['graviton 1', 'ec2 a1'],
  },
  {
    id: 'aws-graviton-2',
    name: 'AWS Graviton 2',
    family: 'AWS Graviton',
    target: linux('arm64', 'v8.2,crypto'),
    emulatorCpu: 'neoverse-n1',
    aliases: ['graviton 2', 't4g', 'm6g', 'c6g', 'r6g'],
  },
  {
    id: 'aws-graviton-3',
    name: 'AWS Graviton 3',
    family: 'AWS Graviton',
    target: linux('arm64', 'v8.4,crypto'),
    aliases: ['graviton 3', 'm7g', 'c7g', 'r7g'],
  },
  {
    id: 'aws-graviton-4',
    name: 'AWS Graviton 4',
    family: 'AWS Graviton',
    target: linux('arm64', 'v9.0,crypto'),
    aliases: ['graviton 4', 'm8g', 'c8g', 'r8g'],
  },
  {
    id: 'openwrt-ath79',
    name: 'OpenWrt router (ath79)',
    family: 'Routers and NAS',
    target: linux('mips', 'softfloat'),
    emulatorCpu: '24Kc',
    aliases: ['ath79', 'openwrt ath79', 'ar71xx', 'qca9558', 'archer c7'],
  },
  {
    id: 'openwrt-mt7621',
    name: 'OpenWrt router (MT7621)',
    family: 'Routers and NAS',
    target: linux('mipsle', 'softfloat'),
    emulatorCpu: '24KEc',
    aliases: ['mt7621', 'openwrt mt7621', 'ramips'],
  },
  {
    id: 'openwrt-mt7628',
    name: 'OpenWrt router (MT7628)',
    family: 'Routers and NAS',
    target: linux('mipsle', 'softfloat'),
    emulatorCpu: '24KEc',
    aliases: ['mt7628', 'openwrt mt7628', 'mt7688', 'gl-mt300n'],
  },
  {
    id: 'openwrt-ipq40xx',
    name: 'OpenWrt router (IPQ40xx)',
    family: 'Routers and NAS',
    target: linux('arm', 'v7'),
    emulatorCpu: 'cortex-a7',
    aliases: ['ipq40xx', 'ipq4019', 'openwrt ipq40xx'],
  },
  {
    id: 'openwrt-filogic',
    name: 'OpenWrt router (Filogic)',
    family: 'Routers and NAS',
    target: linux('arm64'),
    emulatorCpu: 'cortex-a53',
    aliases: ['filogic', 'mt7981', 'mt7986', 'gl-mt3000', 'openwrt filogic', 'openwrt one'],
  },
  {
    id: 'edgerouter-x',
    name: 'EdgeRouter X',
    family: 'Routers and NAS',
    target: linux('mipsle', 'softfloat'),
    emulatorCpu: '24KEc',
    aliases: ['er-x', 'erx', 'ubiquiti edgerouter x'],
  },
  {
    id: 'edgerouter-lite',
    name: 'EdgeRouter Lite',
    family: 'Routers and NAS',
    target: linux('mips64'),
    emulatorCpu: 'MIPS64R2-generic',
    aliases: ['erlite', 'erlite-3', 'ubiquiti edgerouter lite'],
  },
  {
    id: 'kirkwood-nas',
    name: 'Kirkwood NAS',
    family: 'Routers and NAS',
    target: linux('arm', 'v5'),
    emulatorCpu: 'arm926',
    aliases: ['kirkwood', 'qnap ts-119', 'sheevaplug', 'stora', 'dockstar'],
  },
  {
    id: 'visionfive-2',
    name: 'VisionFive 2',
    family: 'RISC-V boards',
    target: linux('riscv64'),
    emulatorCpu: 'sifive-u54',
    aliases: ['visionfive', 'starfive visionfive 2', 'vf2', 'jh7110'],
  },
  {
    id: 'hifive-unmatched',
    name: 'HiFive Unmatched',
    family: 'RISC-V boards',
    target: linux('riscv64'),
    emulatorCpu: 'sifive-u54',
    aliases: ['unmatched', 'sifive unmatched'],
  },
  {
    id: 'lichee-pi-4a',
    name: 'Lichee Pi 4A',
    family: 'RISC-V boards',
    target: linux('riscv64'),
    emulatorCpu: 'sifive-u54',
    aliases: ['licheepi 4a', 'lpi4a', 'th1520'],
  },
  {
    id: 'milk-v-duo',
    name: 'Milk-V Duo',
    family: 'RISC-V boards',
    target: linux('riscv64'),
    emulatorCpu: 'sifive-u54',
    aliases: ['milkv duo', 'milk-v', 'cv1800b'],
  },
  {
    id: 'banana-pi-bpi-f3',
    name: 'Banana Pi BPI-F3',
    family: 'RISC-V boards',
    target: linux('riscv64', 'rva22u64'),
    aliases: ['bpi-f3', 'banana pi f3', 'spacemit k1'],
  },
  {
    id: 'apple-silicon-mac',
    name: 'Apple silicon Mac',
    family: 'Mac',
    target: { goos: 'darwin', goarch: 'arm64' },
    aliases: ['apple silicon', 'm1', 'm2', 'm3', 'm4', 'm1 mac', 'm2 mac', 'm3 mac', 'm4 mac', 'macbook'],
  },
  {
    id: 'intel-mac',
    name: 'Intel Mac',
    family: 'Mac',
    target: { goos: 'darwin', goarch: 'amd64' },
    aliases: ['mac intel', 'intel macbook'],
  },
  {
    id: 'ibm-z',
    name: 'IBM Z',
    family: 'Servers and workstations',
    target: linux('s390x'),
    aliases: ['ibm z mainframe', 'mainframe', 'linuxone'],
  },
  {
    id: 'ibm-power9',
    name: 'IBM Power9',
    family: 'Servers and workstations',
    target: linux('ppc64le', 'power9'),
    emulatorCpu: 'power9',
    aliases: ['power9', 'power 9', 'talos ii'],
  },
  {
    id: 'ibm-power10',
    name: 'IBM Power10',
    family: 'Servers and workstations',
    target: linux('ppc64le', 'power10'),
    emulatorCpu: 'power10',
    aliases: ['power10', 'power 10'],
  },
  {
    id: 'loongson-3a5000',
    name: 'Loongson 3A5000',
    family: 'Servers and workstations',
    target: linux('loong64'),
    aliases: ['loongson', 'loongson 3a6000', '3a5000', '3a6000'],
  },
];
