import { hostGoos } from '../core/build/buildEnvironment.js';
import type { CrossbowConfig } from '../core/config/config.js';
import { nearestTargets } from '../core/diagnosis/resolve/fixes/targetFixes.js';
import { levelVariable } from '../core/target/levels.js';
import { parseTarget, type ParsedTarget } from '../core/target/parseTarget.js';
import { targetId } from '../core/target/target.js';
import { setupError, type CliContext } from './cliContext.js';

/** A target, and the device that the user named it by. */
export type ResolvedTarget = Extract<ParsedTarget, { ok: true }>;

/** Takes the nearest target in place of one that does not exist, or refuses by answering false. */
export type TakeNearest = (nearest: string, spelling: string) => boolean;

/**
 * Reads one spelling of a target or device; an unknown one is wrong usage, told with the legal values and the nearest,
 * unless `takeNearest` takes that one.
 */
export async function resolveTarget(
  { crossbow }: Pick<CliContext, 'crossbow'>,
  spelling: string,
  takeNearest?: TakeNearest,
): Promise<ResolvedTarget> {
  const catalogue = await crossbow.catalogue();
  const parsed = parseTarget(spelling, catalogue);
  if (parsed.ok) return parsed;
  const [closest] = takeNearest === undefined ? [] : nearestTargets(portIn(spelling), catalogue);
  if (closest !== undefined && takeNearest?.(closest, spelling) === true)
    return resolveTarget({ crossbow }, closest);
  const { message, nearest, legal } = parsed;
  const lines = [
    `--target ${spelling}: ${message}`,
    ...(nearest.length === 0 ? [] : [`Did you mean ${nearest.slice(0, 3).join(', ')}?`]),
    ...(legal.length === 0 ? [] : [`Legal: ${legal.join(', ')}`]),
    'All targets and devices: crossbow targets',
  ];
  throw setupError(lines.join('\n'), { nearest, legal });
}

/**
 * The named targets, each once; without any the one that GOOS, GOARCH and their like name in the environment, as go
 * would read them; else the pinned ones of crossbow.yaml, else this machine's own.
 */
export async function resolveTargets(
  context: CliContext,
  config: CrossbowConfig,
  spellings: readonly string[] | undefined,
  takeNearest?: TakeNearest,
): Promise<readonly ResolvedTarget[]> {
  const { host } = context.ports;
  const own = `${hostGoos(host)}/${host.goarch}`;
  const fromEnvironment = targetOfEnvironment(host.env, own);
  const wanted =
    spellings ??
    (fromEnvironment !== undefined ? [fromEnvironment] : config.pinned.length > 0 ? config.pinned : [own]);
  const found = new Map<string, ResolvedTarget>();
  for (const spelling of wanted) {
    const resolved = await resolveTarget(context, spelling, takeNearest);
    const id = targetId(resolved.target);
    if (!found.has(id)) found.set(id, resolved);
  }
  return [...found.values()];
}

/** `windows/riscv64`, also where it is spelt as variables. */
function portIn(spelling: string): string {
  const variables = /^GOOS=(\S+) GOARCH=(\S+)/.exec(spelling);
  return variables === null ? spelling : `${variables[1] ?? ''}/${variables[2] ?? ''}`;
}

/** The environment's target, spelt as variables; undefined where it names none. */
function targetOfEnvironment(env: Readonly<Record<string, string>>, own: string): string | undefined {
  const [ownGoos = '', ownGoarch = ''] = own.split('/');
  if (!env['GOOS'] && !env['GOARCH']) return undefined;
  const goarch = env['GOARCH'] || ownGoarch;
  const name = levelVariable(goarch);
  const level = name === undefined ? undefined : env[name];
  return `GOOS=${env['GOOS'] || ownGoos} GOARCH=${goarch}${name === undefined || !level ? '' : ` ${name}=${level}`}`;
}
