import type { Artifact } from '../build/build.js';
import {
  buildState,
  recordsOf,
  type BuildRecord,
  type BuildState,
  type RunningBuild,
} from '../build/buildHistory.js';
import { toolchainState, type ToolchainState } from '../toolchain/toolchainState.js';
import type { ToolchainReport } from '../toolchain/toolchain.js';
import type { RecipeStatus } from '../recipe/recipeStatus.js';
import { recipeNodes, type OutputNode, type RecipeNode, type StepNode } from '../recipe/recipeTree.js';
import type { Catalogue } from './catalogue.js';
import { targetId, type Target } from './target.js';
import { cgoSupported, choiceKey, choiceName, sameChoice, type TargetChoice } from './targetChoice.js';

/** What is known of a target's C side: nothing, a probe under way (with what was known before), or a report. */
export type ToolchainKnowledge =
  | { readonly kind: 'checking'; readonly previous?: ToolchainReport }
  | { readonly kind: 'known'; readonly report: ToolchainReport };

/** All that the Targets view shows, as plain data. */
export interface TargetsState {
  readonly catalogue: Catalogue;
  readonly active?: TargetChoice;
  readonly pinned: readonly TargetChoice[];
  /** By target id. */
  readonly toolchains: ReadonlyMap<string, ToolchainKnowledge>;
  readonly history: readonly BuildRecord[];
  readonly running: readonly RunningBuild[];
  /** Recipes as they stand for the active target and the pinned ones. */
  readonly recipes: readonly RecipeStatus[];
}

export type TreeNode = GroupNode | TargetNode | ArtifactNode | RecipeNode | StepNode | OutputNode;

export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly label: string;
  /** Which icon the group gets. */
  readonly role: 'pinned' | 'devices' | 'family' | 'system';
  /** Whether its rows are in sight until somebody closes it. */
  readonly open: boolean;
  readonly children: readonly (GroupNode | TargetNode)[];
}

export interface TargetNode {
  readonly kind: 'target';
  /** Unique in the tree: the same target may be pinned, be a device's and stand under its system. */
  readonly id: string;
  readonly choice: TargetChoice;
  readonly label: string;
  readonly active: boolean;
  readonly pinned: boolean;
  readonly toolchain: ToolchainState;
  readonly build: BuildState;
  /** Artifacts first, then recipes, then further levels of the same port. */
  readonly children: readonly (ArtifactNode | RecipeNode | TargetNode)[];
}

export interface ArtifactNode {
  readonly kind: 'artifact';
  readonly id: string;
  readonly artifact: Artifact;
  readonly choice: TargetChoice;
  /** From a build that is older than the sources. */
  readonly stale: boolean;
}

/** The nodes of the Targets view: pinned targets, then devices, then a group per operating system. */
export function targetTree(state: TargetsState): readonly GroupNode[] {
  const groups: GroupNode[] = [];
  if (state.pinned.length > 0) {
    groups.push({
      kind: 'group',
      id: 'pinned',
      label: 'Pinned',
      role: 'pinned',
      open: true,
      children: state.pinned.map((choice) => targetNode(state, 'pinned', choice, [])),
    });
  }
  groups.push({
    kind: 'group',
    id: 'devices',
    label: 'Devices',
    role: 'devices',
    open: true,
    children: familyNodes(state),
  });
  for (const goos of operatingSystems(state.catalogue)) {
    const targets = state.catalogue.targets.filter((it) => it.goos === goos);
    groups.push({
      kind: 'group',
      id: `system:${goos}`,
      label: operatingSystemName(goos),
      role: 'system',
      open: false,
      children: systemNodes(state, goos, targets),
    });
  }
  return groups;
}

/** A group per family of devices. The first is open: what most people come for is seen without a click. */
function familyNodes(state: TargetsState): readonly GroupNode[] {
  const { devices } = state.catalogue;
  return [...new Set(devices.map((it) => it.family))].map((family, index) => ({
    kind: 'group',
    id: `devices:${family}`,
    label: family,
    role: 'family',
    open: index === 0,
    children: devices
      .filter((it) => it.family === family)
      .map((device) => targetNode(state, 'devices', { target: device.target, device }, [])),
  }));
}

