import { afterEach, expect, it } from 'vitest';
import { emptyConfig } from '../../../src/core/config/config.js';
import type { Fix } from '../../../src/core/diagnosis/diagnosis.js';
import type { Finding } from '../../../src/core/diagnosis/finding.js';
import { resolveFindings } from '../../../src/core/diagnosis/resolve/resolveFindings.js';
import { createPorts } from '../../../src/node/ports.js';
import { scratchModule, type ScratchModule } from './scratchModule.js';

let module: ScratchModule | undefined;

afterEach(() => {
  module?.remove();
  module = undefined;
});

/** The first fix for `undefined: lanes` of a build for linux/arm64, with these files beside main.go. */
async function fixOf(files: Readonly<Record<string, string>>): Promise<Fix | undefined> {
  module = scratchModule({
    'go.mod': 'module example.com/app\n\ngo 1.24\n',
    'main.go': 'package main\n\nfunc main() { println(lanes()) }\n',
    ...files,
  });
  const finding: Finding = {
    cause: 'not-on-this-target',
    confidence: 'likely',
    detail: 'name-missing',
    title: 'lanes is not there',
    evidence: [{ line: 2, text: './main.go:3:23: undefined: lanes' }],
    facts: { symbol: 'lanes', place: { file: './main.go', line: 3, column: 23 } },
  };
  const [diagnosis] = await resolveFindings(
    [finding],
    {
      config: emptyConfig,
      trusted: true,
      target: { goos: 'linux', goarch: 'arm64' },
      directory: module.directory,
      go: 'go',
    },
    createPorts(),
  );
  return diagnosis?.fixes[0];
}

const plain = 'package main\n\nfunc lanes() int { return 4 }\n';

it('builds plain Go that only its name keeps to one CPU for those that have none', async () => {
  const fix = await fixOf({
    'lanes_amd64.go': plain,
    'lanes_s390x.go': plain.replace('4', '2'),
  });
  expect(fix?.title).toBe('Build the code of lanes_amd64.go for other CPUs too (lanes_other.go)');
  expect(fix?.edit).toEqual({
    kind: 'source',
    edits: [],
    creates: [
      {
        file: `${module?.directory ?? ''}/lanes_other.go`,
        text: `//go:build !amd64 && !s390x\n\n${plain}`,
      },
    ],
  });
});

it('keeps the system, the licence, and its constraint out', async () => {
  const fix = await fixOf({
    'lanes_linux_amd64.go': `// Licence.\n\n//go:build !appengine\n\n// Package main has lanes.\n${plain}`,
  });
  expect(fix?.edit).toMatchObject({
    creates: [
      {
        file: `${module?.directory ?? ''}/lanes_linux_other.go`,
        text: `//go:build linux && !amd64\n\n// Licence.\n\n// Package main has lanes.\n${plain}`,
      },
    ],
  });
});

it.each([
  ['assembly', { 'lanes_amd64.go': 'package main\n\nfunc lanes() int\n' }],
  ['assembly beside Go', { 'lanes_amd64.go': `${plain}\nfunc avx(p interface{}) (n int)\n\nfunc f() {}\n` }],
  [
    'memory',
    {
      'lanes_amd64.go': plain
        .replace('\n\n', '\n\nimport "unsafe"\n\n')
        .replace('4', 'int(unsafe.Sizeof(uintptr(0)))'),
    },
  ],
  ['what is there already', { 'lanes_amd64.go': `${plain}\nfunc main() {}\n` }],
  ['another system', { 'lanes_windows.go': plain }],
])('leaves %s to a person', async (_, files) => {
  expect((await fixOf(files))?.edit.kind).toBe('none');
});
