import type { ConfigChange } from '../config/config.js';
import { sameTargetKey } from '../config/targetKey.js';
import { levelVariable } from '../target/levels.js';
import { targetId, type Target } from '../target/target.js';
import type { BuildChoices } from './build.js';

/** Keys of a toolchain in crossbow.yaml, and the variable that each becomes. */
const variables: Readonly<Record<string, string>> = {
  cc: 'CC',
  cxx: 'CXX',
  fc: 'FC',
  ar: 'AR',
  cgo: 'CGO_ENABLED',
  'pkgConfig.command': 'PKG_CONFIG',
  'pkgConfig.libdir': 'PKG_CONFIG_LIBDIR',
  'pkgConfig.sysrootDir': 'PKG_CONFIG_SYSROOT_DIR',
};

/** Choices of a task or a command line that win over crossbow.yaml, and that its `defaults` have too. */
const options = ['cgo', 'tags', 'ldflags', 'trimpath'] as const;

/**
 * The choices without what would win over the changes of a fix, and the names of what was left out: a task's or a
 * command line's own variables and flags come before crossbow.yaml, so `--env CC=gcc` would undo a new `cc` there.
 */
export function yieldToFix<T extends BuildChoices>(
  choices: T,
  target: Target,
  changes: readonly ConfigChange[],
): { readonly choices: T; readonly leftOut: readonly string[] } {
  const leftOut = changes.flatMap(({ path }) => {
    const key = ownKey(target, path);
    if (key === undefined) return [];
    const name = key.startsWith('env.') ? key.slice(4) : variables[key];
    return [
      ...(name !== undefined && choices.env?.[name] !== undefined ? [name] : []),
      ...options.filter((it) => it === key && choices[it] !== undefined),
    ];
  });
  return { choices: withoutChoices(choices, leftOut), leftOut: [...new Set(leftOut)] };
}

/** The choices for the target that a fix names: variables that name another would win over it. */
export function yieldToTarget<T extends BuildChoices>(
  choices: T,
  target: Target,
): { readonly choices: T; readonly leftOut: readonly string[] } {
  const naming = ['GOOS', 'GOARCH', levelVariable(target.goarch)];
  const leftOut = naming.filter((it) => it !== undefined).filter((it) => choices.env?.[it] !== undefined);
  return { choices: withoutChoices(choices, leftOut), leftOut };
}

/** Without the named variables and flags. */
function withoutChoices<T extends BuildChoices>(choices: T, names: readonly string[]): T {
  if (names.length === 0) return choices;
  const env = Object.fromEntries(Object.entries(choices.env ?? {}).filter(([name]) => !names.includes(name)));
  const rest = Object.entries({ ...choices, env }).filter(([key]) => !names.includes(key));
  // Only choices that may be absent are left out.
  return Object.fromEntries(rest) as T;
}

/** What a change is about, where it is about this build: `cc`, `env.CGO_CFLAGS`, `ldflags`. */
function ownKey(target: Target, path: readonly string[]): string | undefined {
  const [top, second = '', ...rest] = path;
  if (top === 'defaults') return [second, ...rest].join('.');
  const isOwn = top === 'toolchains' && sameTargetKey(second, targetId(target));
  return isOwn ? rest.join('.') : undefined;
}
