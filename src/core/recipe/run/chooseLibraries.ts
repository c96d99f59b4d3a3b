import type { Diagnosis, Fix } from '../../diagnosis/diagnosis.js';
import { targetId } from '../../target/target.js';
import type { GoOptions, LibraryChoice } from '../recipe.js';
import { toolchainFor, type StepJob } from './stepJob.js';
import { toolEnvironment } from './toolEnvironment.js';

type Libraries = NonNullable<GoOptions['libraries']>;

export type LibrariesChosen =
  /** The tags of those that are built with, and what people should know of the others. */
  | { readonly kind: 'chosen'; readonly tags: readonly string[]; readonly notes: readonly string[] }
  | { readonly kind: 'wrong'; readonly message: string };

/** Decides which of a step's libraries it is built with; `auto` asks pkg-config for the target. */
export async function chooseLibraries(job: StepJob, libraries: Libraries): Promise<LibrariesChosen> {
  const tags: string[] = [];
  const notes: string[] = [];
  for (const [name, library] of Object.entries(libraries)) {
    const use = readUse(library);
    if (use === undefined) {
      const what = library.variable ?? `the use of ${name}`;
      return { kind: 'wrong', message: `${what} is ${library.use}: it can be on, off or auto.` };
    }
    if (use === 'on' || (use === 'auto' && (await isThere(job, name)))) tags.push(...library.tags);
    else if (use === 'auto')
      notes.push(`Built without ${name}: pkg-config knows none for ${targetId(job.target)}.`);
  }
  return { kind: 'chosen', tags, notes };
}

/** What is there now for the libraries that are left to `auto`: part of what a step's result depends on. */
export async function librariesThere(
  job: StepJob,
  libraries: Libraries = {},
): Promise<readonly (readonly [string, boolean])[]> {
  const asked = Object.entries(libraries).filter(([, it]) => readUse(it) === 'auto');
  return Promise.all(asked.map(async ([name]) => [name, await isThere(job, name)] as const));
}

/** The diagnosis of a missing library, with the choice to do without it. */
export function withChoice(diagnoses: readonly Diagnosis[], libraries: Libraries = {}): readonly Diagnosis[] {
  return diagnoses.map((diagnosis) => {
    if (!aboutLibraries.has(diagnosis.cause)) return diagnosis;
    const words = [diagnosis.title, ...diagnosis.evidence.map((it) => it.text)].join('\n');
    const without = Object.entries(libraries).flatMap(([name, library]): readonly Fix[] =>
      readUse(library) === 'on' && mentions(words, name) ? [doWithout(name, library)] : [],
    );
    return without.length === 0 ? diagnosis : { ...diagnosis, fixes: [...diagnosis.fixes, ...without] };
  });
}

const aboutLibraries: ReadonlySet<string> = new Set([
  'missing-target-library',
  'missing-host-library',
  'missing-static-library',
  'library-too-old',
  'pkg-config-not-found',
  'pkg-config-host-leak',
]);

/** By its pkg-config name, or as a header or linker says it: `seccomp.h`, `-lseccomp`. */
function mentions(words: string, name: string): boolean {
  return words.includes(name) || words.includes(name.replace(/^lib/, ''));
}

function doWithout(name: string, { variable }: LibraryChoice): Fix {
  const how =
    variable === undefined
      ? `Set \`use\` of ${name} to off or auto in the recipe.`
      : `Set the recipe's variable ${variable} to off, or to auto: --set ${variable}=off`;
  return {
    kind: 'advice',
    title: `Build without ${name}${variable === undefined ? '' : `: --set ${variable}=off`}`,
    proven: false,
    edit: { kind: 'none', advice: how },
  };
}

function readUse({ use, tags }: LibraryChoice): 'on' | 'off' | 'auto' | undefined {
  const word = use.trim().toLowerCase();
  if (word === 'auto') return 'auto';
  if (['on', 'true', 'yes', ...tags].includes(word)) return 'on';
  return ['', 'off', 'false', 'no'].includes(word) ? 'off' : undefined;
}

async function isThere(job: StepJob, name: string): Promise<boolean> {
  const choice = await toolchainFor(job);
  if (choice.kind === 'none') return false;
  const { env } = toolEnvironment(job, choice.toolchain);
  const { outcome } = await job.services.ports.runner.run(
    env['PKG_CONFIG'] ?? 'pkg-config',
    ['--exists', '--', name],
    {
      cwd: job.scope.recipe.directory,
      env,
      ...(job.options.signal === undefined ? {} : { signal: job.options.signal }),
    },
  );
  return outcome.kind === 'exited' && outcome.code === 0;
}
