import type { Catalogue } from '../target/catalogue.js';
import { createCatalogue } from '../target/createCatalogue.js';
import { parseTarget } from '../target/parseTarget.js';
import { targetId } from '../target/target.js';

/** What a spelling in crossbow.yaml names. */
export type JudgedTarget =
  | { readonly kind: 'target'; readonly id: string; readonly device?: string }
  | { readonly kind: 'refused'; readonly message: string };

let builtIn: Catalogue | undefined;

/** Reads a target or device by the catalogue, or by the built-in one. The message of a refusal names the nearest. */
export function judgeTarget(spelling: string, catalogue?: Catalogue): JudgedTarget {
  const parsed = parseTarget(spelling, catalogue ?? (builtIn ??= createCatalogue()));
  if (!parsed.ok) {
    const [nearest] = parsed.nearest;
    const hint =
      nearest === undefined || parsed.message.includes(nearest) ? '' : ` Did you mean \`${nearest}\`?`;
    return { kind: 'refused', message: `${parsed.message}${hint}` };
  }
  const id = targetId(parsed.target);
  return parsed.device === undefined
    ? { kind: 'target', id }
    : { kind: 'target', id, device: parsed.device.id };
}

/** Whether two keys of `toolchains` name the same target. */
export function sameTargetKey(a: string, b: string): boolean {
  const first = judgeTarget(a);
  const second = judgeTarget(b);
  return first.kind === 'target' && second.kind === 'target' && first.id === second.id;
}
