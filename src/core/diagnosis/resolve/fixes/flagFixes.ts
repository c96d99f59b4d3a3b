import type { Fix } from '../../diagnosis.js';
import { setCompiler } from './compilerFixes.js';
import { scopedCgoFlags } from './sourceFixes.js';
import { advice, type FixBuilder, type FixScene, resetFlags, setVariable, variableOf } from './fixScene.js';

/** cmd/go, work/security.go: flags outside of the allow-list need a pattern in CGO_…_ALLOW. */
export const flagNotAllowed: FixBuilder = (scene) => {
  const { flag, variable } = scene.finding.facts;
  if (flag === undefined)
    return [
      advice(
        'Allow the flag',
        'Set CGO_CFLAGS_ALLOW or CGO_LDFLAGS_ALLOW to a pattern that matches it, after a look at what it does.',
      ),
    ];
  const isLinker =
    variable?.includes('LDFLAGS') ??
    (/LDFLAGS/.test(evidenceOf(scene)) || /^-(?:Wl,|l|L|z|T|static|shared|framework|u|s$)/.test(flag));
  const name = isLinker ? 'CGO_LDFLAGS_ALLOW' : 'CGO_CFLAGS_ALLOW';
  const pattern = flag.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const before = variableOf(scene, name);
  return [
    setVariable(
      scene,
      name,
      before === undefined || before === '' ? pattern : `${before}|${pattern}`,
      `Allow ${flag} in #cgo lines (look at it first)`,
    ),
  ];
};

function evidenceOf({ finding }: Parameters<FixBuilder>[0]): string {
  return finding.evidence.map(({ text }) => text).join('\n');
}

const flagVariables = ['CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_FFLAGS', 'CGO_LDFLAGS'];

/** A flag of another machine comes from a variable, or from a #cgo line. */
export const foreignFlags: FixBuilder = async (scene) => {
  const { flag } = scene.finding.facts;
  const machineFlag = /(?:^|\s)-m(?:64|32|arch|cpu|tune|fpu|float-abi|abi|thumb|arm|sse|avx|aes)[\w.=+-]*/;
  const guilty = flagVariables.filter((name) => {
    const value = variableOf(scene, name);
    return (
      value !== undefined &&
      (flag === undefined ? machineFlag.test(value) : value.includes(flag) || machineFlag.test(value))
    );
  });
  const what = flag ?? 'the flag';
  // A log from elsewhere does not tell the variables; a flag that no #cgo line has must have come from one.
  const unseen = guilty.length === 0 && flag !== undefined && !(await isInSource(scene, flag));
  return [
    ...guilty.map((name) => resetFlags(scene, name, `Drop the machine flags from ${name}`)),
    ...(unseen ? [resetFlags(scene, 'CGO_CFLAGS', `Drop ${what} from CGO_CFLAGS`)] : []),
    ...(flag === undefined ? [] : await scopedCgoFlags(scene, flag)),
    advice(
      `Scope ${what} to its CPU`,
      `Write \`#cgo amd64 CFLAGS: ${flag ?? '-msse4.2'}\` instead of \`#cgo CFLAGS\`, and guard the code that needs it with #ifdef.`,
    ),
  ];
};

async function isInSource({ inquiry, target }: FixScene, flag: string): Promise<boolean> {
  const graph = target === undefined ? undefined : await inquiry.graph(target);
  // Without the sources nothing can be said: the flag may be in one.
  if (graph === undefined) return true;
  for (const item of graph.packages.values()) {
    if (item.standard) continue;
    for (const name of item.cgoFiles) {
      const text = (await inquiry.text(inquiry.ports.host.join(item.directory, name))) ?? '';
      if (text.split('\n').some((line) => line.includes('#cgo') && line.includes(flag))) return true;
    }
  }
  return false;
}

export const flagQuoting: FixBuilder = () => [
  advice(
    'Quote the flags as go wants them',
    'go splits at spaces and takes quotes around a whole word: GOFLAGS=\'"-ldflags=-s -w"\', CC="\'/opt/my tools/gcc\'".',
  ),
];

/** Soft and hard float in one link: one compiler for all of it, and no float flags beside it. */
export const floatAbi: FixBuilder = async (scene) => {
  const guilty = flagVariables.filter((name) =>
    /-mfloat-abi|-mfpu|-march=armv|-msoft-float|-mhard-float/.test(variableOf(scene, name) ?? ''),
  );
  const resets = guilty.map((name) => resetFlags(scene, name, `Drop the float flags from ${name}`));
  const compilers = await setCompiler(scene);
  // The compiler's fix alone would leave the flags in force: both go together.
  const both: readonly Fix[] = compilers.slice(0, resets.length > 0 ? 1 : 0).flatMap((fix) => {
    if (fix.edit.kind !== 'config') return [];
    const more = resets.flatMap((reset) => (reset.edit.kind === 'config' ? reset.edit.changes : []));
    return [
      {
        ...fix,
        title: `${fix.title}, without float flags`,
        edit: { kind: 'config', changes: [...fix.edit.changes, ...more] },
      },
    ];
  });
  const isMips = /^mips/.test(scene.target?.goarch ?? '');
  return [
    ...both,
    ...compilers,
    ...resets,
    advice(
      'Use one float ABI everywhere',
      isMips
        ? 'Debian has no soft-float C library for MIPS: build for the hard-float level, without cgo, or with zig and its musleabi targets.'
        : "Compiler, sysroot, libraries and the target's level must agree: gnueabi is soft, gnueabihf is hard.",
    ),
  ];
};
