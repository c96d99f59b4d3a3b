import type { COptions, EntryDefinition, GoOptions, Step } from '../recipe/recipe.js';
import { referencesIn, spellReference } from '../recipe/references.js';
import { stepKinds } from './recipeSchema.js';
import type { StepFile } from './schema.js';
import { listOf, tagsOf, wordsOf } from './textLists.js';

type StepReading =
  { readonly kind: 'ok'; readonly step: Step } | { readonly kind: 'wrong'; readonly message: string };

/** A step as it was written, in one form; what must be there and is not is said in one sentence. */
export function readStep(file: StepFile, line: number): StepReading {
  const kinds = stepKinds.filter((kind) => file[kind] !== undefined);
  const choice = stepKinds.map((kind) => `\`${kind}\``).join(', ');
  if (file.name === undefined) return wrong('a step needs a `name`');
  if (kinds.length === 0) return wrong(`the step \`${file.name}\` needs one of ${choice}`);
  if (kinds.length > 1)
    return wrong(
      `the step \`${file.name}\` can do one thing only, not ${kinds.map((it) => `\`${it}\``).join(' and ')}`,
    );
  const base = { name: file.name, needs: listOf(file.needs), line };
  const missing = (key: string): StepReading => wrong(`the step \`${base.name}\` needs \`${key}\``);
  const { go, c, program, rootfs, archive, run, recipe, file: written } = file;
  if (go !== undefined) {
    const block = typeof go === 'string' ? { packages: go } : go;
    if (listOf(block.packages).length === 0) return missing('go.packages');
    const step = { ...base, kind: 'go' as const, packages: listOf(block.packages), ...common(block) };
    return ok({ ...step, ...goOptions(block) });
  }
  if (c !== undefined) {
    if (listOf(c.sources).length === 0) return missing('c.sources');
    if (c.output === undefined) return missing('c.output');
    const step = { ...base, kind: 'c' as const, sources: listOf(c.sources), ...common(c), output: c.output };
    return ok({ ...step, ...cOptions(c) });
  }
  if (program !== undefined) {
    if (listOf(program.paths).length === 0) return missing('program.paths');
    return ok({
      ...base,
      kind: 'program',
      paths: listOf(program.paths),
      ...common(program),
      optional: program.optional ?? false,
      go: goOptions(program.go ?? {}),
      c: cOptions(program.c ?? {}),
    });
  }
  if (rootfs !== undefined) {
    const caCertificates = rootfs['ca-certificates'];
    return withEntries(rootfs.entries, (entries) => ({
      ...base,
      kind: 'rootfs',
      output: rootfs.output ?? 'rootfs.tgz',
      ...(rootfs.base === undefined ? {} : { base: rootfs.base }),
      ...(caCertificates === undefined || caCertificates === false ? {} : { caCertificates }),
      passwd: rootfs.passwd ?? false,
      tmp: rootfs.tmp ?? false,
      entries,
    }));
  }
  if (archive !== undefined) {
    const { output } = archive;
    if (output === undefined) return missing('archive.output');
    return withEntries(archive.entries, (entries) => ({ ...base, kind: 'archive', output, entries }));
  }
  if (written !== undefined) {
    if (written.output === undefined) return missing('file.output');
    return ok({ ...base, kind: 'file', output: written.output, text: written.text ?? '' });
  }
  if (run !== undefined) {
    if (run.command === undefined || run.command.length === 0) return missing('run.command');
    return ok({
      ...base,
      kind: 'run',
      command: run.command,
      inputs: listOf(run.inputs),
      outputs: listOf(run.outputs),
      env: textRecord(run.env ?? {}),
    });
  }
  if (recipe?.name === undefined) return missing('recipe.name');
  return ok({
    ...base,
    kind: 'recipe',
    recipe: recipe.name,
    ...(recipe.directory === undefined ? {} : { directory: recipe.directory }),
    variables: textRecord(recipe.variables ?? {}),
    optional: recipe.optional ?? false,
  });
}

