import { join } from 'node:path';

/** The project's folder, and the private folder where set-up keeps what it installed. */
export const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
export const privateFolder = join(root, '.vscode-test');
export const serverFolder = join(privateFolder, 'server');
export const vscodeFolder = join(serverFolder, 'node_modules/code-server/lib/vscode');
export const toolsFolder = join(privateFolder, 'tools');

/** Node 24 of the devDependency `node`; what runs the scripts may be Node 20. */
export const node24 = join(root, 'node_modules/node/bin/node');
