import type { Discovery } from '../crossbow.js';
import type { CancelSignal, Ports } from '../ports.js';
import { levelEnvironment } from '../target/levels.js';
import type { Target } from '../target/target.js';
import { programName } from './discoverMainPackages.js';
import { listedFields, parsePackageList } from './packageList.js';

/** Variables decide whether go works without modules: cmd/go/internal/modload reads no file for it. */
export function isGopathMode(env: Readonly<Record<string, string>>): boolean {
  return env['GO111MODULE'] === 'off';
}

interface GopathQuestion {
  readonly folder: string;
  /** As go reads them: folders from `folder` on, or import paths below GOPATH/src. */
  readonly patterns: readonly string[];
  /** Variables of the build beside the host's. */
  readonly env: Readonly<Record<string, string>>;
  /** Only what has files for it is listed; absent: what has some for the host. */
  readonly target?: Target;
  readonly signal?: CancelSignal;
}

/** The programs that patterns name where go works without modules. What go says of the others is a problem each. */
export async function listGopathPrograms(
  ports: Pick<Ports, 'runner' | 'host'>,
  go: string,
  { folder, patterns, env, target, signal }: GopathQuestion,
): Promise<Discovery> {
  const platform =
    target === undefined ? {} : { GOOS: target.goos, GOARCH: target.goarch, ...levelEnvironment(target) };
  const { outcome, stdout, stderr } = await ports.runner.run(
    go,
    ['list', '-e', '-find', `-json=${listedFields}`, ...patterns],
    {
      cwd: folder,
      env: { ...ports.host.env, ...env, ...platform, CGO_ENABLED: '1', LC_ALL: 'C' },
      ...(signal ? { signal } : {}),
    },
  );
  if (outcome.kind !== 'exited' || outcome.code !== 0) {
    const message = outcome.kind === 'not-started' ? outcome.message : stderr.trim() || 'go list failed.';
    return { packages: [], problems: [{ file: folder, message }], hasModule: true };
  }
  const listed = parsePackageList(stdout);
  return {
    packages: listed
      .filter((it) => it.name === 'main' && it.directory !== '')
      .map(({ importPath, directory }) => ({
        importPath,
        directory,
        moduleDirectory: directory,
        name: programName(importPath),
      })),
    problems: listed.flatMap(({ name, directory, error }) =>
      error === undefined || name !== '' ? [] : [{ file: directory || folder, message: error.message }],
    ),
    // Nothing is missing: this mode has no modules.
    hasModule: true,
  };
}
