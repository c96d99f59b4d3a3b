import { describe, expect, it } from 'vitest';
import { editTaskEnvironment } from '../../../src/core/config/editTaskEnvironment.js';
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
