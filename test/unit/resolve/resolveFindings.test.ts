import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { applyConfigChanges } from '../../../src/core/config/editConfig.js';
import { loadConfig } from '../../../src/core/config/loadConfig.js';
import type { Diagnosis, Fix } from '../../../src/core/diagnosis/diagnosis.js';
import type { Facts, Finding } from '../../../src/core/diagnosis/finding.js';
import { resolveFindings } from '../../../src/core/diagnosis/resolve/resolveFindings.js';
import type { Ports } from '../../../src/core/ports.js';
import type { Target } from '../../../src/core/target/target.js';
import { createPorts } from '../../../src/node/ports.js';
import { provenReport, scratchModule, type ScratchModule } from './scratchModule.js';

const armv7: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };
const arm64: Target = { goos: 'linux', goarch: 'arm64' };
const armGcc = {
  cc: 'arm-linux-gnueabihf-gcc',
  cxx: 'arm-linux-gnueabihf-g++',
  ar: 'arm-linux-gnueabihf-ar',
};
const withArmGcc = { toolchains: (target: Target) => Promise.resolve(provenReport(target, armGcc)) };

const modules: ScratchModule[] = [];
function moduleOf(files: Readonly<Record<string, string>>): ScratchModule {
  const module = scratchModule({ 'go.mod': 'module example.com/app\n\ngo 1.21\n', ...files });
  modules.push(module);
  return module;
}
afterAll(() => {
  for (const module of modules) module.remove();
});

const cFile =
  'package native\n\n// static int one(void) { return 1; }\nimport "C"\n\nfunc One() int { return int(C.one()) }\n';
const usesNative =
  'package main\n\nimport (\n\t"fmt"\n\n\t"example.com/app/native"\n)\n\nfunc main() { fmt.Println(native.One()) }\n';

function first(diagnoses: readonly Diagnosis[]): Diagnosis {
  const [diagnosis] = diagnoses;
  if (diagnosis === undefined) throw new Error('nothing was diagnosed');
  return diagnosis;
}

function configOf(fix: Fix | undefined, before = ''): string {
  if (fix?.edit.kind !== 'config') throw new Error(`no edit of crossbow.yaml: ${JSON.stringify(fix)}`);
  const edit = applyConfigChanges(before, fix.edit.changes);
  if (edit.kind === 'refused') throw new Error(edit.message);
  return edit.text;
}

describe('a compiler for another machine', () => {
  it('points at the import "C" and sets a proven compiler, which heals the build', async () => {
    const module = moduleOf({ 'main.go': usesNative, 'native/native.go': cFile });
    const env = { CGO_ENABLED: '1', CC: 'gcc' };
    const diagnosis = first(await module.diagnose(armv7, env, withArmGcc));
    expect(diagnosis.cause).toBe('wrong-c-compiler');
    expect(diagnosis.target).toBe('linux/arm/v7');
    expect(diagnosis.location).toEqual({
      file: `${module.directory}/native/native.go`,
      line: 4,
      column: 8,
      endColumn: 11,
    });
    const [fix] = diagnosis.fixes;
    expect(fix).toMatchObject({
      kind: 'set-compiler',
      proven: true,
      title: 'Set CC for linux/arm/v7 to arm-linux-gnueabihf-gcc (proven)',
    });

    const { config } = loadConfig(configOf(fix));
    const cc = config.toolchains['linux/arm/v7']?.cc ?? '';
    expect(await module.build(armv7, { CGO_ENABLED: '1', CC: cc })).toBe('');
  });

  it('takes away what crossbow.yaml has wrong, and keeps its comments', async () => {
    const module = moduleOf({ 'main.go': usesNative, 'native/native.go': cFile });
    const text = `# ours
toolchains:
  linux/armv7:
    cc: gcc # the host's
    cgo: off
    env: { CC: gcc, KEEP: me }
`;
    const context = { ...withArmGcc, config: loadConfig(text).config };
    const diagnosis = first(await module.diagnose(armv7, { CGO_ENABLED: '1', CC: 'gcc' }, context));
    const after = configOf(diagnosis.fixes[0], text);
    expect(after).toContain('# ours');
    expect(after).toContain("cc: arm-linux-gnueabihf-gcc # the host's");
    // CXX and AR follow from the compiler's name.
    expect(parse(after)).toEqual({
      toolchains: { 'linux/armv7': { cc: armGcc.cc, cgo: 'on', env: { KEEP: 'me' } } },
    });
  });

  it('names what to install where nothing is proven', async () => {
    const module = moduleOf({ 'main.go': usesNative, 'native/native.go': cFile });
    const none = {
      toolchains: (target: Target) => Promise.resolve({ target, candidates: [], packages: [] }),
    };
    const { fixes } = first(await module.diagnose(armv7, { CGO_ENABLED: '1', CC: 'gcc' }, none));
    expect(fixes[0]).toMatchObject({ kind: 'install-packages', proven: false });
    expect(fixes[0]?.edit).toEqual({
      kind: 'command',
      command: 'sudo apt-get install gcc-arm-linux-gnueabihf libc6-dev-armhf-cross',
    });
    expect(fixes.some((fix) => fix.edit.kind === 'command' && fix.edit.command.includes('ziglang'))).toBe(
      true,
    );
    expect(fixes.some((fix) => fix.kind === 'set-compiler')).toBe(false);
  });

  it('points at the import that brings net in, where only Go itself uses C', async () => {
    const module = moduleOf({
      'main.go':
        'package main\n\nimport (\n\t"fmt"\n\t"os/user"\n)\n\nfunc main() { fmt.Println(user.Current()) }\n',
    });
    const diagnosis = first(await module.diagnose(armv7, { CGO_ENABLED: '1', CC: 'gcc' }, withArmGcc));
    expect(diagnosis.location).toEqual({
      file: `${module.directory}/main.go`,
      line: 5,
      column: 2,
      endColumn: 11,
    });
  });
});

