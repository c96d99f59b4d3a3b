import { formatSize } from '../text/formatText.js';
import { toolchainStateText } from '../toolchain/toolchainState.js';
import type { BuildState } from '../build/buildHistory.js';
import type { ArtifactNode, TargetNode } from './targetTree.js';
import { targetId } from './target.js';

/** The grey text after a target's name: what the icon and the badge can't say. */
export function targetDescription(node: TargetNode): string {
  const parts: string[] = [];
  // What changes stands in front, because the view is often too narrow for all.
  if (node.build.kind === 'running') {
    parts.push(runningText(node.build));
  }
  if (node.active) {
    parts.push('active');
  }
  if (node.build.kind !== 'none' && node.build.kind !== 'running') {
    parts.push(buildStateText(node.build));
  }
  if (node.choice.device !== undefined) {
    parts.push(targetId(node.choice.target));
  }
  return parts.join(' · ');
}

/** The grey text after an artifact's name. */
export function artifactDescription(node: ArtifactNode): string {
  const size = formatSize(node.artifact.facts.size);
  return node.stale ? `${size} · stale` : size;
}

/** What a screen reader says after an artifact's name. */
export function artifactSpeech(node: ArtifactNode): string {
  return `artifact, ${formatSize(node.artifact.facts.size)}${node.stale ? ', stale' : ''}`;
}

/** A target's row as a screen reader says it: everything that colours and icons tell the eye. */
export function targetSpeech(node: TargetNode): string {
  return [
    node.label,
    ...(node.choice.device === undefined ? [] : [targetId(node.choice.target)]),
    ...(node.active ? ['active target'] : []),
    ...(node.pinned ? ['pinned'] : []),
    toolchainStateText(node.toolchain),
    buildStateText(node.build),
  ].join(', ');
}

/** The last build in words. */
function buildStateText(build: BuildState): string {
  switch (build.kind) {
    case 'none':
      return 'not built yet';
    case 'running':
      return runningText(build);
    case 'ok':
      return 'built';
    case 'stale':
      return 'stale';
    case 'failed':
      return 'failed';
  }
}

function runningText(build: { readonly done: number; readonly total?: number }): string {
  return build.total === undefined
    ? `building ${String(build.done)}`
    : `building ${String(build.done)}/${String(build.total)}`;
}
