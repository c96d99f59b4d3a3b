import { armLevel } from '../artifact/expectedBinary.js';
import type { Target } from '../target/target.js';

/**
 * CPU models of qemu-user that stand for a target's level, the most modest first, so that code which demands more
 * dies here as it would there. Empty where qemu's default is the best there is.
 */
export function cpusOfLevel(target: Target): readonly string[] {
  switch (target.goarch) {
    case 'arm': {
      const { architecture } = armLevel(target);
      return architecture <= 5 ? ['arm926'] : architecture === 6 ? ['arm1176'] : ['cortex-a7', 'cortex-a15'];
    }
    case 'arm64':
      return cpusOfArm64(target.level ?? 'v8.0');
    case 'mips':
    case 'mipsle':
      // 24Kc has no FPU: a hard-float instruction in a softfloat build dies, as on the router.
      return [target.level === 'softfloat' ? '24Kc' : '24Kf'];
    case 'ppc64':
    case 'ppc64le':
      return [target.level ?? 'power8'];
    case 'amd64':
      return target.level === 'v2' ? ['Nehalem'] : target.level === 'v3' ? ['Haswell'] : [];
    default:
      return [];
  }
}

function cpusOfArm64(level: string): readonly string[] {
  if (level.startsWith('v8.0')) return ['cortex-a53', 'cortex-a57'];
  if (level.startsWith('v8.1') || level.startsWith('v8.2')) return ['cortex-a76', 'neoverse-n1'];
  // Newer models came late to qemu, and its default has every feature.
  return level.startsWith('v8.3') || level.startsWith('v8.4') ? ['neoverse-v1'] : [];
}

/** The first wanted model that this qemu lists in `-cpu help`, spelled as qemu does. */
export function knownCpu(help: string, wanted: readonly string[]): string | undefined {
  const known = new Map<string, string>();
  for (const word of help.split(/[\s'"()]+/)) {
    known.set(word.toLowerCase(), word);
  }
  for (const cpu of wanted) {
    const spelled = known.get(cpu.toLowerCase());
    if (spelled !== undefined && spelled !== '') return spelled;
  }
  return undefined;
}
