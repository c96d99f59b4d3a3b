import { setupError, type CliContext } from './cliContext.js';

/** The text of a file of a view's bundle, for a page that holds the view. Throws where the installation lacks it. */
export async function readViewFile(
  { ports: { files, host }, viewsFolder }: Pick<CliContext, 'ports' | 'viewsFolder'>,
  view: 'ssa' | 'xray',
  name: string,
): Promise<string> {
  const path = host.join(viewsFolder, view, name);
  const text = await files.readText(path);
  if (text === undefined) throw setupError(`The view is not there: ${path}. Install Crossbow again.`);
  return text;
}
