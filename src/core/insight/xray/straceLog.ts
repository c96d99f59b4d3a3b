/** A program that a process began to execute. Times in milliseconds since the epoch. */
interface TracedExec {
  readonly at: number;
  /** The file, as it was named to the system. */
  readonly path: string;
  readonly words: readonly string[];
}

/** A process, with every program that it executed one after another. */
export interface TracedProcess {
  readonly pid: number;
  readonly parent?: number;
  readonly execs: readonly TracedExec[];
  /** Absent for one that outlived the trace. */
  readonly end?: number;
  /** 128 and the signal's name are for a shell to say: a signal leaves it absent. */
  readonly exitCode?: number;
}

/** What strace is to record, for {@link parseStraceLog}: words long enough for any command, no environment. */
export const straceArguments: readonly string[] = [
  ...['-f', '-q', '-ttt', '-s', '131072', '-e', 'signal=none'],
  ...['-e', 'trace=execve,execveat,clone,clone3,fork,vfork'],
];

interface Draft {
  readonly pid: number;
  parent?: number;
  readonly execs: TracedExec[];
  end?: number;
  exitCode?: number;
}

/**
 * Reads what `strace -f -ttt` recorded of processes: who started whom, and what each executed. Calls that others
 * interrupted are put together again; a thread counts as its process. Lines that make no sense are left out.
 */
export function parseStraceLog(text: string): readonly TracedProcess[] {
  const drafts = new Map<number, Draft>();
  /** Threads that are no processes of their own, with whose they are. */
  const threads = new Map<number, number>();
  const unfinished = new Map<number, { readonly at: number; readonly call: string }>();
  const processOf = (id: number): Draft => {
    let pid = id;
    for (let owner = threads.get(pid); owner !== undefined; owner = threads.get(pid)) pid = owner;
    let draft = drafts.get(pid);
    if (draft === undefined) drafts.set(pid, (draft = { pid, execs: [] }));
    return draft;
  };

  for (const line of text.split('\n')) {
    const [, id = '', time = '', rest = ''] = /^(\d+)\s+(\d+\.\d+) (.*)$/.exec(line) ?? [];
    if (id === '') continue;
    const caller = Number(id);
    const at = Number(time) * 1000;
    if (rest.startsWith('+++ ')) {
      if (threads.has(caller)) continue;
      const draft = processOf(caller);
      draft.end = at;
      const [, code] = /exited with (\d+)/.exec(rest) ?? [];
      if (code !== undefined) draft.exitCode = Number(code);
      continue;
    }
    if (rest.endsWith('<unfinished ...>')) {
      unfinished.set(caller, { at, call: rest.slice(0, -'<unfinished ...>'.length) });
      continue;
    }
    const [, tail] = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest) ?? [];
    const begun = tail === undefined ? undefined : unfinished.get(caller);
    if (tail !== undefined && begun === undefined) continue;
    unfinished.delete(caller);
    const call = begun === undefined ? rest : `${begun.call}${tail ?? ''}`;
    readCall(call, begun?.at ?? at, caller);
  }
  return [...drafts.values()].filter((it) => it.execs.length > 0 || it.parent !== undefined);

  function readCall(call: string, at: number, caller: number): void {
    const [, name = '', result = ''] = /^(\w+)\([\s\S]*\)\s+= (-?\d+)/.exec(call) ?? [];
    const value = Number(result);
    if (name === 'execve' || name === 'execveat') {
      const exec = value === 0 && result !== '' ? readExec(call, at) : undefined;
      if (exec !== undefined) processOf(caller).execs.push(exec);
    } else if (/^(?:clone3?|v?fork)$/.test(name) && value > 0) {
      // A child may have been seen before the call that made it came back.
      if (call.includes('CLONE_THREAD')) threads.set(value, processOf(caller).pid);
      else processOf(value).parent = processOf(caller).pid;
    }
  }
}

/** Of `execve("/usr/bin/gcc", ["gcc", "-c"], 0x7ff…) = 0`: the file, and the words. */
function readExec(call: string, at: number): TracedExec | undefined {
  const [, path] = /^execve(?:at)?\((?:[^",]*, )?("(?:[^"\\]|\\.)*")/.exec(call) ?? [];
  const list = call.indexOf(', [');
  if (path === undefined || list < 0) return undefined;
  const words: string[] = [];
  const word = /"(?:[^"\\]|\\.)*"|\]/g;
  word.lastIndex = list + 3;
  for (let found = word.exec(call); found !== null && found[0] !== ']'; found = word.exec(call))
    words.push(plain(found[0]));
  return { at, path: plain(path), words };
}

const letters: Readonly<Record<string, number>> = { n: 10, t: 9, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** A string as strace writes it: bytes that are no ASCII as octal numbers; together they are UTF-8. */
function plain(literal: string): string {
  const inner = literal.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  const bytes = inner.replace(
    /%|\\(?:([0-7]{1,3})|x([0-9a-f]{2})|([\s\S]))/g,
    (_, octal?: string, hex?: string, letter?: string) => {
      const code =
        octal !== undefined
          ? parseInt(octal, 8)
          : hex !== undefined
            ? parseInt(hex, 16)
            : (letters[letter ?? '%'] ?? 37);
      return `%${code.toString(16).padStart(2, '0')}`;
    },
  );
  try {
    return decodeURIComponent(bytes);
  } catch {
    return inner;
  }
}
