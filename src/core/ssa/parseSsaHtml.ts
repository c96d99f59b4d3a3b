import { createDumpBuilder, type DumpBuilder, type PassFacts } from './dumpBuilder.js';
import { createValueReader, markOf, plainText } from './htmlText.js';
import type { SsaDump } from './model.js';
import { parsePosition } from './valueLine.js';

/** Reads a saved ssa.html, as GOSSAFUNC writes it (cmd/compile/internal/ssa, html.go), while it arrives. */
export interface SsaHtmlParser {
  /** Text as it arrives, cut anywhere. */
  feed(text: string): void;
  /** What was read, as far as the page goes; undefined where it is no such page. */
  end(): SsaDump | undefined;
}

interface Page {
  readonly builder: DumpBuilder;
  readonly valueText: (html: string) => string;
  name: string | undefined;
  /** What the cell holds that is being read. */
  cell: 'none' | 'sources' | 'AST' | 'pass' | 'genssa';
  /** Headings of the cell: the passes that led to its state, of which all but the last changed nothing. */
  heads: PassFacts[];
  /** Whether the cell's state has begun, and its block is dead. */
  hasBlocks: boolean;
  isDead: boolean;
  source: { readonly file: string; start: number; readonly lines: string[] } | undefined;
  codeFile: number;
  /** What the next instruction was made for, and what is live there. */
  origin: string;
  live: string | undefined;
}

const opening = /<(td|ul|h1|h2|strong|dt|dd|li|div|span)\b([^>]*)>/g;

/**
 * A parser for one page. Nothing of it is kept but the model: names, types and texts are data, whatever markup they may
 * look like. All versions since Go 1.19 write the same elements. Here the first pass is `before insert phis`, which only
 * the page has.
 */
export function createSsaHtmlParser(): SsaHtmlParser {
  const page: Page = {
    builder: createDumpBuilder(),
    valueText: createValueReader(),
    name: undefined,
    cell: 'none',
    heads: [],
    hasBlocks: false,
    isDead: false,
    source: undefined,
    codeFile: -1,
    origin: '',
    live: undefined,
  };
  let rest = '';

  /** Reads what is complete, and leaves the rest. */
  function read(): void {
    let at = 0;
    for (;;) {
      opening.lastIndex = at;
      const found = opening.exec(rest);
      if (found === null) {
        // What is left may be the beginning of a tag.
        at = Math.max(at, rest.lastIndexOf('<'));
        break;
      }
      const [all, element = '', attributes = ''] = found;
      const start = found.index + all.length;
      const itemClass = /class="([^"]*)"/.exec(attributes)?.[1] ?? '';
      if (!isLeaf(element, itemClass)) {
        readOpening(page, element, attributes, itemClass);
        at = start;
        continue;
      }
      const end = rest.indexOf(`</${element}>`, start);
      if (end < 0) {
        at = found.index;
        break;
      }
      readLeaf(page, element, itemClass, rest.slice(start, end));
      at = end + 1;
    }
    rest = rest.slice(at);
  }

  return {
    feed(text) {
      rest += text;
      read();
    },
    end() {
      closeCell(page);
      return page.name === undefined || page.builder.isEmpty ? undefined : page.builder.finish(page.name);
    },
  };
}

/** Elements that are read whole, with all that is in them. */
function isLeaf(element: string, itemClass: string): boolean {
  switch (element) {
    case 'li':
      return itemClass !== 'ssa-value-list';
    case 'div':
      return /\b(?:ast|line-number)\b/.test(itemClass);
    case 'td':
    case 'ul':
    case 'span':
      return false;
    default:
      return true;
  }
}

function readOpening(page: Page, element: string, attributes: string, itemClass: string): void {
  if (element === 'td') {
    closeCell(page);
    const id = /id="(.*)-exp"/.exec(attributes)?.[1];
    if (id === undefined) page.cell = 'none';
    else page.cell = id === 'sources' || id === 'AST' || id === 'genssa' ? id : 'pass';
  } else if (element === 'ul') {
    page.isDead = itemClass.includes('dead-block');
  } else if (itemClass === 'depcycle') {
    page.builder.dependencyCycle();
  }
}

function closeCell(page: Page): void {
  const { builder, heads, source } = page;
  const last = heads.at(-1);
  if (page.cell === 'pass' && page.hasBlocks && last !== undefined) {
    // The state is that after the last of them; those before left things as they were.
    for (const head of heads.slice(0, -1)) builder.idlePass(head);
    builder.pass(last);
  }
  if (source !== undefined && source.lines.length > 0)
    builder.source(source.file, source.start, source.lines);
  page.source = undefined;
  page.heads = [];
  page.hasBlocks = false;
  page.cell = 'none';
}

