import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { CheckProblem } from '../../../src/core/lint/lint.js';
import { registryImageLint } from '../../../src/core/lint/registryImage.js';
import { fixed, problemsOf, scene, source } from './scene.js';

function check(text: string, ...targets: string[]): readonly CheckProblem[] {
  return problemsOf(registryImageLint.run(source('pipeline.yml', text), scene(targets)));
}

const pipeline = `# What we build.
resource_types:
- name: slack
  type: registry-image # the notifier
  source:
    repository: example/slack # pinned soon
    tag: ((slack-tag))

resources:
- name: source
  type: git
  source: {uri: https://example.com/x.git}
- {name: image, type: registry-image, source: {repository: alpine}}
- name: set
  type: registry-image
  source:
    repository: busybox
    platform: {os: linux, architecture: arm}

jobs:
- name: unit
  plan:
  - task: test
    config:
      platform: linux
      image_resource:
        type: "registry-image"
        source:
          repository: golang
          # the oldest that we support
      run: {path: go}
`;

describe('images of registry-image', () => {
  it('want a platform in types, resources and tasks, each mended alone with its comments kept', () => {
    const problems = check(pipeline, 'linux/arm/v7');
    expect(problems.map((it) => it.range.line)).toEqual([6, 13, 29]);
    expect(problems[0]?.message).toContain('example/slack');
    expect(fixed(problems[0], pipeline)).toContain(
      '    tag: ((slack-tag))\n    platform: { os: linux, architecture: arm }\n\nresources:',
    );
    expect(fixed(problems[1], pipeline)).toContain(
      'source: {repository: alpine, platform: { os: linux, architecture: arm }}}\n',
    );
    expect(fixed(problems[2], pipeline)).toContain(
      '          repository: golang\n          platform: { os: linux, architecture: arm }\n          # the oldest',
    );
    for (const problem of problems) {
      const text = fixed(problem, pipeline);
      expect(text.match(/#.*/g)).toEqual(pipeline.match(/#.*/g));
      expect(check(text, 'linux/arm/v7')).toHaveLength(2);
    }
  });

  it('offer a fix for each CPU, and none for the one that is taken by itself', () => {
    const [problem] = check(pipeline, 'linux/amd64', 'linux/arm64', 'linux/arm/v6', 'linux/arm/v7');
    expect(problem?.targets).toEqual(['linux/arm64', 'linux/arm/v6', 'linux/arm/v7']);
    expect(problem?.fixes.map((it) => it.title)).toEqual([
      'Add platform: { os: linux, architecture: arm64 }',
      'Add platform: { os: linux, architecture: arm }',
    ]);
    expect(check(pipeline, 'linux/amd64', 'linux/amd64/v3', 'windows/arm64')).toEqual([]);
  });

  it('are found in a task file, in several documents and with Windows line ends', () => {
    const task =
      'platform: linux\r\nimage_resource:\r\n  type: registry-image\r\n  source:\r\n    repository: x\r\nrun:\r\n  path: y\r\n';
    const [problem] = check(task, 'linux/arm64');
    expect(fixed(problem, task)).toContain(
      '    repository: x\r\n    platform: { os: linux, architecture: arm64 }\r\nrun:',
    );
    expect(
      check(`---\n${task.replaceAll('\r', '')}---\n${task.replaceAll('\r', '')}`, 'linux/arm64').map(
        (it) => it.range.line,
      ),
    ).toEqual([6, 14]);
  });

  it('are mended where an anchor is, once for all that refer to it', () => {
    const text =
      'base: &base\n  repository: x\n  tag: y\nresources:\n- name: a\n  type: registry-image\n  source: *base\n- name: b\n  type: registry-image\n  source: *base\n';
    const [problem, ...more] = check(text, 'linux/riscv64');
    expect(more).toEqual([]);
    const mended = fixed(problem, text);
    expect(mended).toContain('  tag: y\n  platform: { os: linux, architecture: riscv64 }\nresources');
    expect(check(mended, 'linux/riscv64')).toEqual([]);
  });

  it('have a platform that is merged in', () => {
    const text = (common: string) =>
      `common: &common\n  ${common}\nresources:\n- name: a\n  type: registry-image\n  source:\n    <<: *common\n    repository: x\n`;
    expect(check(text('platform: {os: linux, architecture: arm}'), 'linux/arm/v7')).toEqual([]);
    expect(check(text('tag: y'), 'linux/arm/v7')).toHaveLength(1);
    const merged = fixed(check(text('tag: y'), 'linux/arm/v7')[0], text('tag: y'));
    expect(parseAllDocuments(merged)[0]).toHaveProperty('errors', []);
  });

  it('say nothing where a template decides, of other types, or of files without any', () => {
    for (const text of [
      'resources:\n- name: a\n  type: registry-image\n  source: ((source))\n',
      'resources:\n- name: a\n  type: ((kind))\n  source: {repository: x}\n',
      'resources:\n- name: a\n  type: registry-image\n  source:\n    repository: x\n    platform: ((platform))\n',
      'resources:\n- name: a\n  type: docker-image\n  source: {repository: x}\n',
      'resources:\n- name: a\n  type: registry-image-of-ours\n  source: {repository: x}\n',
      '# type: registry-image\nresource_types:\n- name: registry-image\n  type: git\n',
      'a: [registry-image\n',
      '',
    ])
      expect(check(text, 'linux/arm/v7')).toEqual([]);
    expect(registryImageLint.reads('pipeline.yaml')).toBe(true);
    expect(registryImageLint.reads('main.go')).toBe(false);
  });

  it('survive what is being typed', () => {
    for (let length = 0; length < pipeline.length; length += 5)
      expect(() => check(pipeline.slice(0, length), 'linux/arm/v7')).not.toThrow();
  });
});
