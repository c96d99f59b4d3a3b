import { describe, expect, it } from 'vitest';
import { btrfsLint } from '../../../src/core/lint/btrfs.js';
import { problemsOf, scene, source } from './scene.js';

const check = (name: string, text: string, ...targets: string[]) =>
  btrfsLint.reads(name) ? problemsOf(btrfsLint.run(source(name, text), scene(targets))) : [];

describe('btrfs as the driver of a worker’s volumes', () => {
  it.each([
    ['worker.service', 'Environment=CONCOURSE_BAGGAGECLAIM_DRIVER=btrfs\n'],
    ['worker.env', 'export CONCOURSE_BAGGAGECLAIM_DRIVER="btrfs"\n'],
    ['.env', 'CONCOURSE_BAGGAGECLAIM_DRIVER=btrfs'],
    ['docker-compose.yml', '    environment:\n      - CONCOURSE_BAGGAGECLAIM_DRIVER=btrfs\n'],
    ['compose.yaml', '      CONCOURSE_BAGGAGECLAIM_DRIVER: btrfs\n'],
    ['start.sh', 'concourse worker --work-dir /w --baggageclaim-driver btrfs\n'],
    ['start.sh', 'concourse worker --baggageclaim-driver=btrfs\n'],
    ['Dockerfile', 'CMD ["concourse", "worker", "--baggageclaim-driver", "btrfs"]\n'],
    ['values.yaml', 'concourse:\n  worker:\n    baggageclaim:\n      logLevel: info\n      driver: btrfs\n'],
    ['deploy.yml', '- name: CONCOURSE_BAGGAGECLAIM_DRIVER\n  value: btrfs\n'],
    ['manifest.yml', 'properties:\n  baggageclaim_driver: "btrfs"\n'],
  ])('is told in %s: %j', (name, text) => {
    const [problem, ...more] = check(name, text, 'linux/arm64', 'linux/arm/v7');
    expect(more).toEqual([]);
    expect(problem?.severity).toBe('information');
    expect(problem?.message).toContain('btrfs-progs');
    expect(problem?.targets).toEqual(['linux/arm64', 'linux/arm/v7']);
    const { line, column } = problem?.range ?? { line: 0, column: 0 };
    expect(text.split('\n')[line - 1]?.slice(column - 1)).toMatch(/^btrfs/);
  });

  it.each([
    ['worker.env', '# CONCOURSE_BAGGAGECLAIM_DRIVER=btrfs\nCONCOURSE_BAGGAGECLAIM_DRIVER=overlay\n'],
    ['values.yaml', 'storage:\n  driver: btrfs\n'],
    ['values.yaml', 'baggageclaim:\n  x: 1\nother:\n  driver: btrfs\n'],
    ['notes.md', '--baggageclaim-driver btrfs'],
    ['start.sh', 'mkfs.btrfs /dev/sda\n'],
    ['start.sh', '--baggageclaim-driver btrfs2\n'],
  ])('is not seen in %s: %j', (name, text) => {
    expect(check(name, text, 'linux/arm64')).toEqual([]);
  });

  it('matters on Linux', () => {
    expect(check('x.env', 'CONCOURSE_BAGGAGECLAIM_DRIVER=btrfs', 'darwin/arm64')).toEqual([]);
  });
});
