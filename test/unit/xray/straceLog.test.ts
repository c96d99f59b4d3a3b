import { describe, expect, it } from 'vitest';
import { mergeTrace } from '../../../src/core/insight/xray/mergeTrace.js';
import { parseStraceLog } from '../../../src/core/insight/xray/straceLog.js';
import type { XrayProcess } from '../../../src/core/insight/xray/xray.js';

const log = `10 100.000000 execve("/usr/bin/go", ["go", "build"], 0x7ffc /* 30 vars */) = 0
10 100.010000 clone(child_stack=0x1, flags=CLONE_VM|CLONE_THREAD|CLONE_SETTLS, tls=0x2) = 11
11 100.020000 clone(child_stack=NULL, flags=CLONE_VM|CLONE_PIDFD|CLONE_VFORK|SIGCHLD <unfinished ...>
12 100.030000 execve("/usr/lib/ccache/cc", ["cc", "-c", "caf\\303\\251 100%.c"], 0x1 /* 62 vars */) = -1 ENOENT (No such file or directory)
12 100.031000 execve("/usr/bin/cc", ["cc", "-c", "caf\\303\\251 100%.c"], 0x1 /* 62 vars */ <unfinished ...>
11 100.032000 <... clone resumed>, parent_tid=[15]) = 12
12 100.033000 <... execve resumed>)     = 0
12 100.034000 vfork( <unfinished ...>
13 100.035000 execve("/usr/lib/gcc/cc1", ["cc1", "a\\"]b.c", ""], 0x1 /* 62 vars */) = 0
12 100.036000 <... vfork resumed>)      = 13
12 100.036500 some nonsense
13 100.040000 +++ exited with 1 +++
11 100.041000 +++ exited with 0 +++
12 100.050000 +++ killed by SIGKILL +++
half a line
10 100.060000 +++ exited with 0 +++
`;

describe('what strace recorded', () => {
  it('is who started whom, threads counted to their process, calls in two pieces put together', () => {
    const processes = parseStraceLog(log);
    expect(processes.map(({ pid, parent, exitCode }) => ({ pid, parent, exitCode }))).toEqual([
      { pid: 10, parent: undefined, exitCode: 0 },
      { pid: 12, parent: 10, exitCode: undefined },
      { pid: 13, parent: 12, exitCode: 1 },
    ]);
    expect(processes[1]?.execs).toEqual([
      { at: 100_031, path: '/usr/bin/cc', words: ['cc', '-c', 'café 100%.c'] },
    ]);
    expect(processes[2]?.execs[0]?.words).toEqual(['cc1', 'a"]b.c', '']);
    expect(processes[1]?.end).toBe(100_050);
  });

  it('is nothing for what is no such log', () => {
    expect(parseStraceLog('')).toEqual([]);
    expect(parseStraceLog('strace: exec: Permission denied\n+++\n10 x execve(')).toEqual([]);
  });
});

describe('the tree of strace with what Go says', () => {
  const told: XrayProcess = {
    words: ['go', 'build'],
    kind: 'go',
    children: [
      {
        words: ['cc', '-c', 'café 100%.c'],
        kind: 'c',
        action: 7,
        package: 'p',
        children: [],
        time: { real: 9, user: 5, system: 1 },
      },
      { words: ['cc', '-c', 'other.c'], kind: 'c', action: 8, children: [] },
    ],
  };
  const merge = (start: number) =>
    mergeTrace(
      told,
      parseStraceLog(log),
      {},
      { origin: 100_000, timeOf: () => ({ start, end: start + 30 }) },
    );

  it('knows whose each command is, and what that started', () => {
    const { root, unseen } = merge(100_030);
    expect(unseen).toBe(1);
    expect(root).toMatchObject({
      kind: 'go',
      seen: { pid: 10, start: 0, end: 60 },
      children: [
        {
          kind: 'c',
          action: 7,
          package: 'p',
          time: { real: 9, user: 5, system: 1 },
          seen: { pid: 12, path: '/usr/bin/cc' },
          children: [{ action: 7, package: 'p', seen: { pid: 13, exitCode: 1 } }],
        },
        { words: ['cc', '-c', 'other.c'], action: 8 },
      ],
    });
  });

  it('takes no command that ran at another time', () => {
    const { root, unseen } = merge(500_000);
    expect(unseen).toBe(2);
    expect(root.children[0]?.action).toBeUndefined();
  });

  it('leaves Go’s tree as it is where nothing was seen', () => {
    const { root } = mergeTrace(told, [], {}, { origin: 0, timeOf: () => undefined });
    expect(root).toEqual(told);
  });
});
