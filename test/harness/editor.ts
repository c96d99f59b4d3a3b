import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startEditorServer } from '../../scripts/lib/editorServer.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { launchBrowser, windowUrl } from '../../scripts/lib/browser.mjs';
import { stagedExtensions } from './stagedExtensions.js';
import { createWorkbench, type Workbench } from './workbench.js';

export interface EditorOptions {
  /** The folder, or `.code-workspace` file, that the window opens. */
  readonly folder: string;
  /**
   * What is loaded beside the built-in extensions: `shipped` (default) is this project as its VSIX would hold it;
   * `none` is the bare editor.
   */
  readonly extension?: 'shipped' | 'none';
  /** False opens the folder in Restricted Mode. Default true. */
  readonly trust?: boolean;
  /** User settings, on top of those that keep a fresh editor quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The environment of the server, so of the extension host and terminals; default is this process's. */
  readonly env?: NodeJS.ProcessEnv;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Editor {
  readonly page: Page;
  readonly workbench: Workbench;
  /** Saves `test-results/screenshots/<name>.png` and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Server output and the page's console, for a failure's story. */
  log(): string;
  close(): Promise<void>;
}

/**
 * With the smoke-test driver VS Code shows no notification toasts. A person sees them, so tests and pictures do:
 * the workbench is served without that condition (`NotificationsToasts.addToast`).
 */
async function unmuteToasts(page: Page): Promise<void> {
  const muted = /&&!this\.environmentService\.enableSmokeTestDriver(?=&&\w+\.priority)/;
  await page.route(/\/workbench\.js$/, async (route) => {
    // A page that is closed before it was loaded wants no answer any more.
    const response = await route.fetch().catch((error: unknown) => {
      if (/disposed|has been closed/.test(String(error))) return undefined;
      throw error;
    });
    if (response === undefined) return;
    const text = await response.text();
    if (!muted.test(text)) throw new Error('This VS Code mutes toasts in another way: look at addToast.');
    await route.fulfill({ response, body: text.replace(muted, '') });
  });
}

/**
 * Opens a folder in a real VS Code: a server of its own, a browser of its own, settings and storage that start
 * empty. Returns once the workbench is restored. Close it in `finally` or `afterAll`.
 */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const home = await mkdtemp(join(tmpdir(), 'crossbow-editor-'));
  const extensionsDir = options.extension === 'none' ? join(home, 'extensions') : stagedExtensions;
  const closers: (() => Promise<unknown>)[] = [
    () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  ];
  const close = async () => {
    for (const closer of closers.reverse()) await closer();
    closers.length = 0;
  };
  try {
    const server = await startEditorServer({
      dataDir: home,
      extensionsDir,
      trustEverything: options.trust !== false,
      testDriver: true,
      settings: {
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.banner': 'never',
        'window.dialogStyle': 'custom',
        'terminal.integrated.gpuAcceleration': 'off',
        ...options.settings,
      },
      ...(options.env === undefined ? {} : { env: options.env }),
    });
    closers.push(() => server.stop());
    const browser = await launchBrowser();
    closers.push(() => browser.close());

    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(45_000);
    const console: string[] = [];
    page.on('console', (message) => console.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => console.push(`[uncaught] ${error.message}`));
    await unmuteToasts(page);
    // The workbench is 20 MB of script: a busy machine needs its time to read that.
    await page.goto(windowUrl(server.port, options.folder), { timeout: 90_000 });
    const workbench = createWorkbench(page);
    await workbench.restored();
    return {
      page,
      workbench,
      async screenshot(name) {
        const folder = join(root, 'test-results/screenshots');
        await mkdir(folder, { recursive: true });
        const path = join(folder, `${name}.png`);
        await page.screenshot({ path });
        return path;
      },
      log: () => [server.log(), ...console].join('\n'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
