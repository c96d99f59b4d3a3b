import { randomBytes } from 'node:crypto';
import { xrayView, type XrayDocument } from '../core/insight/xray/xrayDocument.js';
import type { XrayReading } from '../core/insight/xray/xrays.js';
import { standalonePage } from '../core/ssa/view/standalonePage.js';
import { standaloneTheme } from '../core/ssa/view/standaloneTheme.js';
import { formatSize } from '../core/text/formatText.js';
import type { CliContext } from './cliContext.js';
import { readViewFile } from './viewFile.js';

/** Writes the view of a build, beside an earlier one if there is one, as one HTML file that any browser shows. */
export async function writeXrayHtml(
  context: CliContext,
  file: string,
  reading: XrayReading,
  before?: XrayReading,
): Promise<void> {
  const { crossbow, cwd, output, ports, signal } = context;
  const { files, host } = ports;
  const document: XrayDocument = {
    view: xrayView(reading, before),
    compilers: await crossbow.xrays.compilers(reading, signal),
    processes: reading.processes,
    platform: host.platform,
  };
  const [standalone = '', main = '', styles = ''] = await Promise.all(
    ['standalone.js', 'main.js', 'main.css'].map((name) => readViewFile(context, 'xray', name)),
  );
  const page = standalonePage({
    title: document.view.subject.title,
    scripts: [standalone, main],
    styles: `${standaloneTheme}\n${styles}`,
    head: JSON.stringify(document),
    nonce: randomBytes(16).toString('hex'),
  });
  const path = host.isAbsolute(file) ? file : host.join(cwd, file);
  await files.writeText(path, page);
  output.note(`Wrote ${path} (${formatSize(page.length)}): open it in a browser.\n`);
}
