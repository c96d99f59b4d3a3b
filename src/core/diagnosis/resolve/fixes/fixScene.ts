import type { ConfigChange, ToolchainConfig } from '../../../config/config.js';
import type { Host } from '../../../ports.js';
import { type Platform, platformOf } from '../../../target/platforms.js';
import { type Target, targetId } from '../../../target/target.js';
import type { Fix } from '../../diagnosis.js';
import type { Finding } from '../../finding.js';
import type { Inquiry } from '../inquiry.js';

/** What a fix is made of: the finding, and everything around it that can be asked. */
export interface FixScene {
  readonly finding: Finding;
  readonly inquiry: Inquiry;
  readonly host: Host;
  /** What is built for; undefined where neither caller nor log knows. */
  readonly target: Target | undefined;
  /** The target's id, or words for it. */
  readonly name: string;
  readonly platform: Platform | undefined;
  /** The build is for the machine it runs on. */
  readonly native: boolean;
  /** What crossbow.yaml says of the target. */
  readonly own: ToolchainConfig;
}

/** Fixes for one cause, best first. */
export type FixBuilder = (scene: FixScene) => Promise<readonly Fix[]> | readonly Fix[];

export function createFixScene(inquiry: Inquiry, finding: Finding, target: Target | undefined): FixScene {
  const { host } = inquiry.ports;
  const id = target === undefined ? undefined : targetId(target);
  const goos = host.platform === 'win32' ? 'windows' : host.platform;
  return {
    finding,
    inquiry,
    host,
    target,
    name: id ?? 'the target',
    platform: target === undefined ? undefined : platformOf(target),
    native: target !== undefined && target.goos === goos && target.goarch === host.goarch,
    own: (id === undefined ? undefined : inquiry.context.config.toolchains[id]) ?? {},
  };
}

/** A change of the target's entry in crossbow.yaml. Without a target there is nothing to change. */
export function targetChange(
  { target }: FixScene,
  path: readonly string[],
  value: ConfigChange['value'],
): readonly ConfigChange[] {
  return target === undefined ? [] : [{ path: ['toolchains', targetId(target), ...path], value }];
}

/** Takes variables out of crossbow.yaml that would win over what a fix sets. */
export function withoutVariables(
  { target, own, inquiry }: FixScene,
  names: readonly string[],
): readonly ConfigChange[] {
  const { env = {} } = inquiry.context.config.defaults;
  return names.flatMap((name) => [
    ...(target !== undefined && own.env?.[name] !== undefined
      ? [{ path: ['toolchains', targetId(target), 'env', name], value: null }]
      : []),
    ...(env[name] === undefined ? [] : [{ path: ['defaults', 'env', name], value: null }]),
  ]);
}

/** The value a variable of the build has: crossbow.yaml's, else the one given by task or host. */
export function variableOf({ own, inquiry, host }: FixScene, name: string): string | undefined {
  const { config, env } = inquiry.context;
  return own.env?.[name] ?? config.defaults.env?.[name] ?? env?.[name] ?? host.env[name];
}

export function advice(title: string, text: string): Fix {
  return { kind: 'advice', title, proven: false, edit: { kind: 'none', advice: text } };
}

/** Sets a variable of the target's builds, or is advice to do so where no target is known. */
export function setVariable(scene: FixScene, name: string, value: string, title: string): Fix {
  const changes = targetChange(scene, ['env', name], value);
  if (changes.length === 0) return advice(title, `Set ${name}=${value} for the build.`);
  return { kind: 'set-environment', title, proven: false, edit: { kind: 'config', changes } };
}

/** Resets a C flags variable: out of crossbow.yaml where it stands there, else to Go's own default for this target. */
export function resetFlags(scene: FixScene, name: string, title: string): Fix {
  const removals = withoutVariables(scene, [name]);
  if (removals.length > 0)
    return { kind: 'set-environment', title, proven: false, edit: { kind: 'config', changes: removals } };
  // cmd/go, envcmd: the default of CGO_CFLAGS and its like; CGO_CPPFLAGS and others are empty.
  return setVariable(scene, name, /^CGO_(?:C|CXX|F|LD)FLAGS$/.test(name) ? '-O2 -g' : '', title);
}

/**
 * A variable without the words that are to blame: set for the target, as it may come from a task or the environment.
 * Nothing where it has none of them.
 */
export function trimmedVariable(scene: FixScene, name: string, words: RegExp): readonly ConfigChange[] {
  const value = variableOf(scene, name);
  const kept = value?.replace(words, '').trim();
  if (value === undefined || kept === undefined || kept === value.trim()) return [];
  // Go's own variables have no default that an empty value would hide; one of crossbow.yaml is taken out altogether.
  return targetChange(scene, ['env', name], kept === '' && scene.own.env?.[name] !== undefined ? null : kept);
}

/** Several changes as one fix, where each alone would leave the failure as it is. */
export function together(fixes: readonly Fix[], title: string): readonly Fix[] {
  const [first, ...more] = fixes;
  if (first === undefined || more.length === 0) return fixes;
  const changes = fixes.flatMap(({ edit }) => (edit.kind === 'config' ? edit.changes : []));
  return [{ ...first, title, edit: { kind: 'config', changes } }];
}
