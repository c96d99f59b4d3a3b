import { programName } from '../../diagnosis/machines.js';
import { commandKind } from './commandKind.js';
import type { TracedProcess } from './straceLog.js';
import type { XrayProcess } from './xray.js';
import { compilerProgram, type XrayRecord } from './xrayRecord.js';

/** How long before and after its action a command's process may have been seen, in milliseconds: two clocks, one machine. */
const slack = 50;

/** When an action ran, in milliseconds since the epoch. */
export interface ActionTime {
  readonly start: number;
  readonly end: number;
}

/**
 * The exact tree of processes that strace saw, with what Go's graph knows of them: which command is whose, and what CPU
 * time it took. `told` is the tree from the graph. A command of the graph that was not seen stands where it stood, and
 * the number of those is returned.
 */
export function mergeTrace(
  told: XrayProcess,
  traced: readonly TracedProcess[],
  record: Pick<XrayRecord, 'compiler'>,
  {
    origin,
    timeOf,
  }: { readonly origin: number; readonly timeOf: (action: number) => ActionTime | undefined },
): { readonly root: XrayProcess; readonly unseen: number } {
  const compiler = compilerProgram(record);
  const waiting = new Map<string, XrayProcess[]>();
  for (const command of told.children) {
    const key = keyOf(command.words);
    waiting.set(key, [...(waiting.get(key) ?? []), command]);
  }
  const childrenOf = new Map<number, TracedProcess[]>();
  const pids = new Set(traced.map((it) => it.pid));
  for (const it of traced) {
    if (it.parent === undefined || !pids.has(it.parent)) continue;
    childrenOf.set(it.parent, [...(childrenOf.get(it.parent) ?? []), it]);
  }

  /** Takes the command of the graph that this is, if any. */
  const take = (words: readonly string[], at: number): XrayProcess | undefined => {
    const list = waiting.get(keyOf(words)) ?? longCommands(words, waiting);
    const index = list.findIndex(({ action }) => {
      const time = action === undefined ? undefined : timeOf(action);
      return time === undefined || (at >= time.start - slack && at <= time.end + slack);
    });
    return index < 0 ? undefined : list.splice(index, 1)[0];
  };

  const build = (traced: TracedProcess, step: number, above: Owner): XrayProcess | undefined => {
    const exec = traced.execs[step];
    if (exec === undefined) return undefined;
    const command = above.isGo ? take(exec.words, exec.at) : undefined;
    const isGo = above.isGo && command === undefined && programName(exec.path) === 'go';
    const owner: Owner = {
      isGo,
      action: command?.action ?? above.action,
      package: command?.package ?? above.package,
    };
    const next = build(traced, step + 1, owner);
    // What it started belongs to the program that it was in the end.
    const started =
      next === undefined ? (childrenOf.get(traced.pid) ?? []).flatMap((it) => subtree(it, owner)) : [next];
    return {
      words: exec.words,
      kind: isGo ? 'go' : commandKind([exec.path, ...exec.words.slice(1)], compiler),
      ...(owner.action === undefined ? {} : { action: owner.action }),
      ...(owner.package === undefined ? {} : { package: owner.package }),
      ...(command?.time === undefined ? seenTime(exec.at, traced.end) : { time: command.time }),
      seen: {
        pid: traced.pid,
        start: exec.at - origin,
        path: exec.path,
        ...(traced.end === undefined ? {} : { end: traced.end - origin }),
        ...(traced.exitCode === undefined ? {} : { exitCode: traced.exitCode }),
      },
      children: started,
    };
  };
  /** A fork that executed nothing is no process of interest, but what it started is. */
  const subtree = (it: TracedProcess, owner: Owner): readonly XrayProcess[] => {
    const made = build(it, 0, owner);
    return made === undefined
      ? (childrenOf.get(it.pid) ?? []).flatMap((child) => subtree(child, owner))
      : [made];
  };

  const roots = traced.filter((it) => it.parent === undefined || !pids.has(it.parent));
  const seen = roots.flatMap((it) => subtree(it, { isGo: true, action: undefined, package: undefined }));
  const unseen = [...waiting.values()].flat();
  const [go, ...others] = seen;
  return {
    root:
      go === undefined
        ? told
        : { ...go, children: [...go.children, ...others, ...unseen].sort((a, b) => startOf(a) - startOf(b)) },
    unseen: go === undefined ? 0 : unseen.length,
  };
}

interface Owner {
  /** Only what the go command itself starts is in its graph. */
  readonly isGo: boolean;
  readonly action: number | undefined;
  readonly package: string | undefined;
}

function seenTime(start: number, end: number | undefined): Pick<XrayProcess, 'time'> {
  return end === undefined ? {} : { time: { real: end - start } };
}

function startOf({ seen }: XrayProcess): number {
  return seen?.start ?? Infinity;
}

/** A command by its program's name and its arguments: Go names the program as CC has it, the system by its path. */
function keyOf(words: readonly string[]): string {
  const [program = '', ...args] = words;
  return [programName(program), ...args].join('\0');
}

/**
 * Go passes arguments of more than 30 KiB in a file (cmd/go/internal/work, passLongArgsInResponseFiles): what was seen is
 * the program and `@FILE`.
 */
function longCommands(
  [program = '', file = '', ...more]: readonly string[],
  waiting: ReadonlyMap<string, XrayProcess[]>,
): XrayProcess[] {
  if (!file.startsWith('@') || more.length > 0) return [];
  const name = programName(program);
  const least = 30 * 1024;
  const lists = [...waiting].filter(([key]) => key.length > least && key.startsWith(`${name}\0`));
  return lists.find(([, list]) => list.length > 0)?.[1] ?? [];
}
