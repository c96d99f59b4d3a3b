import type { Mismatch } from '../artifact/facts.js';
import type { CauseId } from '../diagnosis/causes.js';
import type { Finding } from '../diagnosis/finding.js';
import { levelVariables } from '../target/levels.js';
import { targetId, type Target } from '../target/target.js';
import type { BuildRequest } from './build.js';
import type { CgoDecision } from './cgoDecision.js';

type Refusal = Extract<CgoDecision, { kind: 'refused' }>;

/** What the terminal shows where a build is refused, line by line; the finding's evidence points into it. */
export function refusalText(target: Target, refusal: Refusal): string {
  return `${refusalLines(target, refusal).join('\n')}\n`;
}

/** A program that needs C, for a target that no compiler here serves, or whose configured one hangs. */
export function refusalFinding(target: Target, refusal: Refusal): Finding {
  const { report, packages, hung } = refusal;
  const user = packages[0];
  const file = user?.files[0];
  const rejected = hung ?? report.candidates[0];
  return {
    cause: hung === undefined ? 'c-compiler-not-found' : 'invalid-cc',
    detail: hung !== undefined ? 'hangs' : rejected === undefined ? 'none-for-target' : 'none-proven',
    confidence: 'certain',
    title: refusalTitle(target, refusal),
    ...(user === undefined ? {} : { package: user.importPath }),
    target: `${target.goos}/${target.goarch}`,
    evidence: refusalLines(target, refusal).map((text, index) => ({ line: index + 1, text })),
    facts: {
      language: 'c',
      ...(rejected === undefined ? {} : { compiler: rejected.toolchain.cc }),
      ...(user === undefined ? {} : { importPath: user.importPath, directory: user.directory }),
      ...(user === undefined || file === undefined ? {} : { place: { file: `${user.directory}/${file}` } }),
    },
  };
}

function refusalTitle(target: Target, { report, packages, hung }: Refusal): string {
  const who = packages[0]?.importPath ?? 'The program';
  const id = targetId(target);
  if (hung !== undefined)
    return `The C compiler that is set for ${id} hangs: ${hung.toolchain.cc}: ${hung.reason}`;
  const rejected = report.candidates[0];
  if (rejected === undefined) return `${who} uses cgo, and there is no C compiler for ${id} here.`;
  return `${who} uses cgo, and no C compiler here serves ${id}: ${rejected.toolchain.cc}: ${rejected.reason}`;
}

function refusalLines(target: Target, refusal: Refusal): readonly string[] {
  const { report, packages, hung } = refusal;
  const rest = report.candidates.filter((it) => it !== (hung ?? report.candidates[0]));
  const others = packages.slice(1, 4).map((it) => it.importPath);
  return [
    refusalTitle(target, refusal),
    ...(others.length === 0 ? [] : [`  cgo is also used by ${others.join(', ')}`]),
    ...rest.slice(0, 7).map((it) => `  ${it.toolchain.cc}: ${it.verdict}: ${it.reason}`),
    ...(hung !== undefined || report.packages.length === 0
      ? []
      : [`  packages that bring one: ${report.packages.join(' ')}`]),
  ];
}

/** A binary that was built but is not what the target asks for; of a package, where it is a Go program. */
export function mismatchFinding(
  { target, package: main }: Pick<BuildRequest, 'target'> & Partial<Pick<BuildRequest, 'package'>>,
  mismatch: Mismatch,
  line: number,
): Finding {
  return {
    cause: mismatchCause(mismatch),
    detail: `artifact-${mismatch.property}`,
    confidence: 'certain',
    title: mismatch.message,
    ...(main === undefined ? {} : { package: main.importPath }),
    target: `${target.goos}/${target.goarch}`,
    evidence: [{ line, text: mismatch.message }],
    facts: {
      machine: mismatch.found,
      ...(main === undefined ? {} : { importPath: main.importPath }),
      ...(levelVariables.includes(mismatch.property)
        ? { variable: mismatch.property, value: mismatch.found }
        : {}),
    },
  };
}

function mismatchCause({ property, expected }: Mismatch): CauseId {
  // What Go itself compiled for.
  if (levelVariables.includes(property)) return 'invalid-level';
  switch (property) {
    case 'CGO_ENABLED':
      return expected === '1' ? 'cgo-disabled' : 'wrong-os-artifact';
    case 'glibc':
      return 'glibc-too-old';
    case 'linkage':
      return 'static-unsupported';
    case 'float-abi':
      return 'float-abi-mismatch';
    case 'arm-architecture':
    case 'level':
      return 'illegal-instruction';
    case 'libc':
      return 'libc-mismatch';
    default:
      return 'wrong-os-artifact';
  }
}
