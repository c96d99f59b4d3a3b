import type { CancelSignal, Host } from '../../ports.js';
import { targetId, type Target } from '../../target/target.js';
import type { Recipe, Step } from '../recipe.js';
import { referencesIn, replaceReferences, spellReference, type Reference } from '../references.js';
import { mapStepTexts, textsOf } from '../stepTexts.js';
import type { SourceVersion } from '../discovery/versionSource.js';
import type { RecipeServices } from './recipeServices.js';

/** A recipe within a run: the one that was asked for, or one that a step of another names. */
export interface Scope {
  readonly recipe: Recipe;
  readonly target: Target;
  /** Before the names of its steps: empty, or `gdn-recipe/`. */
  readonly prefix: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Absolute folder of its outputs. */
  readonly outputs: string;
  readonly recordsFile: string;
  readonly lockFile: string;
  /** Optional steps that there is nothing for, and the files that they would have made. */
  readonly leftOut: Set<string>;
  /** Asked of the sources once, and only where a text wants it. */
  version(): Promise<SourceVersion>;
}

export function createScope(
  services: Pick<RecipeServices, 'ports' | 'readVersion'>,
  recipe: Recipe,
  target: Target,
  given: {
    readonly prefix: string;
    readonly variables: Readonly<Record<string, string>>;
    /** `defaults.output` of crossbow.yaml. */
    readonly output: string;
    readonly signal?: CancelSignal;
  },
): Scope {
  const { host } = services.ports;
  const base = host.isAbsolute(given.output) ? given.output : host.join(recipe.root, given.output);
  const { name } = recipe.definition;
  const folders = targetId(target).split('/');
  let version: Promise<SourceVersion> | undefined;
  return {
    recipe,
    target,
    prefix: given.prefix,
    variables: { ...recipe.definition.variables, ...given.variables },
    outputs: host.join(base, ...folders, name),
    recordsFile: host.join(base, '.crossbow', ...folders, `${name}.json`),
    lockFile: host.join(base, '.crossbow', ...folders, `${name}.lock`),
    leftOut: new Set(),
    version: () => (version ??= services.readVersion(recipe.directory, given.signal)),
  };
}

/** Where the files of steps are, while a run goes on. */
export type FileOfStep = (scope: Scope, step: string, file: string | undefined) => string;

/**
 * A function that replaces the references of a step's texts. Throws where one has no value. `outputs`: what
 * `${outputs}` stands for, if not the scope's own folder.
 */
export async function replacerFor(
  host: Host,
  scope: Scope,
  step: Step,
  fileOf: FileOfStep,
  outputs = scope.outputs,
): Promise<(text: string) => string> {
  const wanted = namesIn(scope, textsOf(step));
  const asksSources = ['version', 'commit', 'date'].some((it) => wanted.has(it));
  const facts = asksSources ? await scope.version() : undefined;
  const epoch = wanted.has('date') ? await epochSeconds(host, scope) : 0;
  const { target } = scope;
  const given: Readonly<Record<string, string>> = {
    version: facts?.version ?? '',
    commit: facts?.commit ?? '',
    date: new Date(epoch * 1000).toISOString().replace('.000Z', 'Z'),
    target: targetId(target),
    goos: target.goos,
    goarch: target.goarch,
    level: target.level ?? '',
    outputs,
  };
  const value = (reference: Reference, open: readonly string[]): string => {
    switch (reference.kind) {
      case 'environment':
        return host.env[reference.name] ?? '';
      case 'step':
        return fileOf(scope, reference.step, reference.file);
      case 'variable': {
        const { name } = reference;
        const own =
          Object.hasOwn(scope.variables, name) && !open.includes(name) ? scope.variables[name] : undefined;
        if (own !== undefined) return replaceReferences(own, (it) => value(it, [...open, name]));
        const known = Object.hasOwn(given, name) ? given[name] : undefined;
        if (known === undefined) throw new Error(`There is no ${spellReference(reference)}.`);
        return known;
      }
    }
  };
  return (text) => replaceReferences(text, (it) => value(it, []));
}

/** The step with its references replaced; entries that refer to what was left out are left out, too. */
export function replaceIn(step: Step, scope: Scope, replace: (text: string) => string): Step {
  const kept =
    step.kind === 'rootfs' || step.kind === 'archive'
      ? {
          ...step,
          entries: Object.fromEntries(
            Object.entries(step.entries).filter(
              ([, entry]) => entry.kind !== 'from' || !refersToLeftOut(entry.from, scope),
            ),
          ),
        }
      : step;
  return mapStepTexts<Step>(kept, replace);
}

function refersToLeftOut(text: string, { leftOut }: Scope): boolean {
  return referencesIn(text).some(
    (it) =>
      it.kind === 'step' &&
      (leftOut.has(it.step) || (it.file !== undefined && leftOut.has(`${it.step}/${it.file}`))),
  );
}

/** Time of everything that a recipe packs: SOURCE_DATE_EPOCH of the environment, else the commit's, else 0. */
export async function epochSeconds(host: Host, scope: Scope): Promise<number> {
  const asked = host.env['SOURCE_DATE_EPOCH'];
  if (asked !== undefined && /^\d{1,12}$/.test(asked)) return Number(asked);
  return (await scope.version()).epochSeconds ?? 0;
}

/** Names of the variables that texts use, through other variables too. */
function namesIn({ variables }: Scope, texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (text: string): void => {
    for (const it of referencesIn(text)) {
      if (it.kind !== 'variable' || names.has(it.name)) continue;
      names.add(it.name);
      if (Object.hasOwn(variables, it.name)) visit(variables[it.name] ?? '');
    }
  };
  texts.forEach(visit);
  return names;
}