describe('a dependency with C', () => {
  it('points at the import of go-sqlite3, and at go.mod without go', async () => {
    const module = moduleOf({
      'go.mod': 'module example.com/app\n\ngo 1.21\n\nrequire github.com/mattn/go-sqlite3 v1.14.22\n',
      'go.sum':
        'github.com/mattn/go-sqlite3 v1.14.22 h1:2gZY6PC6kBnID23Tichd1K+Z0oS6nE/XwU+Vz/5o4kU=\n' +
        'github.com/mattn/go-sqlite3 v1.14.22/go.mod h1:Uh1q+B4BYcTPb+yiD3kU8Ct7aC0hY9fxUwlHK0RXw+Y=\n',
      'main.go':
        'package main\n\nimport (\n\t"database/sql"\n\n\t_ "github.com/mattn/go-sqlite3"\n)\n\nfunc main() { _, _ = sql.Open("sqlite3", "x") }\n',
    });
    const env = { CGO_ENABLED: '1', CC: 'gcc' };
    const diagnosis = first(await module.diagnose(armv7, env, withArmGcc));
    expect(diagnosis.cause).toBe('wrong-c-compiler');
    expect(diagnosis.location).toEqual({
      file: `${module.directory}/main.go`,
      line: 6,
      column: 2,
      endColumn: 33,
    });

    const finding = {
      cause: 'wrong-c-compiler' as const,
      confidence: 'certain' as const,
      detail: 'x',
      title: 'x',
      package: 'github.com/mattn/go-sqlite3',
      evidence: [{ line: 1, text: 'x' }],
      facts: {},
    };
    const context = {
      config: loadConfig('').config,
      trusted: false,
      target: armv7,
      directory: module.directory,
      go: 'go',
    };
    const [untrusted] = await resolveFindings([finding], context, createPorts());
    expect(untrusted?.location).toEqual({
      file: `${module.directory}/go.mod`,
      line: 5,
      column: 9,
      endColumn: 36,
    });
  }, 120_000);
});

