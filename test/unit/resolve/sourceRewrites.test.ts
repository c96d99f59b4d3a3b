import { describe, expect, it } from 'vitest';
import {
  clockForRdtsc,
  eitherCharacter,
  laterSystemCalls,
  portableTime,
  scopedFlags,
  smallerView,
  widerInt,
} from '../../../src/core/diagnosis/resolve/fixes/sourceRewrites.js';
import { applyLineEdits } from '../../../src/core/text/lineEdits.js';

describe('system calls that later ports do not have', () => {
  it.each([
    [
      '\tif err := syscall.Dup2(int(f.Fd()), 1); err != nil {',
      '\tif err := syscall.Dup3(int(f.Fd()), 1, 0); err != nil {',
    ],
    ['unix.Dup2(a(b, c), d)', 'unix.Dup3(a(b, c), d, 0)'],
    [
      '_, _, e := syscall.Syscall(syscall.SYS_OPEN, p, 0, 0)',
      '_, _, e := syscall.Syscall6(syscall.SYS_OPENAT, ^uintptr(99), p, 0, 0, 0, 0)',
    ],
    [
      'unix.RawSyscall(unix.SYS_PIPE, uintptr(unsafe.Pointer(&p)), 0, 0)',
      'unix.RawSyscall(unix.SYS_PIPE2, uintptr(unsafe.Pointer(&p)), 0, 0)',
    ],
    [
      'syscall.Syscall(syscall.SYS_RENAME, a, b, 0)', // no successor that all ports have
      undefined,
    ],
    ['syscall.Syscall(syscall.SYS_OPENAT, p, 0, 0)', undefined],
    ['syscall.Syscall(syscall.SYS_OPEN,', undefined],
    ['log("syscall.Dup2(")', undefined],
    ['Dup2(a, b)', undefined],
  ])('%s', (line, expected) => {
    expect(laterSystemCalls(line)).toBe(expected);
  });
});

describe('times of the system', () => {
  it.each([
    [
      '\tts := syscall.Timespec{Sec: now.Unix(), Nsec: int64(now.Nanosecond())}',
      '\tts := syscall.NsecToTimespec(now.Unix()*1e9 + int64(now.Nanosecond()))',
    ],
    ['tv := unix.Timeval{Sec: a + b, Usec: c}', 'tv := unix.NsecToTimeval((a + b)*1e9 + c*1e3)'],
    ['f(syscall.Timespec{s, n}, x)', 'f(syscall.NsecToTimespec(s*1e9 + n), x)'],
    ['f(&syscall.Timespec{Sec: s})', undefined],
    ['syscall.Timespec{}', undefined],
  ])('%s', (line, expected) => {
    expect(portableTime(line)).toBe(expected);
  });
});

it('takes characters with and without a sign', () => {
  expect(eitherCharacter('str')('func str(p []int8) string {')).toBe(
    'func str[T int8 | uint8](p []T) string {',
  );
  expect(eitherCharacter('str')('func str(p [65]int8) string {')).toBe(
    'func str[T int8 | uint8](p [65]T) string {',
  );
  expect(eitherCharacter('str')('func strs(p []int8) string {')).toBeUndefined();
  expect(eitherCharacter('str')('func (t T) str(p []int8) string {')).toBeUndefined();
});

it('gives machine flags to their machines', () => {
  expect(scopedFlags('arm64')('#cgo CFLAGS: -O2 -msse4.2 -mavx2')).toBe(
    '#cgo CFLAGS: -O2\n#cgo amd64 386 CFLAGS: -msse4.2 -mavx2',
  );
  expect(scopedFlags('arm64')('// #cgo LDFLAGS: -Wl,--fix-cortex-a8')).toBe(
    '// #cgo arm LDFLAGS: -Wl,--fix-cortex-a8',
  );
  expect(scopedFlags('amd64')('#cgo CFLAGS: -O2 -msse4.2')).toBeUndefined();
  // What has a condition is the author's own decision.
  expect(scopedFlags('arm64')('#cgo linux CFLAGS: -msse4.2')).toBeUndefined();
});

