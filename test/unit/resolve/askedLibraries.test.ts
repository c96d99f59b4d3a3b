import { describe, expect, it } from 'vitest';
import { askedBy } from '../../../src/core/diagnosis/resolve/fixes/askedLibraries.js';

const armv7 = { goos: 'linux', goarch: 'arm', level: 'v7' };
const asked = (text: string, tags: readonly string[] = []): readonly string[] =>
  askedBy(text, armv7, tags).map((it) => it.pkgConfigName ?? `-l${it.library}`);

describe('what #cgo lines ask for', () => {
  it('is read from LDFLAGS and pkg-config, in either kind of comment', () => {
    expect(asked('// #cgo LDFLAGS: -lz -L/opt/lib -lusb-1.0 -static\n')).toEqual(['-lz', '-lusb-1.0']);
    expect(asked('/*\n#cgo pkg-config: --static libseccomp gtk+-3.0\n*/\n')).toEqual([
      'libseccomp',
      'gtk+-3.0',
    ]);
    expect(asked('// #cgo CFLAGS: -lz\n// LDFLAGS: -lz\n')).toEqual([]);
  });

  it('counts where its condition holds for the target', () => {
    expect(asked('// #cgo linux LDFLAGS: -lz\n')).toEqual(['-lz']);
    expect(asked('// #cgo windows darwin LDFLAGS: -lz\n')).toEqual([]);
    expect(asked('// #cgo linux,amd64 LDFLAGS: -lz\n')).toEqual([]);
    expect(asked('// #cgo linux,!amd64 pkg-config: zlib\n')).toEqual(['zlib']);
    expect(asked('// #cgo system LDFLAGS: -lz\n')).toEqual([]);
    expect(asked('// #cgo system LDFLAGS: -lz\n', ['system'])).toEqual(['-lz']);
  });

  it('leaves out what the module brings itself', () => {
    expect(asked('// #cgo LDFLAGS: -L${SRCDIR}/lib -lz\n')).toEqual([]);
  });
});
