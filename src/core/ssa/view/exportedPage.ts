import type { SsaResult } from '../ssa.js';
import type { PackedDocument, SsaDocument } from './ssaDocument.js';
import { standalonePage } from './standalonePage.js';
import { standaloneTheme } from './standaloneTheme.js';

/** What the view shows of a dump. */
export function documentOf(result: Extract<SsaResult, { kind: 'dumped' }>): SsaDocument {
  const { dump, assembly, boundsChecks, decisions, notes } = result;
  return { dump, boundsChecks, decisions, notes, ...(assembly === undefined ? {} : { assembly }) };
}

/** What an exported page shows, and what of it only a platform can make. */
interface Export {
  readonly name: string;
  /** Empty where it isn't known. */
  readonly target: string;
  readonly document: PackedDocument;
  /** Of letters and digits; from a source that can't be guessed. */
  readonly nonce: string;
  base64(bytes: Uint8Array): string;
  /** Text of a file of the view's bundle. */
  read(file: string): Promise<string>;
}

/** The view of a dump as one HTML file. */
export async function exportedPage(page: Export): Promise<string> {
  const { name, target, document, nonce } = page;
  const [standalone, main, worker, styles] = await Promise.all([
    page.read('standalone.js'),
    page.read('main.js'),
    page.read('worker.js'),
    page.read('main.css'),
  ]);
  return standalonePage({
    title: target === '' ? name : `${name} · ${target}`,
    scripts: [standalone, main],
    worker,
    styles: `${standaloneTheme}\n${styles}`,
    head: document.head,
    columns: page.base64(document.columns),
    nonce,
  });
}

/** A name for the page's file that every file system takes. */
export function pageFileName(name: string, target: string): string {
  return `${[name, target].filter((it) => it !== '').join('-')}.html`.replace(/[^\w.-]+/g, '_');
}
