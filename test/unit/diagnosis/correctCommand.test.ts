import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { changeTask, taskChange, type TaskText } from '../../../src/core/build/yieldingTask.js';
import { editCrossbowTask, editTaskEnvironment } from '../../../src/core/config/editTasks.js';
import { createCatalogue } from '../../../src/core/target/createCatalogue.js';
import type { FixEdit } from '../../../src/core/diagnosis/diagnosis.js';
import { correctCommand, environmentOfChanges } from '../../../src/core/diagnosis/command/correctCommand.js';

const cc = { CC: 'arm-linux-gnueabihf-gcc' };

describe('correctCommand', () => {
  it.each([
    ['GOARCH=arm go build', 'bash', 'CC=arm-linux-gnueabihf-gcc GOARCH=arm go build'],
    ['CC=gcc GOARCH=arm go build', 'zsh', 'CC=arm-linux-gnueabihf-gcc GOARCH=arm go build'],
    ["cd x && CC='gcc -m32' go build", 'bash', 'cd x && CC=arm-linux-gnueabihf-gcc go build'],
    ['go build', 'pwsh', "$env:CC='arm-linux-gnueabihf-gcc'; go build"],
    [
      "$env:CC='gcc'; $env:GOARCH='arm'; go build",
      'pwsh',
      "$env:CC='arm-linux-gnueabihf-gcc'; $env:GOARCH='arm'; go build",
    ],
    ['set CC=gcc&& go build', 'cmd', 'set "CC=arm-linux-gnueabihf-gcc"&& go build'],
  ])('%s in %s', (line, shell, expected) => {
    expect(correctCommand(line, cc, shell)).toBe(expected);
  });

  it.each([
    ['for a in arm arm64; do GOARCH=$a go build; done', 'bash'],
    ['go build | tee log', 'bash'],
    ['go build', 'nu'],
    ['', 'bash'],
  ])('leaves %j in %s alone', (line, shell) => {
    expect(correctCommand(line, cc, shell)).toBeUndefined();
  });

  it('quotes what the shell would take apart', () => {
    expect(correctCommand('go build', { CC: "zig cc -target 'x'" }, 'bash')).toBe(
      "CC='zig cc -target '\\''x'\\''' go build",
    );
  });
});

describe('environmentOfChanges', () => {
  it('says what variables can say', () => {
    expect(
      environmentOfChanges([
        { path: ['toolchains', 'linux/arm/v7', 'cc'], value: 'x-gcc' },
        { path: ['toolchains', 'linux/arm/v7', 'pkgConfig', 'libdir'], value: '/p' },
        { path: ['toolchains', 'linux/arm/v7', 'env', 'CGO_CFLAGS'], value: '-O1' },
        { path: ['defaults', 'cgo'], value: 'off' },
      ]),
    ).toEqual({ CC: 'x-gcc', PKG_CONFIG_LIBDIR: '/p', CGO_CFLAGS: '-O1', CGO_ENABLED: '0' });
  });

  it.each([
    [{ path: ['defaults', 'tags'], value: ['a'] }],
    [{ path: ['defaults', 'ldflags'], value: '-s' }],
    [{ path: ['toolchains', 'linux/arm/v7', 'env', 'CC'], value: null }],
    [{ path: ['toolchains', 'linux/arm/v7', 'sysroot'], value: '/s' }],
  ])('is silent where they can not: %j', (change) => {
    expect(environmentOfChanges([change])).toBeUndefined();
  });
});

describe('editTaskEnvironment', () => {
  const text = `{\r
\t// mine\r
\t"tasks": [\r
\t\t{ "label": "a", "command": "go", }, // first\r
\t\t{\r
\t\t\t"label": "b",\r
\t\t\t"options": { "env": { "CC": "gcc", "GOARCH": "arm" } }\r
\t\t},\r
\t]\r
}\r
`;
  it('replaces a variable and touches nothing else', () => {
    const edit = editTaskEnvironment(text, 'b', cc);
    expect(edit).toEqual({ kind: 'changed', text: text.replace('"gcc"', '"arm-linux-gnueabihf-gcc"') });
  });

  it('adds options where there are none, comments kept', () => {
    const edit = editTaskEnvironment(text, 'a', cc);
    if (edit.kind !== 'changed') throw new Error(edit.message);
    expect(edit.text).toMatch(/"options": \{\s+"env": \{\s+"CC": "arm-linux-gnueabihf-gcc"/);
    expect(edit.text).toContain('// mine');
    expect(edit.text).toContain('// first');
  });

  it.each(['nobody', ''])('refuses a label that is not there: %j', (label) => {
    expect(editTaskEnvironment(text, label, cc).kind).toBe('refused');
    expect(editTaskEnvironment('{ not json', label, cc).kind).toBe('refused');
  });
});

describe('editCrossbowTask', () => {
  const text = `{
  "tasks": [
    { "label": "other", "type": "crossbow", "target": "pi 4" },
    {
      "label": "board", // the greenhouse
      "type": "crossbow",
      "target": "linux/arm/v7",
      "tags": ["a"],
      "env": { "GOARM": "9", "CC": "gcc", "FOO": "bar" }
    },
  ]
}
`;
  const definition = {
    type: 'crossbow',
    tags: ['a'],
    target: 'linux/arm/v7',
    env: { GOARM: '9', CC: 'gcc', FOO: 'bar' },
  };
  const target = { goos: 'linux', goarch: 'arm', level: 'v7' };
  const catalogue = createCatalogue();
  const edited = (edit: FixEdit, of: TaskText = definition): unknown => {
    const change = taskChange(of, target, edit, catalogue);
    const result = editCrossbowTask(text, of, change);
    if (result.kind !== 'changed') return result.kind;
    expect(result.text).toContain('// the greenhouse');
    const { tasks } = parse(result.text) as { tasks: Record<string, unknown>[] };
    expect(tasks[0]).toEqual({ label: 'other', type: 'crossbow', target: 'pi 4' });
    const { label, ...rest } = tasks[1] ?? {};
    expect(label).toBe('board');
    // What the editor builds with is what the file says.
    expect(rest).toEqual(changeTask(of, change));
    return rest;
  };

  it('takes out what would win over the fix, and nothing else', () => {
    const changes = [{ path: ['toolchains', 'linux/arm/v7', 'cc'], value: 'arm-linux-gnueabihf-gcc' }];
    expect(edited({ kind: 'config', changes })).toEqual({
      ...definition,
      env: { GOARM: '9', FOO: 'bar' },
    });
    const tags = [{ path: ['defaults', 'tags'], value: ['a', 'b'] }];
    expect(edited({ kind: 'config', changes: tags })).not.toHaveProperty('tags');
  });

  it('names the target that a fix names, and no level beside it', () => {
    expect(edited({ kind: 'target', target: 'linux/arm/v6' })).toEqual({
      ...definition,
      target: 'linux/arm/v6',
      env: { CC: 'gcc', FOO: 'bar' },
    });
  });

  it('a task that stands elsewhere is refused', () => {
    expect(edited({ kind: 'target', target: 'linux/arm/v6' }, { ...definition, cgo: 'on' })).toBe('refused');
  });
});
