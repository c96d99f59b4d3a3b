import { describe, expect, it } from 'vitest';
import { libraryOrigin, type LinkRecord } from '../../../src/core/insight/size/libraryOrigins.js';
import { linkedNames } from '../../../src/core/insight/whyCgo/linkedNames.js';

const links = (
  importPath: string,
  libraries: readonly string[],
  rest: Partial<LinkRecord['links'][number]> = {},
): LinkRecord['links'][number] => ({ importPath, libraries, pkgConfig: [], languages: [], ...rest });

const record: LinkRecord = {
  cgo: true,
  links: [
    links('runtime/cgo', ['pthread']),
    links('example.com/db', ['sqlite3', 'usb-1.0', 'ws2_32', 'Metal.framework', 'ldap']),
    links('example.com/tls', [], { pkgConfig: ['openssl'] }),
    links('example.com/cxx', [], { languages: ['C++'] }),
  ],
  pkgConfig: new Map([['openssl', ['ssl', 'crypto']]]),
};
const by = (importPath: string, how: string) => ({ kind: 'packages', by: [{ importPath, how }] });

describe('who brings a library', () => {
  it.each([
    ['libsqlite3.so.0', by('example.com/db', '-lsqlite3')],
    ['libusb-1.0.so.0', by('example.com/db', '-lusb-1.0')],
    ['libldap-2.5.so.0', by('example.com/db', '-lldap')],
    ['WS2_32.dll', by('example.com/db', '-lws2_32')],
    ['libsqlite3-0.dll', by('example.com/db', '-lsqlite3')],
    ['/usr/lib/libsqlite3.dylib', by('example.com/db', '-lsqlite3')],
    ['/opt/lib/libsqlite3.0.dylib', by('example.com/db', '-lsqlite3')],
    ['/System/Library/Frameworks/Metal.framework/Versions/A/Metal', by('example.com/db', '-framework Metal')],
    ['libcrypto.so.3', by('example.com/tls', 'pkg-config: openssl')],
    ['libstdc++.so.6', by('example.com/cxx', 'C++ files')],
    ['libpthread.so.0', by('runtime/cgo', '-lpthread')],
    ['libc.so.6', { kind: 'c-library' }],
    ['libc.musl-armhf.so.1', { kind: 'c-library' }],
    ['ld-linux-armhf.so.3', { kind: 'c-library' }],
    ['libm.so.6', { kind: 'c-library' }],
    ['/usr/lib/libSystem.B.dylib', { kind: 'c-library' }],
    ['KERNEL32.dll', { kind: 'c-library' }],
    ['libgcc_s_seh-1.dll', { kind: 'c-library' }],
    ['libtinfo.so.6', { kind: 'unknown' }],
  ])('%s', (library, origin) => {
    expect(libraryOrigin(library, record)).toEqual(origin);
  });

  it('names every package that asks for it', () => {
    const both = { ...record, links: [links('a', ['z']), links('b', ['m', 'z'])] };
    expect(libraryOrigin('libz.so.1', both)).toEqual({
      kind: 'packages',
      by: [
        { importPath: 'a', how: '-lz' },
        { importPath: 'b', how: '-lz' },
      ],
    });
  });

  it('takes a library for Go’s own where no C was linked', () => {
    expect(libraryOrigin('kernel32.dll', { ...record, cgo: false })).toEqual({ kind: 'go' });
  });

  it('invents nobody for the C++ library of a program without C++ files', () => {
    const none = { ...record, links: [links('a', ['z'])] };
    expect(libraryOrigin('libstdc++.so.6', none)).toEqual({ kind: 'unknown' });
  });
});

describe('what flags link', () => {
  it('reads every form', () => {
    const flags = [
      '-L/usr/lib',
      '-lz',
      '-l',
      'm',
      '-l:libx.a',
      '/src/lib/liby.a',
      '-framework',
      'Metal',
      '-lz',
    ];
    expect(linkedNames(flags)).toEqual(['z', 'm', 'libx.a', 'liby.a', 'Metal.framework']);
  });
});
