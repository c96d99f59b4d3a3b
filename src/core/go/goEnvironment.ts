import type { Ports } from '../ports.js';
import { levelEnvironment } from '../target/levels.js';
import { targetId, type Target } from '../target/target.js';
import { explainFailure, runGo } from './runGo.js';

/** What `go env -json` says for one target, or why it says nothing. */
export type GoEnvironment =
  | { readonly ok: true; readonly variables: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly message: string };

/** Asks Go for its environment when it builds for a target: CC's default there, CGO_ENABLED, GOFLAGS, … */
export type GoEnvironmentReader = (
  go: { readonly path: string; readonly version: string },
  target: Target,
) => Promise<GoEnvironment>;

/**
 * A reader that asks once per go command, version and target. Distributions patch the answers (Debian's Go names a
 * cross gcc per target), so nothing of it is assumed. Failures are not remembered.
 */
export function createGoEnvironmentReader(ports: Ports): GoEnvironmentReader {
  const answers = new Map<string, Promise<GoEnvironment>>();
  return async (go, target) => {
    const key = [go.path, go.version, targetId(target)].join('\0');
    const known = answers.get(key) ?? goEnvironment(ports, go.path, target);
    answers.set(key, known);
    const answer = await known;
    if (!answer.ok) answers.delete(key);
    return answer;
  };
}

/** As above, asked anew. */
export async function goEnvironment(
  ports: Pick<Ports, 'runner' | 'host'>,
  go: string,
  target: Target,
): Promise<GoEnvironment> {
  const result = await runGo(ports, go, ['env', '-json'], {
    GOOS: target.goos,
    GOARCH: target.goarch,
    ...levelEnvironment(target),
  });
  const variables =
    result.outcome.kind === 'exited' && result.outcome.code === 0 ? parseVariables(result.stdout) : undefined;
  if (variables !== undefined) return { ok: true, variables };
  return { ok: false, message: `go env for ${targetId(target)}: ${go} ${explainFailure(result)}` };
}

function parseVariables(json: string): Record<string, string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
