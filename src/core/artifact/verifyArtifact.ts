import { targetId, type Target } from '../target/target.js';
import { machineName, systemName } from './describeArtifact.js';
import { armLevel, expectedBinary } from './expectedBinary.js';
import type { ArtifactFacts, Mismatch } from './facts.js';
import { excessGoLevel } from './goLevel.js';
import { compareVersions } from './versions.js';

/** What a build asked for beyond its target; an absent field is not checked. */
export interface ArtifactExpectations {
  /** The build asked for a static binary. */
  readonly staticWanted?: boolean;
  /** Highest glibc the device has, such as `2.28`. */
  readonly glibcFloor?: string;
  /** Whether the build was made with cgo. */
  readonly cgo?: boolean;
}

/** Every way in which a file does not fit the target; empty when it fits. What the file doesn't say is no mismatch. */
export function verifyArtifact(
  facts: ArtifactFacts,
  target: Target,
  expectations: ArtifactExpectations = {},
): readonly Mismatch[] {
  const platform = platformMismatches(facts, target);
  // A file for another machine has another machine's levels: to list them would only bury the cause.
  return platform.length > 0
    ? platform
    : [
        ...abiMismatches(facts, target),
        ...goMismatches(facts, target),
        ...askedMismatches(facts, expectations),
      ];
}

function platformMismatches(facts: ArtifactFacts, target: Target): Mismatch[] {
  const expected = expectedBinary(target);
  if (expected === undefined) {
    return [];
  }
  const id = targetId(target);
  if (facts.format !== expected.format) {
    const found = facts.goos === undefined ? 'another system' : systemName(facts.goos);
    return [
      mismatch(
        'format',
        expected.format,
        facts.format,
        `This is a file for ${found} (${facts.format}): ${id} needs ${expected.format}.`,
      ),
    ];
  }
  if (facts.machine !== expected.machine && facts.universal?.includes(expected.machine) !== true) {
    const [found, wanted] = [machineName(facts), machineName(expected)];
    return [
      mismatch(
        'machine',
        expected.machine,
        facts.machine,
        `This is a binary for ${found}: ${id} needs ${wanted}.`,
      ),
    ];
  }
  const found: Mismatch[] = [];
  if (facts.bits !== expected.bits && facts.universal === undefined) {
    const message = `This is a ${String(facts.bits)}-bit binary: ${id} needs ${String(expected.bits)} bits.`;
    found.push(mismatch('bits', String(expected.bits), String(facts.bits), message));
  }
  if (facts.endianness !== expected.endianness) {
    const message = `This is a ${facts.endianness}-endian binary: ${id} is ${expected.endianness}-endian.`;
    found.push(mismatch('endianness', expected.endianness, facts.endianness, message));
  }
  if (facts.goos !== undefined && !sameSystem(facts.goos, target.goos)) {
    const proof = facts.interpreter === undefined ? '' : ` (its loader is ${facts.interpreter})`;
    const message = `This is a binary for ${systemName(facts.goos)}${proof}: it can't run on ${systemName(target.goos)}.`;
    found.push(mismatch('os', target.goos, facts.goos, message));
  }
  return found;
}

/** ELF can't tell illumos from Solaris. */
function sameSystem(found: string, wanted: string): boolean {
  return found === wanted || (found === 'solaris' && wanted === 'illumos');
}

function abiMismatches(facts: ArtifactFacts, target: Target): Mismatch[] {
  const id = targetId(target);
  const found: Mismatch[] = [];
  if (facts.arm && target.goarch === 'arm') {
    found.push(...armMismatches(facts, target));
  }
  if (facts.mips) {
    const abi = target.goarch.startsWith('mips64') ? 'n64' : 'o32';
    if (facts.mips.abi !== undefined && facts.mips.abi !== abi) {
      found.push(
        mismatch(
          'mips-abi',
          abi,
          facts.mips.abi,
          `This binary has the MIPS ABI ${facts.mips.abi}: ${id} needs ${abi}.`,
        ),
      );
    }
    const floatAbi = target.level === 'softfloat' ? 'soft' : 'hard';
    if (floatAbi === 'soft' && facts.mips.floatAbi === 'hard') {
      const message = `This is a hard-float binary: a CPU without FPU, as ${id} has, would die with SIGILL.`;
      found.push(mismatch('float-abi', 'soft', 'hard', message));
    } else if (floatAbi === 'hard' && facts.mips.floatAbi === 'soft' && facts.linkage === 'dynamic') {
      const message = `This binary needs a soft-float C library: systems for ${id} have the hard-float one.`;
      found.push(mismatch('float-abi', 'hard', 'soft', message));
    }
  }
  if (facts.riscv && facts.riscv.floatAbi !== 'double') {
    const message = `This binary has the ${facts.riscv.floatAbi}-float ABI: ${id} needs double (lp64d).`;
    found.push(mismatch('float-abi', 'double', facts.riscv.floatAbi, message));
  }
  if (facts.ppc64?.abiVersion === 1 && target.goarch === 'ppc64le') {
    found.push(mismatch('ppc64-abi', '2', '1', `This binary has the ELFv1 ABI: ${id} needs ELFv2.`));
  }
  return found;
}