function common(block: { readonly output?: string; readonly static?: boolean }): {
  output?: string;
  static?: boolean;
} {
  return {
    ...(block.output === undefined ? {} : { output: block.output }),
    ...(block.static === undefined ? {} : { static: block.static }),
  };
}

type GoFile = Omit<Exclude<NonNullable<StepFile['go']>, string>, 'packages'>;

function goOptions({ tags, ldflags, cgo, trimpath, mod, env, generate, libraries }: GoFile): GoOptions {
  return {
    ...(tags === undefined ? {} : { tags: tagsOf(tags) }),
    ...(ldflags === undefined ? {} : { ldflags }),
    ...(cgo === undefined ? {} : { cgo: cgoMode(cgo) }),
    ...(trimpath === undefined ? {} : { trimpath }),
    ...(mod === undefined ? {} : { mod }),
    ...(env === undefined ? {} : { env: textRecord(env) }),
    ...(generate === undefined ? {} : { generate: listOf(generate) }),
    ...(libraries === undefined ? {} : { libraries: librariesOf(libraries) }),
  };
}

function librariesOf(libraries: NonNullable<GoFile['libraries']>): NonNullable<GoOptions['libraries']> {
  return Object.fromEntries(
    Object.entries(libraries).map(([name, { tags, use = 'on' }]) => {
      const [reference, ...more] = referencesIn(String(use));
      const isOne = reference?.kind === 'variable' && more.length === 0;
      const variable = isOne && spellReference(reference) === use ? { variable: reference.name } : {};
      return [name, { tags: tagsOf(tags), use: String(use), ...variable }];
    }),
  );
}

/** `true` and `false` are what people write for on and off. */
export function cgoMode(value: 'auto' | 'on' | 'off' | boolean): 'auto' | 'on' | 'off' {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : value;
}

type CFile = Pick<NonNullable<StepFile['c']>, 'includes' | 'cflags' | 'ldflags' | 'pkg-config'>;

function cOptions({ includes, cflags, ldflags, 'pkg-config': pkgConfig }: CFile): COptions {
  return {
    ...(includes === undefined ? {} : { includes: listOf(includes) }),
    ...(cflags === undefined ? {} : { cflags: wordsOf(cflags) }),
    ...(ldflags === undefined ? {} : { ldflags: wordsOf(ldflags) }),
    ...(pkgConfig === undefined ? {} : { pkgConfig: wordsOf(pkgConfig) }),
  };
}

type EntryFile = NonNullable<NonNullable<StepFile['archive']>['entries']>[string];

function withEntries(
  files: Readonly<Record<string, EntryFile>> = {},
  make: (entries: Readonly<Record<string, EntryDefinition>>) => Step,
): StepReading {
  const entries: [string, EntryDefinition][] = [];
  for (const [path, file] of Object.entries(files)) {
    const entry = readEntry(file);
    if (entry === undefined)
      return wrong(`the entry \`${path}\` needs one of \`from\`, \`text\`, \`link\` and \`directory\``);
    entries.push([path, entry]);
  }
  return ok(make(Object.fromEntries(entries)));
}

function readEntry(file: EntryFile): EntryDefinition | undefined {
  if (typeof file === 'string') return { kind: 'from', from: file };
  const mode = file.mode === undefined ? {} : { mode: String(file.mode) };
  const owner = file.owner === undefined ? {} : { owner: String(file.owner) };
  const { from, text, link, directory } = file;
  if (
    [from, text, link, directory === true ? directory : undefined].filter((it) => it !== undefined).length !==
    1
  )
    return undefined;
  if (from !== undefined) return { kind: 'from', from, ...mode, ...owner };
  if (text !== undefined) return { kind: 'text', text, ...mode, ...owner };
  if (link !== undefined) return { kind: 'link', target: link, ...owner };
  return { kind: 'directory', ...mode, ...owner };
}

function textRecord(record: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)]));
}

function ok(step: Step): StepReading {
  return { kind: 'ok', step };
}

function wrong(message: string): StepReading {
  return { kind: 'wrong', message };
}
