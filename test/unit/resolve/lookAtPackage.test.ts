import { afterEach, describe, expect, it } from 'vitest';
import { emptyConfig } from '../../../src/core/config/config.js';
import type { Finding } from '../../../src/core/diagnosis/finding.js';
import { resolveFindings } from '../../../src/core/diagnosis/resolve/resolveFindings.js';
import { createPorts } from '../../../src/node/ports.js';
import { scratchModule, type ScratchModule } from './scratchModule.js';

const arm = { goos: 'linux', goarch: 'arm', level: 'v7' };
let module: ScratchModule | undefined;

afterEach(() => {
  module?.remove();
  module = undefined;
});

/** What the finding becomes beside these files. */
async function resolved(files: Readonly<Record<string, string>>, finding: Finding) {
  module = scratchModule({ 'go.mod': 'module example.com/app\n\ngo 1.24\n', ...files });
  const context = {
    config: emptyConfig,
    trusted: true,
    target: arm,
    directory: module.directory,
    go: 'go',
  };
  const [diagnosis] = await resolveFindings([finding], context, createPorts());
  return diagnosis;
}

const cgoMain = (preamble: string) => `package main\n\n/*\n${preamble}\n*/\nimport "C"\n\nfunc main() {}\n`;
const evidence = [{ line: 1, text: 'as the linker said it' }];

const missing: Finding = {
  cause: 'missing-target-library',
  confidence: 'certain',
  detail: 'library-missing',
  title: 'The library seccomp is not installed',
  evidence,
  facts: { library: 'seccomp' },
};
const alien: Finding = {
  cause: 'wrong-arch-object',
  confidence: 'certain',
  detail: 'cgo-object',
  title: '/tmp/go-link-1/000002.o is for amd64',
  evidence,
  facts: { object: '/tmp/go-link-1/000002.o', machine: 'amd64' },
};
const newerPackage: Finding = {
  cause: 'go-too-old',
  confidence: 'hint',
  detail: 'std-package-newer',
  title: 'Package maps came with Go 1.21',
  evidence,
  facts: { goVersion: '1.21' },
};

describe('what the package itself tells', () => {
  it('blames pkg-config for a library that only a .pc file asks for', async () => {
    const diagnosis = await resolved({ 'main.go': cgoMain('#cgo pkg-config: libseccomp') }, missing);
    expect(diagnosis).toMatchObject({ cause: 'pkg-config-host-leak' });
  });

  it('leaves a library missing that the code asks for itself', async () => {
    const diagnosis = await resolved({ 'main.go': cgoMain('#cgo LDFLAGS: -lseccomp') }, missing);
    expect(diagnosis).toMatchObject({ cause: 'missing-target-library' });
  });

  it('finds the language whose compiler made the object', async () => {
    const fortran = { 'main.go': cgoMain('// int f_(void);'), 'f.f90': 'end\n' };
    expect(await resolved(fortran, alien)).toMatchObject({ cause: 'wrong-fortran-compiler' });
    module?.remove();
    const cxx = { 'main.go': cgoMain('// int f(void);'), 'f.cpp': 'int f;\n' };
    expect(await resolved(cxx, alien)).toMatchObject({ cause: 'wrong-cxx-compiler' });
  });

  it('names the .syso that the linker saw under another name', async () => {
    const files = { 'main.go': cgoMain('// int f(void);'), 'f.cpp': 'int f;\n', 'blob.syso': '' };
    const diagnosis = await resolved(files, alien);
    expect(diagnosis?.cause).toBe('wrong-arch-object');
    expect(diagnosis?.title).toContain('blob.syso is for amd64');
  });

  it('takes a newer standard package for a plain slip unless go.mod asks for that Go', async () => {
    const main = { 'main.go': 'package main\n\nfunc main() {}\n' };
    expect(await resolved(main, newerPackage)).toMatchObject({ confidence: 'likely' });
    module?.remove();
    const old = { ...main, 'go.mod': 'module example.com/app\n\ngo 1.19\n' };
    expect(await resolved(old, newerPackage)).toMatchObject({ confidence: 'hint' });
  });
});
