import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { syscallsOf } from '../../../src/core/lint/seccompTables.js';

/** Numbers of system calls as Go's own copy of x/sys generates them from the kernel's headers, one file for each CPU. */
const numbers = join(
  execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim(),
  'src/cmd/vendor/golang.org/x/sys/unix',
);

/** Private calls of ARM's kernel, outside its table (arch/arm/include/uapi/asm/unistd.h), and a second name of one. */
const armOnly = ['set_tls', 'cacheflush', 'breakpoint', 'sync_file_range2'];

describe('the tables of system calls', () => {
  it.each([
    '386',
    'arm',
    'mips',
    'mipsle',
    'mips64',
    'mips64le',
    'riscv64',
    'loong64',
    'ppc64',
    'ppc64le',
    's390x',
  ])('name calls of %s that its kernel has', (goarch) => {
    const text = readFileSync(join(numbers, `zsysnum_linux_${goarch}.go`), 'utf8');
    const known = new Set([...text.matchAll(/^\s*SYS_(\w+)/gm)].map((it) => it[1]?.toLowerCase()));
    expect(known.size).toBeGreaterThan(300);
    const unknown = syscallsOf(goarch).filter(
      (it) => !known.has(it) && !(goarch === 'arm' && armOnly.includes(it)),
    );
    // x/sys calls newfstatat fstatat on the CPUs that have no other.
    expect(unknown.filter((it) => !(it === 'newfstatat' && known.has('fstatat')))).toEqual([]);
  });
});
