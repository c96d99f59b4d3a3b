import { describe, expect, it } from 'vitest';
import { targetPick, type PickRow } from '../../../src/core/target/targetPick.js';
import { choice, emptyState } from './sample.js';

const labels = (rows: readonly PickRow[]): string[] =>
  rows.flatMap((row) => (row.kind === 'choice' || row.kind === 'typed' ? [row.label] : []));
const separators = (rows: readonly PickRow[]): string[] =>
  rows.flatMap((row) => (row.kind === 'separator' ? [row.label] : []));

describe('the target picker', () => {
  it('groups pinned targets, devices and systems, and says nothing twice', () => {
    const pinned = choice('pi 3b+');
    const rows = targetPick({ ...emptyState, pinned: [pinned], active: pinned }, '');
    expect(separators(rows).slice(0, 3)).toEqual(['Pinned', 'Devices', 'Linux']);
    expect(labels(rows).filter((it) => it === pinned.device?.name)).toHaveLength(1);
  });

  it.each([
    ['pi 3b+', 'Raspberry Pi 3B+'],
    ['linux/arm/v7', 'linux/arm/v7'],
    ['arm-linux-gnueabihf', 'linux/arm/v7'],
    ['aarch64', 'linux/arm64'],
    ['GOOS=linux GOARCH=arm GOARM=6', 'linux/arm/v6'],
    ['linux/armv7', 'linux/arm/v7'],
  ])('puts what %s means first: %s', (typed, first) => {
    expect(labels(targetPick(emptyState, typed))[0]).toBe(first);
  });

  it('finds targets by a part of any spelling', () => {
    expect(labels(targetPick(emptyState, 'gravit'))).toContain('AWS Graviton 3');
    expect(labels(targetPick(emptyState, 'mingw'))).toEqual(
      expect.arrayContaining(['windows/amd64', 'windows/386']),
    );
    expect(labels(targetPick(emptyState, 'macos'))).toContain('darwin/arm64');
  });

  it('offers a target that is none of the list', () => {
    const [, row] = targetPick(emptyState, 'linux/arm64/v8.3,crypto');
    expect(row).toMatchObject({ kind: 'typed', label: 'Use linux/arm64/v8.3,crypto' });
  });

  it('says why an illegal target is refused, and offers the nearest', () => {
    const rows = targetPick(emptyState, 'linux/arm/v8');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ kind: 'refused' });
    expect(rows[0]?.kind === 'refused' && rows[0].nearest).toBeTruthy();
  });
});