describe('cgo silently off', () => {
  it('knows the package whose files all need cgo', async () => {
    const module = moduleOf({ 'main.go': usesNative, 'native/native.go': cFile });
    const diagnosis = first(await module.diagnose(armv7, { CGO_ENABLED: '0' }, withArmGcc));
    expect(diagnosis).toMatchObject({ cause: 'cgo-disabled', confidence: 'certain' });
    expect(diagnosis.title).toContain('native.go');
    expect(diagnosis.location?.file).toMatch(/main\.go$|native\.go$/);
    const [fix] = diagnosis.fixes;
    expect(fix).toMatchObject({ kind: 'enable-cgo', proven: true });
    expect(loadConfig(configOf(fix)).config.toolchains['linux/arm/v7']).toMatchObject({
      cgo: 'on',
      cc: armGcc.cc,
    });
  });

  it('knows the name that is declared beside import "C"', async () => {
    const module = moduleOf({
      'main.go': 'package main\n\nfunc main() { println(hash(1)) }\n',
      'hash.go':
        'package main\n\n// static int h(int x) { return x; }\nimport "C"\n\nfunc hash(x int) int { return int(C.h(C.int(x))) }\n',
    });
    const diagnosis = first(await module.diagnose(arm64, { CGO_ENABLED: '0' }, withArmGcc));
    expect(diagnosis).toMatchObject({ cause: 'cgo-disabled', confidence: 'certain' });
    expect(diagnosis.title).toBe('cgo is off, so hash is missing: hash.go needs cgo');
    expect(diagnosis.location).toMatchObject({ file: `${module.directory}/main.go`, line: 3 });
  });

  it('knows a name of another package behind //go:build cgo', async () => {
    const module = moduleOf({
      'main.go': 'package main\n\nimport kv "example.com/app/store"\n\nfunc main() { kv.Open() }\n',
      'store/doc.go': 'package store\n',
      'store/open.go': '//go:build cgo\n\npackage store\n\nfunc Open() {}\n',
    });
    const diagnosis = first(await module.diagnose(arm64, { CGO_ENABLED: '0' }));
    expect(diagnosis).toMatchObject({ cause: 'cgo-disabled', confidence: 'certain' });
    expect(diagnosis.title).toContain('open.go');
  });
});

describe('no port for the target', () => {
  it('tells files for another CPU from cgo that is off', async () => {
    const module = moduleOf({
      'main.go': 'package main\n\nfunc main() { println(pageSize) }\n',
      'page_amd64.go': 'package main\n\nconst pageSize = 4096\n',
    });
    const diagnosis = first(await module.diagnose(arm64, { CGO_ENABLED: '0' }));
    expect(diagnosis).toMatchObject({ cause: 'not-on-this-target', confidence: 'certain' });
    expect(diagnosis.title).toBe(
      'pageSize is declared in page_amd64.go, which linux/arm64 leaves out (its name is for amd64)',
    );
    expect(diagnosis.fixes[0]?.kind).toBe('edit-source');
  });

  it('tells a package for another system', async () => {
    const module = moduleOf({
      'main.go': 'package main\n\nimport "example.com/app/win"\n\nfunc main() { win.Do() }\n',
      'win/win_windows.go': 'package win\n\nfunc Do() {}\n',
    });
    const diagnosis = first(await module.diagnose(arm64, { CGO_ENABLED: '0' }));
    expect(diagnosis).toMatchObject({ cause: 'not-on-this-target', confidence: 'certain' });
    expect(diagnosis.title).toContain('win_windows.go');
  });

  it('offers the tag that brings a file in', async () => {
    const module = moduleOf({
      'main.go': 'package main\n\nfunc main() { filter() }\n',
      'filter.go': '//go:build linux && seccomp\n\npackage main\n\nfunc filter() {}\n',
    });
    const diagnosis = first(await module.diagnose(arm64, { CGO_ENABLED: '0' }));
    expect(diagnosis.fixes[0]).toMatchObject({ kind: 'set-tags', title: 'Build with the tag seccomp' });
    expect(loadConfig(configOf(diagnosis.fixes[0])).config.defaults.tags).toEqual(['seccomp']);
  });

  it('finds syscalls of other systems in the standard library', async () => {
    const module = moduleOf({
      'main.go': 'package main\n\nimport "syscall"\n\nfunc main() { syscall.Dup2(1, 2) }\n',
    });
    const diagnosis = first(await module.diagnose(arm64, { CGO_ENABLED: '0' }));
    expect(diagnosis).toMatchObject({ cause: 'not-on-this-target', confidence: 'certain' });
    expect(diagnosis.location).toMatchObject({ file: `${module.directory}/main.go`, line: 5 });
  });
});

describe('a plain mistake', () => {
  it('raises nothing', async () => {
    const module = moduleOf({
      'main.go': 'package main\n\nimport "strings"\n\nfunc main() { println(nothing, strings.Nothing) }\n',
    });
    expect(await module.diagnose(arm64, { CGO_ENABLED: '0' })).toEqual([]);
  });
});

