import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCliIn } from './runCliIn.js';
import { createWorkspace, pureProgram, type Workspace } from './workspace.js';

interface Document {
  readonly files: readonly {
    readonly file: string;
    readonly for: string;
    readonly kind: string;
    readonly binaries: readonly { readonly place: string; readonly platform?: string }[];
    readonly problems: readonly { readonly place: string; readonly message: string }[];
  }[];
}

const triplet = 'arm-linux-gnueabihf';

let ws: Workspace;
beforeAll(() => {
  ws = createWorkspace({
    ...pureProgram,
    'new.c': '#include <unistd.h>\nint main(void) { return closefrom == 0; }\n',
    // As in the C library of a system of 2020.
    'old.c': 'const char banner[] = "GNU C Library (Old 2.31-1) stable release version 2.31.\\n";\n',
    'resource_metadata.json': '{ "type": "x", "version": 1 }',
  });
  const env = { ...process.env, CGO_ENABLED: '0', GOOS: 'linux', GOARCH: 'arm', GOARM: '7' };
  execFileSync('go', ['build', '-o', 'seven', '.'], { cwd: ws.root, env });
  const cc = (...args: readonly string[]): void => {
    execFileSync(`${triplet}-gcc`, ['-D_GNU_SOURCE', ...args], { cwd: ws.root });
  };
  cc('-o', 'new', 'new.c');
  cc('-shared', '-nostdlib', '-o', 'old.so', 'old.c');
});
afterAll(() => {
  ws.remove();
});

async function verify(...args: readonly string[]) {
  const run = await runCliIn(ws, ['verify', ...args, '--json']);
  const { files } = run.json() as Document;
  return {
    code: run.code,
    files,
    messages: files.flatMap((it) => it.problems.map(({ message }) => message)),
  };
}

/** A root filesystem with the program, its loader, and a C library. */
function rootfs(name: string, library: string): string {
  const folder = ws.path(name);
  for (const it of ['bin', 'lib']) mkdirSync(`${folder}/${it}`, { recursive: true });
  cpSync(ws.path('new'), `${folder}/bin/new`);
  cpSync(`/usr/${triplet}/lib/ld-linux-armhf.so.3`, `${folder}/lib/ld-linux-armhf.so.3`);
  cpSync(library, `${folder}/lib/libc.so.6`);
  const archive = ws.path(`${name}.rootfs.tgz`);
  execFileSync('tar', ['-czf', archive, '-C', folder, 'bin', 'lib']);
  return archive;
}

describe('crossbow verify', () => {
  it('holds the level that Go recorded against the target', async () => {
    expect(await verify(ws.path('seven'), '--target', 'linux/arm/v7')).toMatchObject({
      code: 0,
      files: [{ for: 'linux/arm/v7', kind: 'binary', binaries: [{ platform: 'linux/arm' }] }],
    });
    const six = await verify('seven', '--target', 'linux/arm/v6');
    expect(six.code).toBe(1);
    expect(six.messages).toEqual([
      'Go compiled this with GOARM=7: linux/arm/v6 stands for GOARM=6, on which it would crash.',
    ]);
  });

  it('holds the libraries of a root filesystem against its programs', async () => {
    const fits = await verify(rootfs('fits', `/usr/${triplet}/lib/libc.so.6`));
    expect(fits).toMatchObject({ code: 0, messages: [] });
    expect(fits.files[0]).toMatchObject({ for: 'linux/arm', kind: 'archive' });
    expect(await verify(rootfs('old', ws.path('old.so')))).toMatchObject({
      code: 1,
      messages: ['bin/new needs GLIBC_2.34, but the C library in this archive is glibc 2.31.'],
    });
    expect((await verify(rootfs('foreign', '/usr/aarch64-linux-gnu/lib/libc.so.6'))).messages).toContain(
      'bin/new needs libc.so.6, and the one in this archive is for AArch64.',
    );
  });

  it('goes on with the other files where one can not be read, and prints for people', async () => {
    const both = await verify('missing', 'resource_metadata.json', 'seven');
    expect(both.code).toBe(1);
    expect(both.files.map((it) => it.kind)).toEqual(['binary', 'metadata', 'binary']);
    expect(both.messages.slice(1)).toEqual([
      'It lacks version, a string.',
      'It lacks privileged, a boolean.',
      'It lacks unique_version_history, a boolean.',
    ]);
    const { code, out } = await runCliIn(ws, ['verify', 'seven']);
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/seven: linux\/arm\n/) as string,
    });
  });
});
