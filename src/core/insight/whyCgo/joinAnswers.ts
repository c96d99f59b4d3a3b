import type { MainPackage } from '../../build/build.js';
import type { Target } from '../../target/target.js';
import type { CgoReason, WhyCgo } from './whyCgo.js';

type Known = Extract<WhyCgo, { kind: 'known' }>;

/** Main packages that one `go list` can answer for: of one module, in or outside the workspace. */
export function byModule(packages: readonly MainPackage[]): readonly (readonly MainPackage[])[] {
  const groups = new Map<string, MainPackage[]>();
  for (const it of packages) {
    const key = JSON.stringify([it.moduleDirectory, it.outsideWorkspace ?? false]);
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups.values()];
}

/** The answers for several modules as one. A module that could not be listed is a problem beside the others' answers. */
export function joinAnswers(target: Target, answers: readonly WhyCgo[]): WhyCgo {
  const [only] = answers;
  if (only !== undefined && answers.length === 1) return only;
  const known = answers.filter((it) => it.kind === 'known');
  const failed = answers.filter((it) => it.kind === 'unknown');
  const [first] = failed;
  if (known.length === 0 && first !== undefined) return first;
  return {
    kind: 'known',
    target,
    mains: known.flatMap((it) => it.mains),
    packages: joinReasons(known.flatMap((it) => it.packages)),
    standard: joinStandard(known),
    links: known.flatMap((it) => it.links),
    problems: [
      ...known.flatMap((it) => it.problems),
      ...failed.map(({ message }) => ({ importPath: '', message })),
    ],
  };
}

/** The same package in two modules is told once, with the routes of both. */
function joinReasons(reasons: readonly CgoReason[]): readonly CgoReason[] {
  const joined = new Map<string, CgoReason>();
  for (const it of reasons) {
    const before = joined.get(it.directory);
    joined.set(
      it.directory,
      before === undefined ? it : { ...before, routes: [...before.routes, ...it.routes] },
    );
  }
  return [...joined.values()];
}

function joinStandard(known: readonly Known[]): Known['standard'] {
  const joined = new Map<string, Known['standard'][number]>();
  for (const it of known.flatMap((answer) => answer.standard)) {
    const routes = [...(joined.get(it.importPath)?.routes ?? []), ...it.routes];
    joined.set(it.importPath, { ...it, routes });
  }
  return [...joined.values()];
}