function armMismatches({ arm, linkage, interpreter }: ArtifactFacts, target: Target): Mismatch[] {
  const id = targetId(target);
  const level = armLevel(target);
  const found: Mismatch[] = [];
  if (arm?.profile === 'M') {
    const name = arm.architectureName ?? 'M';
    const message = `This is code for a microcontroller (ARM${name}): it can't run on ${id}.`;
    found.push(mismatch('arm-profile', 'A', 'M', message));
  } else if (arm?.architecture !== undefined && arm.architecture > level.architecture) {
    const name = `ARM${arm.architectureName ?? `v${String(arm.architecture)}`}`;
    const message = `This is an ${name} binary: it would die with SIGILL on ${id}. The C code or the C library in it was compiled for ${name}.`;
    found.push(
      mismatch('arm-architecture', `v${String(level.architecture)}`, arm.architectureName ?? name, message),
    );
  }
  if (level.floatAbi === 'soft' && arm?.floatAbi === 'hard') {
    const message = `This is a hard-float binary: ${id} is soft-float, and may have no FPU.`;
    found.push(mismatch('float-abi', 'soft', 'hard', message));
  }
  // Not on v6: Debian's one C library that runs on ARMv6 is the soft-float armel, and Go and C pass no floats between
  // them in registers, so such a program runs wherever that library is. On v7 every distribution is hard-float.
  if (
    level.floatAbi === 'hard' &&
    level.architecture >= 7 &&
    arm?.floatAbi === 'soft' &&
    linkage === 'dynamic'
  ) {
    const loader = interpreter === undefined ? '' : ` It asks for ${interpreter}, which they lack.`;
    const message = `This binary needs a soft-float C library: systems for ${id} are hard-float.${loader}`;
    found.push(mismatch('float-abi', 'hard', 'soft', message));
  }
  return found;
}

function goMismatches({ goBuildSettings: settings }: ArtifactFacts, target: Target): Mismatch[] {
  const goarch = settings?.['GOARCH'];
  if (settings === undefined || (goarch !== undefined && goarch !== target.goarch)) {
    return []; // A universal file's first part: its settings are not about this target.
  }
  const excess = excessGoLevel(target, settings);
  if (excess === undefined) {
    return [];
  }
  const { variable, expected, found } = excess;
  const message = `Go compiled this with ${variable}=${found}: ${targetId(target)} stands for ${variable}=${expected}, on which it would crash.`;
  return [mismatch(variable, expected, found, message)];
}

function askedMismatches(facts: ArtifactFacts, asked: ArtifactExpectations): Mismatch[] {
  const found: Mismatch[] = [];
  // PE and Mach-O always load the system's libraries, so that static says nothing there.
  if (asked.staticWanted === true && facts.format === 'elf' && facts.linkage === 'dynamic') {
    const needs = [facts.interpreter, ...facts.neededLibraries]
      .filter((name) => name !== undefined)
      .join(', ');
    found.push(
      mismatch('linkage', 'static', 'dynamic', `A static binary was asked for, but this one needs ${needs}.`),
    );
  }
  if (
    asked.glibcFloor !== undefined &&
    facts.glibc !== undefined &&
    compareVersions(facts.glibc, asked.glibcFloor) > 0
  ) {
    const message = `This binary needs GLIBC_${facts.glibc}, but the system it is for has only glibc ${asked.glibcFloor}.`;
    found.push(mismatch('glibc', asked.glibcFloor, facts.glibc, message));
  }
  const cgo = facts.goBuildSettings?.['CGO_ENABLED'];
  if (asked.cgo !== undefined && cgo !== undefined && (cgo === '1') !== asked.cgo) {
    const [wanted, got] = asked.cgo ? ['with', 'without'] : ['without', 'with'];
    const message = `The build was to be ${wanted} cgo, but this binary was made ${got} it (CGO_ENABLED=${cgo}).`;
    found.push(mismatch('CGO_ENABLED', asked.cgo ? '1' : '0', cgo, message));
  }
  return found;
}

function mismatch(property: string, expected: string, found: string, message: string): Mismatch {
  return { property, expected, found, message };
}
