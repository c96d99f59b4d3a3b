import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { customTags, isIncluded } from '../../../src/core/diagnosis/resolve/goConstraint.js';
import { scanGoSource } from '../../../src/core/diagnosis/resolve/goSource.js';

const files: Readonly<Record<string, string>> = {
  'plain.go': '',
  'linux.go': '',
  'x_linux.go': '',
  'x_windows.go': '',
  'x_arm64.go': '',
  'x_linux_arm64.go': '',
  'x_foo_amd64.go': '',
  'x_unix.go': '',
  'cgo.go': '//go:build cgo\n\n',
  'nocgo.go': '//go:build !cgo\n\n',
  'usesc.go': '',
  'both.go': '//go:build (linux && !arm64) || windows\n\n',
  'unix.go': '//go:build unix\n\n',
  'old.go': '// +build linux,cgo darwin\n// +build !386\n\n',
  'tagged.go': '//go:build seccomp && linux\n\n',
  'notag.go': '//go:build !seccomp\n\n',
  'version.go': '//go:build go1.18 && gc\n\n',
  'ignored.go': '//go:build ignore\n\n',
  '_hidden.go': '',
};

/** The judgement is held against go itself. */
describe('isIncluded', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'crossbow-constraint-'));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'go.mod'), 'module example.com/constraint\n\ngo 1.18\n');
    for (const [name, head] of Object.entries(files)) {
      const body = name === 'usesc.go' ? 'package constraint\n\nimport "C"\n' : 'package constraint\n';
      writeFileSync(join(folder, name), head + body);
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const targets = ['linux/amd64', 'linux/arm64', 'windows/amd64', 'darwin/arm64', 'android/arm64', 'illumos/amd64', 'linux/386', 'js/wasm']; // prettier-ignore
  for (const spelling of targets)
    for (const cgo of [true, false])
      for (const tags of [[], ['seccomp']])
        it(`agrees with go list for ${spelling}, cgo ${cgo ? 'on' : 'off'}, tags ${tags.join() || 'none'}`, () => {
          const [goos = '', goarch = ''] = spelling.split('/');
          const json = execFileSync(
            'go',
            ['list', '-e', '-json=GoFiles,CgoFiles', '-tags', tags.join(), '.'],
            {
              cwd: folder,
              env: { ...process.env, GOOS: goos, GOARCH: goarch, CGO_ENABLED: cgo ? '1' : '0', GOFLAGS: '' },
              encoding: 'utf8',
            },
          );
          const { GoFiles = [], CgoFiles = [] } = JSON.parse(json) as {
            GoFiles?: string[];
            CgoFiles?: string[];
          };
          const included = Object.keys(files).filter((name) => {
            const source = scanGoSource(readFileSync(join(folder, name), 'utf8'));
            const usesC = source.imports.some((item) => item.path === 'C');
            const setting = { target: { goos, goarch }, cgo, tags };
            return isIncluded({ name, head: source.head, usesC }, setting);
          });
          expect(included.sort()).toEqual([...GoFiles, ...CgoFiles].sort());
        });

  it('names the tags that a person sets', () => {
    expect(
      customTags({ name: 'x.go', head: '//go:build linux && (seccomp || go1.2) && !ignore\n', usesC: false }),
    ).toEqual(['seccomp']);
  });
});
