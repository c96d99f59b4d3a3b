import type { BuildRequest, BuildResult } from '../core/build/build.js';
import { yieldToFix, yieldToTarget } from '../core/build/yieldToFix.js';
import { chooseFix, fixKey } from '../core/diagnosis/chooseFix.js';
import { changesOf, type FixEdit } from '../core/diagnosis/diagnosis.js';
import type { Catalogue } from '../core/target/catalogue.js';
import { parseTarget } from '../core/target/parseTarget.js';
import { applyFix, fixRecord, mostFixes, onlyShown, type FixRecord, type HealOptions } from './applyFix.js';
import { buildOne } from './buildOne.js';
import type { CliContext } from './cliContext.js';
import { readProject, type CliProject } from './cliProject.js';

export interface Healing {
  readonly result: BuildResult;
  readonly project: CliProject;
  readonly fixes: readonly FixRecord[];
}

/**
 * Builds, applies the best fix, and builds again, until the build is green or no fix is left that was not tried. A fix
 * that changed nothing about the failure is taken back before the next.
 */
export async function healBuild(
  context: CliContext,
  start: CliProject,
  first: BuildRequest,
  options: HealOptions,
): Promise<Healing> {
  const { ports } = context;
  const fixes: FixRecord[] = [];
  const tried = new Set<string>();
  const configFile = start.configFile ?? ports.host.join(first.root, 'crossbow.yaml');
  let [project, request] = [start, first];
  let result = await buildOne(context, project, request);
  while (result.outcome === 'failed' && fixes.length < mostFixes) {
    const chosen = chooseFix(result.diagnoses, { tried, commands: options.yes });
    if (chosen === undefined) break;
    tried.add(fixKey(chosen.fix));
    const attempt = await applyFix(context, chosen, configFile, options);
    if (attempt.kind !== 'applied') {
      fixes.push(fixRecord(chosen, false, attempt.note));
      if (options.dryRun) break;
      continue;
    }
    const yielded = yieldTo(chosen.fix.edit, request, await context.crossbow.catalogue());
    const nextProject = await readProject(context);
    // What a command has installed may be looked for where nothing was a moment ago.
    const fresh = chosen.fix.edit.kind === 'command';
    const next = await buildOne(context, nextProject, yielded.request, { fresh });
    if (isSameFailure(result, next)) {
      await attempt.undo();
      const note = fresh
        ? 'The command ended well, but the failure is the same.'
        : 'It changed nothing about the failure, and was taken back.';
      fixes.push(fixRecord(chosen, false, note));
      continue;
    }
    const { edit } = chosen.fix;
    const notes = [
      edit.kind === 'target' ? targetNote(edit.target) : undefined,
      leftOutNote(yielded.leftOut),
    ].filter((it) => it !== undefined);
    const note = notes.length === 0 ? undefined : notes.join(' ');
    fixes.push(fixRecord(chosen, true, note));
    [project, request, result] = [nextProject, yielded.request, next];
  }
  return { result, project, fixes };
}

/** The same build without what would win over the fix, and for the target that it names. */
function yieldTo(
  edit: FixEdit,
  request: BuildRequest,
  catalogue: Catalogue,
): { readonly request: BuildRequest; readonly leftOut: readonly string[] } {
  const { choices, leftOut } = yieldToFix(request, request.target, changesOf(edit));
  const parsed = edit.kind === 'target' ? parseTarget(edit.target, catalogue) : undefined;
  if (parsed?.ok !== true) return { request: choices, leftOut };
  const named = yieldToTarget(choices, parsed.target);
  return {
    request: { ...named.choices, target: parsed.target },
    leftOut: [...new Set([...leftOut, ...named.leftOut])],
  };
}

function targetNote(target: string): string {
  return `Use --target ${target} from now on.`;
}

/** A target that does not exist stops a build before it begins: the nearest is the fix. */
export function nearestTargetFix(target: string, dryRun: boolean): FixRecord {
  return {
    cause: 'unsupported-target',
    title: `Build for ${target}`,
    proven: false,
    edit: { kind: 'target', target },
    applied: !dryRun,
    note: dryRun ? onlyShown : targetNote(target),
  };
}

/** The same root cause, said of the same thing: what was done did not reach it. */
function isSameFailure(before: BuildResult, after: BuildResult): boolean {
  const face = ({ diagnoses: [root] }: BuildResult): string =>
    JSON.stringify([root?.cause, root?.title, root?.package]);
  return after.outcome === 'failed' && face(before) === face(after);
}

function leftOutNote(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const flags = names.map((it) => (/^[a-z]/.test(it) ? `--${it}` : `--env ${it}=…`)).join(', ');
  return `Leave out ${flags} from now on: it would win over crossbow.yaml.`;
}