function readLeaf(page: Page, element: string, itemClass: string, html: string): void {
  switch (element) {
    case 'h1':
      readTitle(page, plainText(html));
      break;
    case 'h2':
      if (page.cell === 'pass') page.heads.push(readHead(html));
      break;
    case 'strong':
      readSourceFile(page, plainText(html));
      break;
    case 'div':
      readLine(page, itemClass, html);
      break;
    case 'li':
      readItem(page, itemClass, html);
      break;
    case 'dt':
      page.origin = plainText(html);
      break;
    default:
      readInstruction(page, html);
  }
}

/** `(*conn).serve,1`; Go 1.19 says no ABI. */
function readTitle(page: Page, title: string): void {
  const [, name, abi] = /^(.*?)(?:,(\d))?$/s.exec(title) ?? [];
  page.name = name ?? title;
  page.builder.abi = abi === undefined ? undefined : Number(abi);
}

/** `opt <span class="stats">[52859 ns]</span>` */
function readHead(html: string): PassFacts {
  const [name = '', stats = ''] = html.split(' <span class="stats">');
  const [, ns, allocs, bytes] = /\[(\d+) ns(?: (\d+) allocs (\d+) bytes)?\]/.exec(stats) ?? [];
  return {
    name: plainText(name),
    ...(ns === undefined ? {} : { ns: Number(ns) }),
    ...(allocs === undefined ? {} : { allocs: Number(allocs), bytes: Number(bytes) }),
  };
}

function readSourceFile(page: Page, file: string): void {
  if (page.cell !== 'sources') return;
  const { source } = page;
  if (source !== undefined && source.lines.length > 0)
    page.builder.source(source.file, source.start, source.lines);
  page.source = { file, start: 0, lines: [] };
}

/** A line of a source or of the syntax tree. The numbers of source lines stand in a column before the first file. */
function readLine({ cell, source, builder }: Page, itemClass: string, html: string): void {
  const text = html === '&nbsp;' ? '' : plainText(html);
  if (cell === 'AST') {
    if (text !== '') builder.astLine(text);
  } else if (cell === 'sources' && source !== undefined) {
    if (source.lines.length === 0) source.start = Number(/\bl(\d+)\b/.exec(itemClass)?.[1] ?? 1);
    source.lines.push(text);
  }
}

function readItem(page: Page, itemClass: string, html: string): void {
  const { builder } = page;
  if (page.cell !== 'pass') return;
  if (itemClass.startsWith('ssa-long-value')) {
    builder.value(`${page.valueText(html)}${itemClass.includes('dead-value') ? ' DEAD' : ''}`);
  } else if (itemClass === 'ssa-start-block') {
    page.hasBlocks = true;
    const [text = ''] = html.split('<button');
    builder.openBlock(`${plainText(text).replace(' ←', ' <-').trimEnd()}${page.isDead ? ' DEAD' : ''}`);
  } else if (itemClass === 'ssa-end-block') {
    const at = html.lastIndexOf(' <span class="');
    const mark = at < 0 ? undefined : markOf(html.slice(at + 1));
    const text = plainText(mark === undefined ? html : html.slice(0, at));
    builder.closeBlock(text.replace(' →', ' ->'), mark);
  } else if (html.startsWith('name ')) {
    // A variable that no value holds any more has an empty list.
    const first = html.indexOf(': <span class="v');
    const at = first < 0 && html.endsWith(': ') ? html.length - 2 : first;
    if (at > 0) builder.slot(plainText(html.slice(5, at)), `[${plainText(html.slice(at + 2)).trim()}]`);
  }
}

/** `00005 <span class="l14 line-number">(<s>14</s>)</span> MOVW	x+4(R13), R1`, or a remark. */
function readInstruction(page: Page, html: string): void {
  const { builder, origin } = page;
  if (page.cell !== 'genssa') return;
  if (html.startsWith('# ')) {
    const text = plainText(html.slice(2));
    if (text.startsWith('live at ')) page.live = text;
    else page.codeFile = builder.file(text);
    return;
  }
  const [, pc, mark = '', text = ''] = /^(\d+) (<span.*?<\/span>) (.*)$/s.exec(html) ?? [];
  if (pc === undefined) return;
  builder.instruction({
    pc: Number(pc),
    ...(origin.startsWith('v') ? { value: Number(origin.slice(1)) } : {}),
    ...(origin.startsWith('b') ? { block: Number(origin.slice(1)) } : {}),
    file: page.codeFile,
    ...(markOf(mark) ?? parsePosition('', '?')),
    text: builder.intern(plainText(text)),
    ...(page.live === undefined ? {} : { live: page.live }),
  });
  page.live = undefined;
}
