import { parseJsonObjects } from '../build/jsonStream.js';
import { findUpward } from '../build/workspaceScan.js';
import type { CancelSignal, Ports } from '../ports.js';
import { readFunctionSpec } from './compile/functionName.js';

/** A function of a package that is there. */
export interface FoundFunction {
  readonly importPath: string;
  /** Absolute. */
  readonly directory: string;
  /** Where the go command is to run. */
  readonly moduleDirectory: string;
  /** Without the package; empty where the text names a package alone. */
  readonly name: string;
}

export type FunctionLookup =
  { readonly ok: true; readonly found: FoundFunction } | { readonly ok: false; readonly message: string };

/**
 * Finds the package of `./web.handler`, `net/http.(*conn).serve` or `main.main`: a folder, an import path as the module
 * in `cwd` sees it, or the name of the package in `cwd`. With `alone` the text is a package without a function.
 */
export async function findPackage(
  ports: Pick<Ports, 'runner' | 'files' | 'host'>,
  {
    text,
    alone,
    cwd,
    go,
    env,
    signal,
  }: {
    readonly text: string;
    readonly alone: boolean;
    readonly cwd: string;
    readonly go: string;
    readonly env: Readonly<Record<string, string>>;
    readonly signal?: CancelSignal;
  },
): Promise<FunctionLookup> {
  const specs = alone ? [{ package: text, name: '' }] : readFunctionSpec(text);
  if (specs.length === 0)
    return {
      ok: false,
      message: `${text} names no function: write PACKAGE.FUNCTION, such as ./web.handler.`,
    };
  const { stdout } = await ports.runner.run(
    go,
    [
      'list',
      '-e',
      '-find',
      '-json=ImportPath,Name,Dir,Error,Module',
      '--',
      ...new Set([...specs.map((it) => it.package), '.']),
    ],
    { cwd, env, ...(signal ? { signal } : {}) },
  );
  const listed = parseJsonObjects(stdout).map((it) => ({
    importPath: word(it['ImportPath']),
    name: word(it['Name']),
    directory: word(it['Dir']),
    isMain: (it['Module'] as { Main?: unknown } | undefined)?.Main === true,
  }));
  const here = listed.find((it) => it.directory !== '' && it.directory === cwd);
  // The longest path that is a package: `gopkg.in/yaml.v3` and not `gopkg.in/yaml`.
  for (const spec of [...specs].reverse()) {
    const folder = /^\.{0,2}[/\\]|^\.{1,2}$/.test(spec.package) || ports.host.isAbsolute(spec.package);
    const wanted = folder ? absolute(ports, cwd, spec.package) : undefined;
    const isHere = spec.package === here?.name || (spec.package === 'main' && here?.name === 'main');
    const match =
      listed.find(
        (it) =>
          it.name !== '' && (wanted === undefined ? it.importPath === spec.package : it.directory === wanted),
      ) ?? (isHere ? here : undefined);
    if (match === undefined) continue;
    const start = match.isMain ? match.directory : cwd;
    const moduleDirectory = (await findUpward(ports, start, 'go.mod')) ?? cwd;
    return {
      ok: true,
      found: { importPath: match.importPath, directory: match.directory, moduleDirectory, name: spec.name },
    };
  }
  const names = specs.map((it) => it.package).join(' or ');
  return { ok: false, message: `There is no package ${names} here: go list finds none in ${cwd}.` };
}

function absolute({ host }: Pick<Ports, 'host'>, cwd: string, path: string): string {
  const joined = host.isAbsolute(path) ? host.join(path) : host.join(cwd, path);
  return joined.length > 1 ? joined.replace(/[/\\]$/, '') : joined;
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
