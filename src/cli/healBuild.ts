import type { BuildRequest, BuildResult } from '../core/build/build.js';
import { yieldToFix, yieldToTarget } from '../core/build/yieldToFix.js';
import { changesOf, type FixEdit } from '../core/diagnosis/diagnosis.js';
import type { Catalogue } from '../core/target/catalogue.js';
import { parseTarget } from '../core/target/parseTarget.js';
import { onlyShown, type FixRecord, type HealOptions } from './applyFix.js';
import { buildOne } from './buildOne.js';
import type { CliContext } from './cliContext.js';
import { readProject, type CliProject } from './cliProject.js';
import { heal } from './heal.js';

/** A build that was run: with which project and request, and what it came to. */
interface BuildRun {
  readonly project: CliProject;
  readonly request: BuildRequest;
  readonly result: BuildResult;
}

export interface Healing extends BuildRun {
  readonly fixes: readonly FixRecord[];
}

/** Builds, and heals the build where it fails. */
export async function healBuild(
  context: CliContext,
  start: CliProject,
  first: BuildRequest,
  options: HealOptions,
): Promise<Healing> {
  const configFile = start.configFile ?? context.ports.host.join(first.root, 'crossbow.yaml');
  const { run, fixes } = await heal<BuildRun>(
    context,
    configFile,
    {
      hasFailed: ({ result }) => result.outcome === 'failed',
      diagnoses: ({ result }) => result.diagnoses,
      async again(before, edit, fresh) {
        const { request, leftOut } = yieldTo(edit, before.request, await context.crossbow.catalogue());
        const project = await readProject(context);
        const result = await buildOne(context, project, request, { fresh });
        const notes = [
          edit.kind === 'target' ? targetNote(edit.target) : undefined,
          leftOutNote(leftOut),
        ].filter((it) => it !== undefined);
        return {
          run: { project, request, result },
          ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
        };
      },
      isUnmoved: (before, after) => isSameFailure(before.result, after.result),
    },
    { project: start, request: first, result: await buildOne(context, start, first) },
    options,
  );
  return { ...run, fixes };
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
