import { describe, expect, it } from 'vitest';
import { readInterpreters } from '../../../src/core/lint/binfmt.js';
import { createPorts } from '../../../src/node/ports.js';
import { target } from './scene.js';

/** As /proc/sys/fs/binfmt_misc shows what qemu-binfmt-conf.sh registers. */
const qemuArm = `enabled
interpreter /usr/libexec/qemu-binfmt/arm-binfmt-P
flags: POCF
offset 0
magic 7f454c4601010100000000000000000002002800
mask ffffffffffffff00fffffffffffffffffeffffff
`;
const entries: Readonly<Record<string, string>> = {
  status: 'enabled\n',
  'not-qemu-by-name': qemuArm,
  'qemu-s390x':
    'enabled\ninterpreter /usr/bin/qemu-s390x\nflags: \noffset 0\nmagic 7f454c4602020100000000000000000000020016\nmask ffffffffffffff00fffffffffffffffffffeffff\n',
  'qemu-riscv64':
    'disabled\ninterpreter /usr/bin/qemu-riscv64\nflags: F\noffset 0\nmagic 7f454c460201010000000000000000000200f300\nmask ffffffffffffff00fffffffffffffffffeffffff\n',
  python3: 'enabled\ninterpreter /usr/bin/python3\nflags: \nextension .pyc\n',
};

function ports(platform: string, goarch: string) {
  const real = createPorts();
  return {
    host: { ...real.host, platform, goarch },
    files: {
      ...real.files,
      list: async () => Promise.resolve(Object.keys(entries)),
      readText: async (path: string) => Promise.resolve(entries[path.split('/').at(-1) ?? '']),
    },
  };
}

describe('the kernel’s list of interpreters', () => {
  it('is read by what it matches, not by names', async () => {
    const interpreter = await readInterpreters(ports('linux', 'amd64'));
    expect(interpreter(target('linux/amd64'))).toEqual({ kind: 'native' });
    expect(interpreter(target('linux/386'))).toEqual({ kind: 'native' });
    expect(interpreter(target('linux/arm/v7'))).toEqual({
      kind: 'registered',
      program: '/usr/libexec/qemu-binfmt/arm-binfmt-P',
      fixed: true,
    });
    expect(interpreter(target('linux/s390x'))).toMatchObject({ kind: 'registered', fixed: false });
    expect(interpreter(target('linux/riscv64'))).toEqual({ kind: 'missing' });
    expect(interpreter(target('linux/arm64'))).toEqual({ kind: 'missing' });
  });

  it('says nothing of the virtual machine that runs containers elsewhere', async () => {
    const interpreter = await readInterpreters(ports('darwin', 'arm64'));
    expect(interpreter(target('linux/arm64'))).toEqual({ kind: 'native' });
    expect(interpreter(target('linux/amd64'))).toEqual({ kind: 'unknown' });
  });
});
