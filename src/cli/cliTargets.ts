import { hostGoos } from '../core/build/buildEnvironment.js';
import type { CrossbowConfig } from '../core/config/config.js';
import { parseTarget, type ParsedTarget } from '../core/target/parseTarget.js';
import { targetId } from '../core/target/target.js';
import { setupError, type CliContext } from './cliContext.js';

/** A target, and the device that the user named it by. */
export type ResolvedTarget = Extract<ParsedTarget, { ok: true }>;

/** Reads one spelling of a target or device; an unknown one is wrong usage, told with the legal values and the nearest. */
export async function resolveTarget({ crossbow }: CliContext, spelling: string): Promise<ResolvedTarget> {
  const parsed = parseTarget(spelling, await crossbow.catalogue());
  if (parsed.ok) return parsed;
  const { message, nearest, legal } = parsed;
  const lines = [
    `--target ${spelling}: ${message}`,
    ...(nearest.length === 0 ? [] : [`Did you mean ${nearest.slice(0, 3).join(', ')}?`]),
    ...(legal.length === 0 ? [] : [`Legal: ${legal.join(', ')}`]),
    'All targets and devices: crossbow targets',
  ];
  throw setupError(lines.join('\n'), { nearest, legal });
}

/** The named targets, each once; without any the pinned ones of crossbow.yaml, else this machine's own. */
export async function resolveTargets(
  context: CliContext,
  config: CrossbowConfig,
  spellings: readonly string[] | undefined,
): Promise<readonly ResolvedTarget[]> {
  const { host } = context.ports;
  const own = `${hostGoos(host)}/${host.goarch}`;
  const wanted = spellings ?? (config.pinned.length > 0 ? config.pinned : [own]);
  const found = new Map<string, ResolvedTarget>();
  for (const spelling of wanted) {
    const resolved = await resolveTarget(context, spelling);
    const id = targetId(resolved.target);
    if (!found.has(id)) found.set(id, resolved);
  }
  return [...found.values()];
}
