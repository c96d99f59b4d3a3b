import { describe, expect, it } from 'vitest';
import { recordBuild } from '../../../src/core/build/buildHistory.js';
import { createTargetRows, type RowChanges } from '../../../src/core/target/targetRows.js';
import { choice, emptyState, result } from './sample.js';

const v7 = choice('linux/arm/v7');
const ids = (changes: RowChanges): readonly string[] =>
  changes === 'all' ? ['all'] : changes.map((it) => it.node.id);

describe('the rows of the tree', () => {
  it('keeps a row the same object while its node changes', () => {
    const rows = createTargetRows(emptyState);
    const before = rows.find((it) => it.node.id === 'system:linux:linux/arm/v7');
    const changes = rows.update({ ...emptyState, active: v7 });
    expect(ids(changes)).toEqual(['system:linux:linux/arm/v7']);
    expect(changes[0]).toBe(before);
    expect(before?.node).toMatchObject({ active: true });
    expect(before?.parent?.node).toMatchObject({ label: 'Linux' });
  });

  it('paints nothing when nothing changed', () => {
    const rows = createTargetRows(emptyState);
    expect(rows.update({ ...emptyState })).toEqual([]);
  });

  it('paints all when a group comes or goes', () => {
    const rows = createTargetRows(emptyState);
    expect(rows.update({ ...emptyState, pinned: [v7] })).toBe('all');
    expect(rows.update({ ...emptyState, pinned: [v7, choice('linux/arm64')] })).not.toBe('all');
    expect(rows.update(emptyState)).toBe('all');
  });

  it('paints a target with its new artifact, which knows the way up', () => {
    const rows = createTargetRows(emptyState);
    const changes = rows.update({ ...emptyState, history: recordBuild([], result(v7.target, 'ok'), 1) });
    // With its siblings: the editor aligns their icons with one that opens.
    expect(ids(changes)).toEqual(expect.arrayContaining(['system:linux:linux/arm/v7', 'system:linux']));
    const artifact = rows.find((it) => it.node.kind === 'artifact');
    expect(artifact?.parent?.node.id).toBe('system:linux:linux/arm/v7');
  });
});
