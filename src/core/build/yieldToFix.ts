import type { ConfigChange } from '../config/config.js';
import { sameTargetKey } from '../config/targetKey.js';
import { targetId } from '../target/target.js';
import type { BuildRequest } from './build.js';

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

/**
 * The request without what would win over the changes of a fix, and the names of what was left out: a task's or a
 * command line's own variables and flags come before crossbow.yaml, so `--env CC=gcc` would undo a new `cc` there.
 */
export function yieldToFix(
  request: BuildRequest,
  changes: readonly ConfigChange[],
): { readonly request: BuildRequest; readonly leftOut: readonly string[] } {
  const leftOut: string[] = [];
  const env = { ...request.env };
  const options: Partial<Record<'cgo' | 'tags' | 'ldflags' | 'trimpath', true>> = {};
  for (const { path } of changes) {
    const key = ownKey(request, path);
    if (key === undefined) continue;
    const name = key.startsWith('env.') ? key.slice(4) : variables[key];
    if (name !== undefined && Object.hasOwn(env, name)) {
      Reflect.deleteProperty(env, name);
      leftOut.push(name);
    }
    if (isOption(key) && request[key] !== undefined) {
      options[key] = true;
      leftOut.push(key);
    }
  }
  const { cgo, tags, ldflags, trimpath, ...rest } = request;
  return {
    request: {
      ...rest,
      ...(cgo === undefined || options.cgo ? {} : { cgo }),
      ...(tags === undefined || options.tags ? {} : { tags }),
      ...(ldflags === undefined || options.ldflags ? {} : { ldflags }),
      ...(trimpath === undefined || options.trimpath ? {} : { trimpath }),
      env,
    },
    leftOut: [...new Set(leftOut)],
  };
}

/** What a change is about, where it is about this build: `cc`, `env.CGO_CFLAGS`, `ldflags`. */
function ownKey(request: BuildRequest, path: readonly string[]): string | undefined {
  const [top, second = '', ...rest] = path;
  if (top === 'defaults') return [second, ...rest].join('.');
  const isOwn = top === 'toolchains' && sameTargetKey(second, targetId(request.target));
  return isOwn ? rest.join('.') : undefined;
}

function isOption(key: string): key is 'cgo' | 'tags' | 'ldflags' | 'trimpath' {
  return key === 'cgo' || key === 'tags' || key === 'ldflags' || key === 'trimpath';
}
