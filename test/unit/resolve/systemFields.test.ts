import { describe, expect, it } from 'vitest';
import { perSystemFields } from '../../../src/core/diagnosis/resolve/fixes/systemFields.js';

const unknown = (name: string): string =>
  `unknown field ${name} in struct literal of type syscall.SysProcAttr`;

/** The text of one line, rewritten for a complaint about it. */
const rewritten = (line: string, message: string): string | undefined =>
  perSystemFields(line, [{ line: 1, message }])?.text;

describe('the times of a file', () => {
  const mtim = 'st.Mtim undefined (type *syscall.Stat_t has no field or method Mtim)';

  it.each([
    ['\tf(st.Mtim.Sec, st.Ino)', mtim, '\tf(mtimOf(st).Sec, st.Ino)'],
    [
      't := fi.Sys().(*syscall.Stat_t).Ctimespec',
      'fi.Sys().(*syscall.Stat_t).Ctimespec undefined (type *syscall.Stat_t has no field or method Ctimespec)',
      't := ctimOf(fi.Sys().(*syscall.Stat_t))',
    ],
    [
      'return st.Atim',
      'st.Atim undefined (type syscall.Stat_t has no field or method Atim)',
      'return atimOf(&st)',
    ],
    // golang.org/x/sys has the same names everywhere; a method is another thing.
    ['f(st.Mtim)', 'st.Mtim undefined (type *unix.Stat_t has no field or method Mtim)', undefined],
    ['f(st.Mtimes())', 'st.Mtimes undefined (type *syscall.Stat_t has no field or method Mtimes)', undefined],
    ['f(other.Mtim)', mtim, undefined],
  ])('%s', (line, message, expected) => {
    expect(rewritten(line, message)).toBe(expected);
  });

  it('come from a file for the systems of each name', () => {
    const beside = perSystemFields('f(st.Mtim)', [{ line: 1, message: mtim }])?.beside ?? [];
    expect(beside.map((it) => [it.name, it.constraint, it.body.split(' return ')[1]])).toEqual([
      ['stat_mtimespec.go', 'darwin || freebsd || netbsd', 'st.Mtimespec }\n'],
      ['stat_mtim.go', '!darwin && !freebsd && !netbsd', 'st.Mtim }\n'],
    ]);
  });
});

describe('how a process is started', () => {
  it.each([
    [
      'a := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}',
      'Pdeathsig',
      'a := withPdeathsig(&syscall.SysProcAttr{Setpgid: true})',
    ],
    [
      'a := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}',
      'Pdeathsig',
      'a := withPdeathsig(&syscall.SysProcAttr{Setpgid: true})',
    ],
    [
      'f(&syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID}, 1)',
      'Cloneflags',
      'f(withCloneflags(&syscall.SysProcAttr{}), 1)',
    ],
    // What names something of this file can't go into another.
    ['a := &syscall.SysProcAttr{Pdeathsig: signal}', 'Pdeathsig', undefined],
    ['a := &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 1}}', 'Credential', undefined],
    ['a := syscall.SysProcAttr{Setpgid: true}', 'Setpgid', undefined],
    ['a := &other.SysProcAttr{Setpgid: true}', 'Setpgid', undefined],
  ])('%s without %s', (line, name, expected) => {
    expect(rewritten(line, unknown(name))).toBe(expected);
  });

  it('is set by a statement too', () => {
    const message =
      'cmd.SysProcAttr.Setpgid undefined (type *syscall.SysProcAttr has no field or method Setpgid)';
    expect(rewritten('\tcmd.SysProcAttr.Setpgid = true', message)).toBe('\twithSetpgid(cmd.SysProcAttr)');
    expect(rewritten('\tif cmd.SysProcAttr.Setpgid {', message)).toBeUndefined();
  });

  it('keeps its lines where they are, and a field on those systems that have it', () => {
    const source = [
      'cmd.SysProcAttr = &syscall.SysProcAttr{',
      '\tSetpgid: true, // {',
      "\tPdeathsig: syscall.SIGKILL, // '}'",
      '}',
      'cmd.Start()',
    ].join('\n');
    const rewrite = perSystemFields(source, [
      { line: 2, message: unknown("'Setpgid'") },
      { line: 3, message: unknown("'Pdeathsig'") },
    ]);
    expect(rewrite?.text.split('\n')).toEqual([
      'cmd.SysProcAttr = withSetpgid(withPdeathsig(&syscall.SysProcAttr{',
      '\t// {',
      "\t// '}'",
      '}))',
      'cmd.Start()',
    ]);
    expect(rewrite?.beside.map((it) => [it.name, it.constraint])).toEqual([
      ['setpgid.go', '!js && !plan9 && !wasip1 && !windows'],
      ['setpgid_other.go', 'js || plan9 || wasip1 || windows'],
      ['pdeathsig.go', 'freebsd || linux'],
      ['pdeathsig_other.go', '!freebsd && !linux'],
    ]);
    expect(rewrite?.beside[2]?.body).toBe(
      'import "syscall"\n\nfunc withPdeathsig(attr *syscall.SysProcAttr) *syscall.SysProcAttr {\n' +
        '\tattr.Pdeathsig = syscall.SIGKILL\n\treturn attr\n}\n',
    );
  });

  it('with two values of one field is left to a person', () => {
    const line = 'f(&syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL})';
    const message = unknown('Pdeathsig');
    const complaints = [
      { line: 1, message },
      { line: 2, message },
    ];
    expect(perSystemFields(`${line}\n${line}`, complaints)?.beside).toHaveLength(2);
    expect(perSystemFields(`${line}\n${line.replace('KILL', 'TERM')}`, complaints)).toBeUndefined();
  });
});
