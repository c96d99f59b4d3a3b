import { formatTime, kindNames, stateNames } from '../../core/insight/xray/kindTexts.js';
import { reasonText } from '../../core/insight/xray/xrayTexts.js';
import type { XrayPackage, XrayProcess } from '../../core/insight/xray/xray.js';
import type { ViewAction } from '../../core/insight/xray/xraySubject.js';
import type { Column } from './virtualTable.js';

const time = (ms: number | undefined): string => (ms === undefined ? '' : formatTime(ms));
const took = ({ start, end }: ViewAction): number =>
  start === undefined || end === undefined ? 0 : end - start;

export const actionColumns: readonly Column<ViewAction>[] = [
  { title: 'Action', text: (it) => it.label, className: 'wide' },
  { title: 'Kind', text: (it) => kindNames[it.kind] },
  { title: 'State', text: (it) => stateNames[it.state], className: 'medium' },
  { title: 'Critical', text: (it) => (it.critical ? 'yes' : '') },
  { title: 'Start', number: true, text: (it) => time(it.start), value: (it) => it.start ?? Infinity },
  { title: 'Time', number: true, text: (it) => time(took(it)), value: took },
  { title: 'Waited', number: true, text: (it) => time(it.waited), value: (it) => it.waited ?? 0 },
  {
    title: 'CPU',
    number: true,
    text: (it) => (it.cpu === undefined ? '' : time(it.cpu.user + it.cpu.system)),
    value: (it) => (it.cpu === undefined ? 0 : it.cpu.user + it.cpu.system),
  },
];

export const packageColumns: readonly Column<XrayPackage>[] = [
  { title: 'Package', text: (it) => it.importPath, className: 'wide' },
  { title: 'State', text: (it) => it.state },
  { title: 'Why', text: (it) => reasonText(it.reason), className: 'wide' },
  { title: 'C', text: (it) => (it.usesC ? 'yes' : '') },
  { title: 'Commands', number: true, text: (it) => String(it.commands), value: (it) => it.commands },
  { title: 'Time', number: true, text: (it) => time(it.time), value: (it) => it.time },
  { title: 'CPU', number: true, text: (it) => time(it.cpu), value: (it) => it.cpu },
];

/** A process with its place in the tree. */
export interface ProcessRow {
  readonly key: number;
  readonly level: number;
  readonly process: XrayProcess;
}

/** The tree as rows, each before what it started. */
export function processRows(root: XrayProcess): readonly ProcessRow[] {
  const rows: ProcessRow[] = [];
  const visit = (process: XrayProcess, level: number): void => {
    rows.push({ key: rows.length, level, process });
    for (const child of process.children) visit(child, level + 1);
  };
  visit(root, 1);
  return rows;
}

export const processColumns: readonly Column<ProcessRow>[] = [
  {
    title: 'Program',
    text: ({ process }) => process.words[0]?.split(/[\\/]/).at(-1) ?? '',
    className: 'medium',
  },
  { title: 'Package', text: ({ process }) => process.package ?? '', className: 'medium' },
  { title: 'Arguments', text: ({ process }) => process.words.slice(1).join(' '), className: 'wide code' },
  { title: 'Time', number: true, text: ({ process }) => time(process.time?.real) },
  { title: 'User', number: true, text: ({ process }) => time(process.time?.user) },
  { title: 'System', number: true, text: ({ process }) => time(process.time?.system) },
];
