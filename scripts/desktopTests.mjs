import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundleEditorTests } from './lib/bundleEditorTests.mjs';
import { root } from './lib/paths.mjs';

/** The suites of test/editor in a desktop VS Code, which this downloads to .vscode-test. */
await bundleEditorTests();
process.exitCode = await runTests({
  extensionDevelopmentPath: root,
  extensionTestsPath: join(root, 'out/test/index.js'),
  launchArgs: [join(root, 'examples'), '--disable-extensions', '--disable-workspace-trust'],
});