describe('libraries for the target', () => {
  const files = {
    'main.go':
      'package main\n\n// #cgo pkg-config: libseccomp\n// #cgo LDFLAGS: -lmagic\n// #include <magic.h>\nimport "C"\n\nfunc main() { C.magic_open(0) }\n',
  };
  async function resolveFacts(facts: Facts, text = ''): Promise<Diagnosis> {
    const module = moduleOf(files);
    const finding: Finding = {
      cause: 'missing-target-library',
      confidence: 'certain',
      detail: 'test',
      title: 'a library is missing',
      package: 'example.com/app',
      evidence: [{ line: 1, text: 'as the log has it' }],
      facts,
    };
    const { config } = loadConfig(text);
    const context = {
      config,
      trusted: true,
      target: armv7,
      directory: module.directory,
      go: 'go',
      ...withArmGcc,
    };
    return first(await resolveFindings([finding], context, withoutArmLibraries()));
  }

  /** This machine, as if nothing were installed for ARM, whatever is. */
  function withoutArmLibraries(): Ports {
    const ports = createPorts();
    const { files } = ports;
    const stat: Ports['files']['stat'] = (path) =>
      /arm-linux-gnueabihf\/(?:lib\/)?(?:pkgconfig|lib\w+\.)/.test(path)
        ? Promise.resolve(undefined)
        : files.stat(path);
    return { ...ports, files: Object.assign(Object.create(files) as typeof files, { stat }) };
  }

  it('points at the line that asks for the library', async () => {
    const lines = await Promise.all(
      [{ pkgConfigName: 'libseccomp' }, { library: 'magic' }, { header: 'magic.h' }, {}].map(
        resolveFactsLine,
      ),
    );
    expect(lines).toEqual([3, 4, 5, 6]);
  });
  async function resolveFactsLine(facts: Facts): Promise<number | undefined> {
    return (await resolveFacts(facts)).location?.line;
  }

  it('installs what the build asks for, for the target and not for the host', async () => {
    const { fixes } = await resolveFacts({ header: 'magic.h' });
    expect(fixes[0]).toMatchObject({
      kind: 'install-packages',
      title: 'Install libmagic-dev, libseccomp-dev for linux/arm/v7 (armhf)',
    });
    expect(fixes[0]?.edit).toMatchObject({
      kind: 'command',
      command: expect.stringMatching(
        /^sudo dpkg --add-architecture armhf; sudo apt-get update; sudo apt-get install libmagic-dev:armhf libseccomp-dev:armhf/,
      ) as unknown,
      changes: [{ path: ['toolchains', 'linux/arm/v7', 'pkg-config', 'libdir'] }],
    });
  });

  it('leaves out what is only guessed at where a known name would fail with it', async () => {
    const { fixes } = await resolveFacts({ library: 'notthere' });
    expect(fixes[0]?.title).toBe('Install libnotthere-dev for linux/arm/v7 (armhf) (the name is a guess)');
  });

  it('points pkg-config at the target together with what is installed', async () => {
    const { fixes } = await resolveFacts({ pkgConfigName: 'libnotthere-3' });
    const [fix] = fixes;
    expect(fix?.title).toContain('a guess');
    expect(fix?.edit).toMatchObject({
      changes: [
        {
          path: ['toolchains', 'linux/arm/v7', 'pkg-config', 'libdir'],
          value: '/usr/lib/arm-linux-gnueabihf/pkgconfig:/usr/share/pkgconfig',
        },
      ],
    });
  });

  it('looks in the sysroot that crossbow.yaml names', async () => {
    const text = 'toolchains: { linux/arm/v7: { sysroot: /opt/sys } }\n';
    const { fixes } = await resolveFacts({ pkgConfigName: 'zlib' }, text);
    expect(JSON.stringify(fixes[0]?.edit)).toContain('/opt/sys/usr/lib/arm-linux-gnueabihf/pkgconfig');
    expect(JSON.stringify(fixes[0]?.edit)).toContain('sysroot-dir');
  });
});

describe('a log from elsewhere', () => {
  it('keeps what the log says, and needs no files', async () => {
    const finding = {
      cause: 'cgo-disabled' as const,
      confidence: 'hint' as const,
      detail: 'undefined-name',
      title: 'X is not declared',
      evidence: [{ line: 1, text: './main.go:3:5: undefined: X' }],
      facts: { symbol: 'X', place: { file: './main.go', line: 3, column: 5 } },
    };
    for (const directory of [undefined, '/does/not/exist']) {
      const context = {
        config: loadConfig('').config,
        trusted: true,
        target: arm64,
        go: '/no/go',
        ...(directory === undefined ? {} : { directory }),
      };
      const [diagnosis] = await resolveFindings([finding], context, createPorts());
      expect(diagnosis).toMatchObject({
        confidence: 'hint',
        location: { file: './main.go', line: 3, column: 5 },
      });
    }
  });
});