describe('an int that is too small', () => {
  it.each([
    [
      '\tvar n int = mask',
      14,
      'cannot use mask (untyped int constant 4294967295) as int value in variable declaration (overflows)',
      '\tvar n int64 = mask',
    ],
    [
      '\tfmt.Println(n, int(math.MaxInt64))',
      21,
      'cannot convert math.MaxInt64 (untyped int constant 9223372036854775807) to type int',
      '\tfmt.Println(n, int64(math.MaxInt64))',
    ],
    [
      '\tfmt.Println(1 << 40)',
      14,
      'cannot use 1 << 40 (untyped int constant 1099511627776) as int value in argument to fmt.Println (overflows)',
      '\tfmt.Println(int64(1 << 40))',
    ],
    [
      '\tvar n C.long = 1 << 40',
      17,
      'cannot use 1 << 40 (untyped int constant 1099511627776) as _Ctype_long value in variable declaration (overflows)',
      '\tvar n C.longlong = 1 << 40',
    ],
    [
      '\tuse(1 << 40)',
      6,
      'cannot use 1 << 40 (untyped int constant 1099511627776) as int value in argument to use (overflows)',
      undefined,
    ],
  ])('%s', (line, column, message, expected) => {
    expect(widerInt(line, column, message)).toBe(expected);
  });
});

it('lines are replaced only where they are what they were, and keep their ends', () => {
  const edits = [{ file: '/a', line: 2, before: 'b', after: 'x\ny' }];
  expect(applyLineEdits('a\r\nb\r\nc\r\n', edits)).toBe('a\r\nx\r\ny\r\nc\r\n');
  expect(applyLineEdits('a\nother\nc\n', edits)).toBeUndefined();
});

describe('a view of memory that is too long for 32 bits', () => {
  const invalid = 'invalid array length 1 << 40 (untyped int constant 1099511627776)';

  it.each([
    ['\ts := (*[1<<40]byte)(p)[:n:n]', invalid, '\ts := (*[1 << 30]byte)(p)[:n:n]'],
    [
      '\ts := (*[1 << 40]C.uchar)(p)[:n:n]',
      'array length 1 << 40 (untyped int constant 1099511627776) must be integer',
      '\ts := (*[1 << 30]C.uchar)(p)[:n:n]',
    ],
    [
      's := (*[1 << 30]C.thing)(p)[:n]',
      'type [1 << 30]C.thing larger than address space',
      's := (*[1 << 26]C.thing)(p)[:n]',
    ],
    // An array that is there takes the memory it says.
    ['var s [1 << 40]byte', invalid, undefined],
    ['s := (*[1 << 39]byte)(p)', invalid, undefined],
  ])('%s', (line, message, expected) => {
    expect(smallerView(line, message)).toBe(expected);
  });
});

describe("x86's time stamp", () => {
  it('is the clock elsewhere', () => {
    const line = '\t__asm__ volatile ("rdtsc" : "=a"(lo), "=d"(hi));';
    expect(clockForRdtsc(line)?.split('\n')).toEqual([
      '#if defined(__x86_64__) || defined(__i386__)',
      line,
      '#else',
      '\t{',
      '\t\tstruct timespec t_;',
      '\t\tclock_gettime(CLOCK_MONOTONIC, &t_);',
      '\t\tunsigned long long ns_ = t_.tv_sec * 1000000000ull + t_.tv_nsec;',
      '\t\tlo = ns_;',
      '\t\thi = ns_ >> 32;',
      '\t}',
      '#endif',
    ]);
  });

  it.each([
    '\t__asm__ volatile ("cpuid" : "=a"(lo), "=d"(hi));',
    '\tif (x) asm("rdtsc" : "=a"(lo), "=d"(hi));',
    '\tasm("rdtsc" : "=A"(all));',
  ])('is not what %s asks for alone', (line) => {
    expect(clockForRdtsc(line)).toBeUndefined();
  });
});
