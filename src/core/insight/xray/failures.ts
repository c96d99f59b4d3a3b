import { programName } from '../../diagnosis/machines.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { GoAction } from './actionGraph.js';
import type { XrayRecord } from './xrayRecord.js';
import type { XrayFailure } from './xray.js';

type Failed = Pick<XrayRecord, 'outcome' | 'failedPackages' | 'diagnoses' | 'said'>;

/**
 * Where a build failed. Go writes its graph's `Failed` before anything runs (actionGraphJSON makes an entry once), so that
 * it is seldom set; but it says which packages failed, and what needs an action that failed was not begun.
 */
export function findFailures(
  actions: readonly GoAction[],
  { outcome, failedPackages, diagnoses, said }: Failed,
): readonly XrayFailure[] {
  if (outcome === 'ok') return [];
  if (outcome === 'rejected') return [{ actions: [], diagnoses, said: [] }];
  const told = failedPackages.length > 0 ? failedPackages : diagnoses.flatMap((it) => it.package ?? []);
  const failures = [...new Set(told)].map((path) => {
    const own = diagnoses.filter((it) => it.package === path);
    const of = actions.filter((it) => it.package === path);
    const lines = said.find((it) => it.package === path)?.lines ?? [];
    const failed = failedActions(of, actions, namedFiles(own, lines));
    return { package: path, actions: failed.map((it) => it.id), diagnoses: own, said: lines };
  });
  const rest = diagnoses.filter((it) => it.package === undefined || !told.includes(it.package));
  if (rest.length === 0) return failures;
  const [only] = failures.length === 1 ? failures : [];
  return only === undefined
    ? [...failures, { actions: [], diagnoses: rest, said: [] }]
    : [{ ...only, diagnoses: [...only.diagnoses, ...rest] }];
}

/** The actions of a failed package that may have failed; more than one where several were the last of their kind. */
function failedActions(
  of: readonly GoAction[],
  all: readonly GoAction[],
  files: ReadonlySet<string>,
): readonly GoAction[] {
  const said = of.filter((it) => it.failed);
  if (said.length > 0) return said;
  const ran = of.filter((it) => it.commands.length > 0);
  // Between two actions of a package there may be one that belongs to none (`collect cgo`).
  const needed = neededBy(ran, all);
  const last = ran.filter((it) => !needed.has(it.id));
  if (last.length === 0) {
    // No command was even started: a program that is not there, say.
    const tried = of.filter((it) => it.mode === 'build' && it.start !== undefined);
    return tried.length > 0 ? tried : of.slice(0, 1);
  }
  const named = last.filter((it) => it.commands.some((line) => namesAny(line, files)));
  return named.length > 0 ? named : last;
}

/** Ids of all that these actions need, directly or not. */
function neededBy(actions: readonly GoAction[], all: readonly GoAction[]): ReadonlySet<number> {
  const byId = new Map(all.map((it) => [it.id, it]));
  const needed = new Set<number>();
  const todo = actions.flatMap((it) => it.deps);
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    todo.push(...(byId.get(id)?.deps ?? []));
  }
  return needed;
}

/** Whether a command works on one of these files. */
function namesAny(line: string, files: ReadonlySet<string>): boolean {
  return files.size > 0 && line.split(/["' ]+/).some((word) => files.has(programName(word)));
}

/** Names of the files that messages point at: `fingerprint.c:52:27: error: …`. */
function namedFiles(diagnoses: readonly Diagnosis[], said: readonly string[]): ReadonlySet<string> {
  const lines = [...said, ...diagnoses.flatMap((it) => it.evidence.map(({ text }) => text))];
  const named = lines.flatMap((text) => /^(?:[A-Za-z]:)?[^\s:]+(?=:\d)/.exec(text)?.[0] ?? []);
  return new Set([...named, ...diagnoses.flatMap((it) => it.location?.file ?? [])].map(programName));
}
