import type { EntryDefinition, GoOptions, COptions, RecipeDefinition, Step } from './recipe.js';
import { referencesIn } from './references.js';

/** A recipe's definition with every text changed; keys of entries and environments are texts, too. */
export function mapStepTexts<S extends Step>(step: S, change: (text: string) => string): S {
  const all = (texts: readonly string[]): readonly string[] => list(texts, change);
  return mapStep(step, change, all) as S;
}

function mapStep(
  step: Step,
  change: (text: string) => string,
  all: (texts: readonly string[]) => readonly string[],
): Step {
  switch (step.kind) {
    case 'go':
      return {
        ...step,
        ...mapGo(step, change),
        packages: all(step.packages),
        ...(step.output === undefined ? {} : { output: change(step.output) }),
      };
    case 'c':
      return { ...step, ...mapC(step, change), sources: all(step.sources), output: change(step.output) };
    case 'program':
      return {
        ...step,
        paths: all(step.paths),
        ...(step.output === undefined ? {} : { output: change(step.output) }),
        go: mapGo(step.go, change),
        c: mapC(step.c, change),
      };
    case 'rootfs':
      return {
        ...step,
        output: change(step.output),
        ...(step.base === undefined ? {} : { base: change(step.base) }),
        ...(typeof step.caCertificates === 'string' ? { caCertificates: change(step.caCertificates) } : {}),
        entries: mapEntries(step.entries, change),
      };
    case 'archive':
      return { ...step, output: change(step.output), entries: mapEntries(step.entries, change) };
    case 'file':
      return { ...step, output: change(step.output), text: change(step.text) };
    case 'run':
      return {
        ...step,
        command: all(step.command),
        inputs: all(step.inputs),
        outputs: all(step.outputs),
        env: mapRecord(step.env, change),
      };
    case 'recipe':
      return {
        ...step,
        recipe: change(step.recipe),
        variables: mapRecord(step.variables, change),
        ...(step.directory === undefined ? {} : { directory: change(step.directory) }),
      };
  }
}

function mapGo(options: GoOptions, change: (text: string) => string): GoOptions {
  const { tags, ldflags, cgo, trimpath, mod, env, generate, libraries } = options;
  return {
    ...(tags === undefined ? {} : { tags: list(tags, change) }),
    ...(ldflags === undefined ? {} : { ldflags: change(ldflags) }),
    ...(cgo === undefined ? {} : { cgo }),
    ...(trimpath === undefined ? {} : { trimpath }),
    ...(mod === undefined ? {} : { mod }),
    ...(env === undefined ? {} : { env: mapRecord(env, change) }),
    ...(generate === undefined ? {} : { generate: list(generate, change) }),
    ...(libraries === undefined ? {} : { libraries: mapLibraries(libraries, change) }),
  };
}

function mapLibraries(
  libraries: NonNullable<GoOptions['libraries']>,
  change: (text: string) => string,
): NonNullable<GoOptions['libraries']> {
  return Object.fromEntries(
    Object.entries(libraries).map(([name, library]) => [
      name,
      { ...library, tags: list(library.tags, change), use: change(library.use) },
    ]),
  );
}

function mapC(options: COptions, change: (text: string) => string): COptions {
  const { includes, cflags, ldflags, pkgConfig } = options;
  return {
    ...(includes === undefined ? {} : { includes: list(includes, change) }),
    ...(cflags === undefined ? {} : { cflags: list(cflags, change) }),
    ...(ldflags === undefined ? {} : { ldflags: list(ldflags, change) }),
    ...(pkgConfig === undefined ? {} : { pkgConfig: list(pkgConfig, change) }),
  };
}

function mapEntries(
  entries: Readonly<Record<string, EntryDefinition>>,
  change: (text: string) => string,
): Readonly<Record<string, EntryDefinition>> {
  return Object.fromEntries(
    Object.entries(entries).map(([path, entry]) => [change(path), mapEntry(entry, change)]),
  );
}

function mapEntry(entry: EntryDefinition, change: (text: string) => string): EntryDefinition {
  switch (entry.kind) {
    case 'from':
      return { ...entry, from: change(entry.from) };
    case 'link':
      return { ...entry, target: change(entry.target) };
    case 'text':
      return { ...entry, text: change(entry.text) };
    case 'directory':
      return entry;
  }
}

/** An item that nothing is left of is no item: a flag that a variable turns off. */
function list(texts: readonly string[], change: (text: string) => string): readonly string[] {
  return texts.map(change).filter((it) => it !== '');
}

function mapRecord(
  record: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Every text of a step that may hold references. */
export function textsOf(step: Step): readonly string[] {
  const found: string[] = [];
  mapStepTexts(step, (text) => {
    found.push(text);
    return text;
  });
  return found;
}

/** Names of the steps that must have been done before this one: those it needs, and those it refers to. */
export function stepsBefore(step: Step, variables: RecipeDefinition['variables']): readonly string[] {
  const names = new Set(step.needs);
  const seen = new Set<string>();
  const visit = (text: string): void => {
    for (const reference of referencesIn(text)) {
      if (reference.kind === 'step') names.add(reference.step);
      if (reference.kind !== 'variable' || seen.has(reference.name)) continue;
      seen.add(reference.name);
      if (Object.hasOwn(variables, reference.name)) visit(variables[reference.name] ?? '');
    }
  };
  for (const text of textsOf(step)) visit(text);
  return [...names];
}