/** The targets that come into sight with a group; those in a group that starts closed inside it don't. */
export function targetsInSight({ children }: GroupNode): readonly Target[] {
  return children.flatMap((it) => {
    if (it.kind === 'target') {
      return [it.choice.target];
    }
    return it.open ? targetsInSight(it) : [];
  });
}

/** What a target's C side is, as its row shows it. */
export function toolchainStateOf(state: TargetsState, target: Target): ToolchainState {
  if (!cgoSupported(target, state.catalogue)) {
    return 'not-needed';
  }
  const knowledge = state.toolchains.get(targetId(target));
  if (knowledge === undefined) {
    return 'unknown';
  }
  if (knowledge.kind === 'known') {
    return toolchainState(knowledge.report);
  }
  return knowledge.previous === undefined ? 'checking' : toolchainState(knowledge.previous);
}

function targetNode(
  state: TargetsState,
  group: string,
  choice: TargetChoice,
  levels: readonly TargetNode[],
): TargetNode {
  const id = `${group}:${choiceKey(choice)}`;
  const active = state.active !== undefined && sameChoice(state.active, choice);
  const pinned = state.pinned.some((it) => sameChoice(it, choice));
  // Recipes are many and each is for every target: they stand where somebody is at work.
  const recipes = active || pinned ? recipeNodes(state.recipes, id, choice.target) : [];
  return {
    kind: 'target',
    id,
    choice,
    label: choiceName(choice),
    active,
    pinned,
    toolchain: toolchainStateOf(state, choice.target),
    build: buildState(choice, state.history, state.running),
    children: [...artifactNodes(state, id, choice), ...recipes, ...levels],
  };
}

/** The artifacts that were built for a choice's target; `parent` makes their ids unique in the tree. */
export function artifactNodes(
  state: TargetsState,
  parent: string,
  choice: TargetChoice,
): readonly ArtifactNode[] {
  return recordsOf(choice, state.history).flatMap((record) =>
    record.artifacts.map((artifact): ArtifactNode => ({
      kind: 'artifact',
      id: `${parent}:${artifact.path}`,
      artifact,
      choice,
      stale: record.stale,
    })),
  );
}

/**
 * Targets of one system. A port's further levels stand below its default one, or the list would be four times
 * as long; arm has no default that people agree on, so its levels stand side by side.
 */
function systemNodes(state: TargetsState, goos: string, targets: readonly Target[]): readonly TargetNode[] {
  const group = `system:${goos}`;
  const bare = (target: Target): TargetNode => targetNode(state, group, { target }, []);
  return targets
    .filter((it) => it.level === undefined || it.goarch === 'arm' || !hasDefault(it, targets))
    .map((target) => {
      const levels =
        target.level === undefined
          ? targets.filter((it) => it.goarch === target.goarch && it.level !== undefined)
          : [];
      return targetNode(state, group, { target }, levels.map(bare));
    });
}

function hasDefault(target: Target, targets: readonly Target[]): boolean {
  return targets.some((it) => it.goarch === target.goarch && it.level === undefined);
}

/** Systems in the order people look for them; what is not named here follows by name. */
const systemOrder = ['linux', 'windows', 'darwin', 'freebsd', 'android', 'ios', 'js', 'wasip1'];

/** The systems of a catalogue, in the order the tree shows them. */
export function operatingSystems(catalogue: Catalogue): readonly string[] {
  const rank = (goos: string): number => {
    const index = systemOrder.indexOf(goos);
    return index < 0 ? systemOrder.length : index;
  };
  return [...new Set(catalogue.targets.map((it) => it.goos))].sort(
    (a, b) => rank(a) - rank(b) || a.localeCompare(b),
  );
}

const systemNames: Readonly<Record<string, string>> = {
  aix: 'AIX',
  android: 'Android',
  darwin: 'macOS',
  dragonfly: 'DragonFly BSD',
  freebsd: 'FreeBSD',
  illumos: 'illumos',
  ios: 'iOS',
  js: 'JavaScript (WebAssembly)',
  linux: 'Linux',
  netbsd: 'NetBSD',
  openbsd: 'OpenBSD',
  plan9: 'Plan 9',
  solaris: 'Solaris',
  wasip1: 'WASI (WebAssembly)',
  windows: 'Windows',
};

/** A GOOS as people write the system's name. */
export function operatingSystemName(goos: string): string {
  return systemNames[goos] ?? goos;
}
