import { createDumpBuilder, type DumpBuilder, type PassFacts } from './dumpBuilder.js';
import type { SsaDump } from './model.js';
import { parsePosition } from './valueLine.js';

/** Reads what the compiler prints with `GOSSAFUNC=f+`, while it prints it. */
export interface SsaTextParser {
  /** Text as it arrives, cut anywhere. */
  feed(text: string): void;
  /** The functions that were dumped, in the order they began: an ABI wrapper has its function's name. What is cut short is kept as far as it goes. */
  end(): SsaText;
}

export interface SsaText {
  readonly dumps: readonly SsaDump[];
  /** Where the compiler wrote its own pages. */
  readonly pages: readonly string[];
}

interface OpenDump {
  readonly name: string;
  readonly builder: DumpBuilder;
  mode: 'ast' | 'passes' | 'code';
  /** The pass whose state comes next; the first one is `start`. */
  facts: PassFacts | undefined;
  notes: string[];
  codeFile: number;
}

/**
 * A parser for one run of the compiler. Memory grows with what differs, not with what is printed. Lines that belong to
 * no dump go to `onOther`: errors, and what other flags of the same run print.
 */
export function createSsaTextParser(onOther: (line: string) => void = () => undefined): SsaTextParser {
  const dumps: OpenDump[] = [];
  const pages: string[] = [];
  let current: OpenDump | undefined;
  let unfinished = '';

  function line(text: string): void {
    if (text.startsWith('generating SSA for ')) {
      finishState();
      current = open(text.slice('generating SSA for '.length));
      dumps.push(current);
    } else if (text.startsWith('dumped SSA ')) {
      finishState();
      notePage(text);
      current = undefined;
    } else if (current === undefined || !readLine(current, text)) {
      onOther(text);
    }
  }

  function notePage(text: string): void {
    // Go 1.19 names no function here.
    const found = /^dumped SSA (?:for (.*?)(?:,(\d))? )?to (.*)$/.exec(text);
    if (found === null) return;
    const [, name, abi, page = ''] = found;
    pages.push(page);
    const dump = dumps.findLast((it) => it.name === name);
    if (dump !== undefined && abi !== undefined) dump.builder.abi = Number(abi);
  }

  function finishState(): void {
    if (current?.mode === 'passes' && current.facts !== undefined) endPass(current);
  }

  return {
    feed(text) {
      let start = 0;
      for (;;) {
        const end = text.indexOf('\n', start);
        if (end < 0) break;
        line(withoutReturn(unfinished + text.slice(start, end)));
        unfinished = '';
        start = end + 1;
      }
      unfinished += text.slice(start);
    },
    end() {
      if (unfinished !== '') line(unfinished);
      unfinished = '';
      finishState();
      return { dumps: dumps.map(({ name, builder }) => builder.finish(name)), pages };
    },
  };
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function open(name: string): OpenDump {
  return { name, builder: createDumpBuilder(), mode: 'ast', facts: undefined, notes: [], codeFile: -1 };
}

/** False for a line that is not part of the dump. */
function readLine(dump: OpenDump, line: string): boolean {
  switch (dump.mode) {
    case 'ast':
      // "cannot read sources for …", where it was said, lacks its line end; sources are read without the compiler's help.
      if (line.endsWith(`compiling ${dump.name}`)) {
        dump.mode = 'passes';
        dump.facts = { name: 'start' };
      } else {
        dump.builder.astLine(line);
      }
      return true;
    case 'passes':
      return readPassLine(dump, line);
    case 'code':
      return readInstruction(dump, line);
  }
}

function readPassLine(dump: OpenDump, line: string): boolean {
  const { builder } = dump;
  if (line.startsWith('    ')) {
    if (line.startsWith('(', 4)) builder.value(line.slice(4));
    else builder.closeBlock(line.slice(4));
    return true;
  }
  if (line.startsWith('  pass ')) return readPass(dump, line);
  if (line.startsWith('  ') && builder.openBlock(line.slice(2))) return true;
  if (line.startsWith('name ')) {
    const at = line.lastIndexOf(': [');
    if (at > 0) builder.slot(line.slice(5, at), line.slice(at + 2));
    return true;
  }
  if (line === 'dependency cycle!') {
    builder.dependencyCycle();
    return true;
  }
  if (line === `genssa ${dump.name}`) {
    if (dump.facts !== undefined) endPass(dump);
    dump.mode = 'code';
    return true;
  }
  if (dump.facts !== undefined && line.startsWith(`${dump.name} `)) {
    builder.type = line.slice(dump.name.length + 1);
    return true;
  }
  // Between `begin` and `end` a pass says what it found; elsewhere it is somebody else's line.
  if (dump.facts !== undefined) return false;
  // What has a place is a diagnostic; with -m the compiler prints it at once, in the middle of a pass.
  if (/^.+\.go:\d+:\d+: /.test(line)) return false;
  dump.notes.push(` ${line}`.slice(1));
  return true;
}

function readPass(dump: OpenDump, line: string): boolean {
  const begin = /^ {2}pass (.*) begin$/.exec(line);
  if (begin !== null) {
    if (dump.facts !== undefined) endPass(dump);
    return true;
  }
  const end = /^ {2}pass (.*) end \[(\d+) ns(?: (\d+) allocs (\d+) bytes)?\]$/.exec(line);
  if (end === null) return false;
  const [, name = '', ns, allocs, bytes] = end;
  dump.facts = {
    name,
    ns: Number(ns),
    ...(allocs === undefined ? {} : { allocs: Number(allocs), bytes: Number(bytes) }),
    ...(dump.notes.length === 0 ? {} : { notes: dump.notes }),
  };
  dump.notes = [];
  return true;
}

function endPass(dump: OpenDump): void {
  if (dump.facts !== undefined) dump.builder.pass(dump.facts);
  dump.facts = undefined;
}

/** ` v6    \t00005 (13)\tMOVB\t$0, …`, or `# file` where it changes (cmd/compile/internal/ssagen, genssa). */
function readInstruction(dump: OpenDump, line: string): boolean {
  const { builder } = dump;
  if (line.startsWith('# ')) {
    dump.codeFile = builder.file(line.slice(2));
    return true;
  }
  const found = /^ (\S*) *\t(\d+) \(([+-]?)(\d+|\?)\)\t(.*)$/.exec(line);
  if (found === null) return false;
  const [, of = '', pc, sign = '', digits = '', text = ''] = found;
  builder.instruction({
    pc: Number(pc),
    ...(of.startsWith('v') ? { value: Number(of.slice(1)) } : {}),
    ...(of.startsWith('b') ? { block: Number(of.slice(1)) } : {}),
    file: dump.codeFile,
    ...parsePosition(sign, digits),
    text: builder.intern(text),
  });
  return true;
}
