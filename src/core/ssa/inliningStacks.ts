import type { Frame, Instruction, SsaDump } from './model.js';

/**
 * Adds to each instruction the calls it was inlined through, and its statement mark, from the compiler's own file
 * (`-d=ssa/genssa/dump`). There the whole stack, outermost first, precedes the instructions it belongs to.
 */
export function withInliningStacks(dump: SsaDump, text: string): SsaDump {
  const files = [...dump.files];
  const stacks: (readonly Frame[])[] = [...dump.stacks];
  const stackIndex = new Map<string, number>();
  const extras = new Map<number, Pick<Instruction, 'stack' | 'stmt' | 'file'>>();
  let pending: Frame[] = [];
  let current: { stack?: number; file: number } = { file: -1 };

  const fileOf = (path: string): number => {
    const known = files.indexOf(path);
    return known >= 0 ? known : files.push(path) - 1;
  };
  const stackOf = (frames: readonly Frame[]): number => {
    const key = frames.map((it) => `${it.file}:${it.line}`).join();
    const known = stackIndex.get(key) ?? stacks.push(frames) - 1;
    stackIndex.set(key, known);
    return known;
  };

  for (const line of text.split('\n')) {
    const frame = /^# (.*):(\d+)\r?$/.exec(line);
    if (frame !== null) {
      pending.push({ file: fileOf(frame[1] ?? ''), line: Number(frame[2]) });
      continue;
    }
    const found = /^ \S* *\t(\d+) \(([+-]?)(\d+|\?)\)/.exec(line);
    if (found === null) continue;
    if (pending.length > 0) {
      const callers = pending.slice(0, -1);
      current = {
        file: pending.at(-1)?.file ?? -1,
        ...(callers.length === 0 ? {} : { stack: stackOf(callers) }),
      };
      pending = [];
    }
    const [, pc, sign, digits] = found;
    extras.set(Number(pc), {
      ...(digits === '?' ? { file: -1 } : current),
      ...(sign === '' ? {} : { stmt: sign === '+' ? 1 : -1 }),
    });
  }
  const code = dump.code.map((it) => {
    const extra = extras.get(it.pc);
    return extra === undefined ? it : { ...it, ...extra, file: extra.file < 0 ? it.file : extra.file };
  });
  return { ...dump, files, stacks, code };
}
