import { randomBytes } from 'node:crypto';
import { documentOf, exportedPage, pageFileName } from '../core/ssa/view/exportedPage.js';
import { packDocument } from '../core/ssa/view/packDocument.js';
import type { CliContext } from './cliContext.js';
import type { Dumped } from './ssaText.js';
import { readViewFile } from './viewFile.js';

/** The path that `--html` or `--raw-html` names, absolute; named after the function where it says none. */
export function pagePath(
  { ports: { host }, cwd }: Pick<CliContext, 'ports' | 'cwd'>,
  given: string | true,
  proposed: { readonly name: string; readonly target: string; readonly ending?: string },
): string {
  const { name, target, ending = '.html' } = proposed;
  const path = given === true ? pageFileName(name, target).replace(/\.html$/, ending) : given;
  return host.isAbsolute(path) ? path : host.join(cwd, path);
}

/** Writes the view of a dump as one HTML file, which any browser opens. */
export async function writePage(
  context: Pick<CliContext, 'ports' | 'viewsFolder'>,
  result: Dumped,
  path: string,
): Promise<void> {
  const { name, origin } = result.dump.func;
  const page = await exportedPage({
    name,
    target: origin?.target ?? '',
    document: packDocument(documentOf(result)),
    nonce: randomBytes(16).toString('hex'),
    base64: (bytes) => Buffer.from(bytes).toString('base64'),
    read: (file) => readViewFile(context, 'ssa', file),
  });
  await context.ports.files.writeText(path, page);
}
