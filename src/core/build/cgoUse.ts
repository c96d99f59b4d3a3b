import type { CancelSignal, Ports } from '../ports.js';
import { listedFields, parsePackageList, type ListedPackage } from './packageList.js';
import { sourceFingerprint } from './sourceFingerprint.js';

/** Whether a program needs C, by the packages it is made of. */
export type CgoUse =
  | {
      readonly kind: 'known';
      /** Those that hold `import "C"` and are not Go's own. */
      readonly packages: readonly CgoPackage[];
      /** Whether Go's own would use C too (net, os/user). */
      readonly standard: boolean;
      /** Import paths of all the program is made of, each after those it needs: the order in which go builds them. */
      readonly order: readonly string[];
    }
  /** Go could not list the packages; the build will say why. */
  | { readonly kind: 'unknown' };

export interface CgoPackage {
  readonly importPath: string;
  readonly directory: string;
  readonly files: readonly string[];
}

interface CgoQuestion {
  readonly go: string;
  /** The module's folder, where the go command runs. */
  readonly cwd: string;
  /** The package as the go command is to read it: `./cmd/x`. */
  readonly pattern: string;
  /** Flags that choose files: -tags and the like. */
  readonly flags: readonly string[];
  /** The build's environment; cgo is turned on for the question. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: CancelSignal;
}

export interface CgoUseInspector {
  inspect(question: CgoQuestion): Promise<CgoUse>;
}

interface Remembered {
  readonly fingerprint: string;
  readonly directories: readonly string[];
  readonly use: CgoUse;
}

/**
 * Asks `go list -deps` which packages use cgo when it is on (40–60 ms for a small program), and remembers the answer
 * as long as no Go file of the workspace, no go.mod, go.sum, go.work and vendor/modules.txt changes: a warm
 * build takes 100 ms, so asking each time would be half of it again.
 */
export function createCgoUseInspector(ports: Pick<Ports, 'runner' | 'files' | 'host'>): CgoUseInspector {
  const known = new Map<string, Remembered>();
  const fingerprint = (cwd: string, directories: readonly string[]): Promise<string> =>
    sourceFingerprint(ports, cwd, directories, (name) => name.endsWith('.go'));
  return {
    async inspect(question) {
      const env = { ...question.env, CGO_ENABLED: '1' };
      const key = JSON.stringify([
        question.go,
        question.cwd,
        question.pattern,
        question.flags,
        selectingVariables(env),
      ]);
      const remembered = known.get(key);
      if (
        remembered &&
        (await fingerprint(question.cwd, remembered.directories)) === remembered.fingerprint
      ) {
        return remembered.use;
      }
      const result = await ports.runner.run(
        question.go,
        ['list', '-deps', '-e', `-json=${listedFields}`, ...question.flags, '--', question.pattern],
        {
          cwd: question.cwd,
          env,
          timeoutMs: 60_000,
          ...(question.signal ? { signal: question.signal } : {}),
        },
      );
      if (result.outcome.kind !== 'exited' || result.outcome.code !== 0) return { kind: 'unknown' };
      const packages = parsePackageList(result.stdout);
      const use = usesCgo(packages);
      const directories = packages
        .filter((it) => !it.standard && !it.module?.immutable)
        .map((it) => it.directory);
      known.set(key, { fingerprint: await fingerprint(question.cwd, directories), directories, use });
      return use;
    },
  };
}

function usesCgo(packages: readonly ListedPackage[]): CgoUse {
  const users = packages.filter((it) => it.cgoFiles.length > 0);
  return {
    kind: 'known',
    packages: users
      .filter((it) => !it.standard)
      .map((it) => ({ importPath: it.importPath, directory: it.directory, files: it.cgoFiles })),
    standard: users.some((it) => it.standard && it.importPath !== 'runtime/cgo'),
    order: packages.map((it) => it.importPath),
  };
}

/** The variables that decide which files belong to a build. */
function selectingVariables(env: Readonly<Record<string, string>>): readonly (string | undefined)[] {
  return ['GOOS', 'GOARCH', 'GOFLAGS', 'GOWORK', 'GOENV', 'GO111MODULE'].map((name) => env[name]);
}
