import type { ConfigChange } from '../../../config/config.js';
import { splitCommand } from '../../../toolchain/commandWords.js';
import type { ProbedToolchain } from '../../../toolchain/toolchain.js';
import type { Fix } from '../../diagnosis.js';
import { compilerChanges, isZig, offered, onPath } from './compilerFixes.js';
import { type FixBuilder, type FixScene, targetChange, variableOf, withoutVariables } from './fixScene.js';
import { installToolchain } from './packages.js';

/** CXX beside a CC that is right: a proven toolchain's, else what brings one. */
export const wrongCxx: FixBuilder = async (scene) => {
  const candidates = (await provenOrOwn(scene))
    .filter((it) => it.toolchain.cxx !== undefined)
    .slice(0, offered);
  const judged = await Promise.all(
    candidates.map(async (probed) => ({ probed, links: await linksCxx(scene, probed.toolchain.cxx ?? '') })),
  );
  const fixes = judged
    .filter(({ links }) => links)
    .map(({ probed }): Fix => ({
      kind: 'set-compiler',
      title: `Set CXX for ${scene.name} to ${probed.toolchain.cxx ?? ''}, beside ${probed.toolchain.cc} (proven)`,
      proven: true,
      edit: { kind: 'config', changes: compilerChanges(scene, probed) },
    }));
  return [...fixes, ...(fixes.length === 0 ? await installCxx(scene) : [])];
};

/** The command brings the program; crossbow.yaml has to name it, as go looks for plain g++. */
async function installCxx(scene: FixScene): Promise<readonly Fix[]> {
  const triplet = scene.platform?.triplets[0];
  const program = scene.native || triplet === undefined ? 'g++' : `${triplet}-g++`;
  const isNamed = !scene.native || variableOf(scene, 'CXX') !== undefined;
  return installWith(
    scene,
    'c++',
    isNamed ? [...targetChange(scene, ['cxx'], program), ...withoutVariables(scene, ['CXX'])] : [],
  );
}

/** Packages of the distribution, with what crossbow.yaml needs beside them. */
async function installWith(
  scene: FixScene,
  language: 'c++' | 'fortran',
  changes: readonly ConfigChange[],
): Promise<readonly Fix[]> {
  const [first, ...rest] = await installToolchain(scene, language);
  if (first?.edit.kind !== 'command' || changes.length === 0 || isZig(first))
    return first === undefined ? [] : [first, ...rest];
  return [{ ...first, edit: { ...first.edit, changes } }, ...rest];
}

/** The toolchain's proof is for C: a clang++ may lack the target's C++ library. */
async function linksCxx({ inquiry }: FixScene, cxx: string): Promise<boolean> {
  const { ports, context } = inquiry;
  const split = splitCommand(cxx);
  const [program, ...flags] = split.ok ? split.words : [];
  if (program === undefined || !context.trusted) return false;
  const folder = await ports.files.makeTemporaryDirectory('crossbow-cxx-');
  try {
    const output = ports.host.join(folder, 'probe');
    const { outcome } = await ports.runner.run(program, [...flags, '-x', 'c++', '-', '-o', output], {
      cwd: folder,
      stdin:
        '#include <string>\n#include <iostream>\nint main() { std::cout << std::string("c++"); return 0; }\n',
      timeoutMs: 60_000,
    });
    return outcome.kind === 'exited' && outcome.code === 0;
  } finally {
    await ports.files.remove(folder);
  }
}

/** The configured compiler may be right where only its C++ side is missing. */
async function provenOrOwn(scene: FixScene): Promise<readonly ProbedToolchain[]> {
  if (scene.target === undefined) return [];
  const report = await scene.inquiry.report(scene.target);
  return (report?.candidates ?? []).filter((it) => it.verdict === 'proven');
}

export const wrongFortran: FixBuilder = async (scene) => {
  const triplet = scene.platform?.triplets[0];
  const program = scene.native || triplet === undefined ? 'gfortran' : `${triplet}-gfortran`;
  const isHere = await onPath(scene, program);
  const set: Fix = {
    kind: 'set-compiler',
    title: `Set FC for ${scene.name} to ${program}`,
    proven: false,
    edit: { kind: 'config', changes: targetChange(scene, ['fc'], program) },
  };
  if (isHere) return scene.target === undefined ? [] : [set];
  return installWith(scene, 'fortran', targetChange(scene, ['fc'], program));
};
