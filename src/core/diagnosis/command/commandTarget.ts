import type { Catalogue } from '../../target/catalogue.js';
import { levelVariable } from '../../target/levels.js';
import { parseTarget } from '../../target/parseTarget.js';
import type { Target } from '../../target/target.js';
import type { BuildCommand } from './parseBuildCommand.js';

/**
 * The platform that a command builds for, where the command itself says so. A plain `go build` says nothing, for the
 * shell may have exported GOARCH before: then the log decides.
 */
export function commandTarget(
  command: BuildCommand,
  host: { readonly goos: string; readonly goarch: string },
  catalogue: Catalogue,
): Target | undefined {
  if (command.severalPlatforms) return undefined;
  const written = command.platform ?? platformOf(command.env, host);
  if (written === undefined) return undefined;
  const parsed = parseTarget(written, catalogue);
  return parsed.ok ? parsed.target : undefined;
}

function platformOf(
  env: Readonly<Record<string, string>>,
  host: { readonly goos: string; readonly goarch: string },
): string | undefined {
  if (env['GOOS'] === undefined && env['GOARCH'] === undefined) return undefined;
  const goos = env['GOOS'] || host.goos;
  const goarch = env['GOARCH'] || host.goarch;
  const level = env[levelVariable(goarch) ?? ''];
  return level === undefined || level === '' ? `${goos}/${goarch}` : `${goos}/${goarch}/${level}`;
}
