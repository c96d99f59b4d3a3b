import { describe, expect, it } from 'vitest';
import { recordBuild } from '../../../src/core/build/buildHistory.js';
import { artifactDescription, targetDescription, targetSpeech } from '../../../src/core/target/targetRow.js';
import {
  targetsInSight,
  targetTree,
  type GroupNode,
  type TargetNode,
  type TargetsState,
  type TreeNode,
} from '../../../src/core/target/targetTree.js';
import { targetId } from '../../../src/core/target/target.js';
import { choice, emptyState, result } from './sample.js';

const pi = choice('pi 3b+');
const v7 = choice('linux/arm/v7');

describe('the tree of targets', () => {
  it('has devices first, then systems with Linux in front, while nothing is pinned', () => {
    const labels = targetTree(emptyState).map((it) => it.label);
    expect(labels.slice(0, 4)).toEqual(['Devices', 'Linux', 'Windows', 'macOS']);
    expect(labels).toContain('Plan 9');
  });

  it('groups devices by family, with the Raspberry Pis in sight and the rest one click away', () => {
    const families = group(emptyState, 'Devices').children;
    expect(families.map((it) => it.kind === 'group' && [it.label, it.open])).toEqual([
      ['Raspberry Pi', true],
      ['BeagleBoard', false],
      ['AWS Graviton', false],
      ['Routers and NAS', false],
      ['RISC-V boards', false],
      ['Mac', false],
      ['Servers and workstations', false],
    ]);
    expect(devices(emptyState)).toHaveLength(emptyState.catalogue.devices.length);
    const inSight = targetsInSight(group(emptyState, 'Devices')).map(targetId);
    expect(inSight).toContain('linux/arm/v7');
    expect(inSight).not.toContain('linux/riscv64');
  });

  it('puts pinned targets on top, in their order', () => {
    const [pinned] = targetTree({ ...emptyState, pinned: [v7, pi] });
    expect(pinned?.label).toBe('Pinned');
    expect(pinned?.children.map((it) => it.label)).toEqual(['linux/arm/v7', pi.device?.name]);
    expect(pinned?.children.every((it) => it.kind === 'target' && it.pinned)).toBe(true);
  });

  it('gives every node of the whole tree an id of its own, also where a target stands thrice', () => {
    const state = { ...emptyState, pinned: [v7, pi], history: recordBuild([], result(v7.target, 'ok'), 1) };
    const ids = targetTree(state).flatMap(idsOf);
    expect(ids.length).toBeGreaterThan(80);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('marks a device as active without marking the other devices of its target', () => {
    const nodes = devices({ ...emptyState, active: pi });
    expect(nodes.filter((it) => it.active).map((it) => it.label)).toEqual([pi.device?.name]);
  });

  it('lists the levels of arm side by side, and those of amd64 below it', () => {
    const linux = group(emptyState, 'Linux').children;
    expect(linux.map((it) => it.label)).toEqual(
      expect.arrayContaining(['linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7', 'linux/amd64']),
    );
    const amd64 = linux.find((it) => it.label === 'linux/amd64');
    expect(amd64?.children.map((it) => (it.kind === 'target' ? it.label : ''))).toContain('linux/amd64/v3');
  });

  it('asks for no C toolchain where Go has no cgo', () => {
    const [wasm] = group(emptyState, 'WASI (WebAssembly)').children;
    expect(wasm?.kind === 'target' && wasm.toolchain).toBe('not-needed');
  });

  it('shows a built target with its artifact and size below it', () => {
    const state = { ...emptyState, history: recordBuild([], result(v7.target, 'ok'), 1, pi.device?.id) };
    const node = devices(state).find((it) => it.label === pi.device?.name);
    expect(node?.build.kind).toBe('ok');
    const [child] = node?.children ?? [];
    expect(child?.kind === 'artifact' && artifactDescription(child)).toBe('4.1 MB');
  });

  it('shows a build for a device at that device and at its target, and at no other device', () => {
    const history = recordBuild([], result(v7.target, 'ok'), 1, pi.device?.id);
    const built = (nodes: readonly TargetNode[]): string[] =>
      nodes.filter((it) => it.build.kind === 'ok').map((it) => it.label);
    expect(built(devices({ ...emptyState, history }))).toEqual([pi.device?.name]);
    expect(built(targetsIn(group({ ...emptyState, history }, 'Linux')))).toEqual(['linux/arm/v7']);
  });

  it('counts the packages of builds that run, over all programs of the target', () => {
    const running = [
      { target: v7.target, device: 'raspberry-pi-3b-plus', importPath: 'a', done: 3, total: 40 },
      { target: v7.target, device: 'raspberry-pi-3b-plus', importPath: 'b', done: 2, total: 10 },
    ];
    const node = devices({ ...emptyState, running }).find((it) => it.label === pi.device?.name);
    expect(node === undefined ? '' : targetDescription(node)).toBe('building 5/50 · linux/arm/v7');
  });

  it('says aloud all that icons and colours tell', () => {
    const failed = recordBuild([], result(v7.target, 'failed', 'gcc does not know -marm'), 1, pi.device?.id);
    const node = devices({ ...emptyState, active: pi, pinned: [pi], history: failed }).find(
      (it) => it.active,
    );
    expect(node === undefined ? '' : targetSpeech(node)).toBe(
      `${String(pi.device?.name)}, linux/arm/v7, active target, pinned, C toolchain not checked yet, failed`,
    );
  });
});

function group(state: TargetsState, label: string): GroupNode {
  const found = targetTree(state).find((it) => it.label === label);
  if (found === undefined) {
    throw new Error(`There is no group ${label}.`);
  }
  return found;
}

function devices(state: TargetsState): readonly TargetNode[] {
  return targetsIn(group(state, 'Devices'));
}

function targetsIn({ children }: GroupNode): readonly TargetNode[] {
  return children.flatMap((it) => (it.kind === 'group' ? targetsIn(it) : [it]));
}

function idsOf(node: TreeNode): string[] {
  return [node.id, ...('children' in node ? node.children.flatMap(idsOf) : [])];
}
