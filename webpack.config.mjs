import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import webpack from 'webpack';

const here = import.meta.dirname;

/** What all bundles share; `target` is the oldest Node that runs them. */
function bundle({ name, entry, node, ...rest }) {
  return (_env, { mode = 'production' }) => ({
    name,
    mode,
    target: `node${node}`,
    context: here,
    entry,
    output: { path: `${here}/out`, filename: '[name].js', libraryTarget: 'commonjs2' },
    resolve: { extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } },
    module: {
      rules: [{ test: /\.ts$/, loader: 'esbuild-loader', options: { target: `node${node}` } }],
    },
    // Written for stack traces of our own, never named in the bundle and never shipped (.vscodeignore).
    devtool: mode === 'production' ? 'hidden-source-map' : 'source-map',
    // What a dynamic import loads is one file, by its name: .vscodeignore lists it.
    optimization: { splitChunks: false },
    // package.json's version is imported by name: its default export would put the whole manifest into the bundle.
    ignoreWarnings: [/Should not import the named export 'version'/],
    performance: { hints: false },
    stats: 'errors-warnings',
    infrastructureLogging: { level: 'warn' },
    ...rest,
  });
}

/** A file that a shell can run. */
class Executable {
  apply(compiler) {
    new webpack.BannerPlugin({ banner: '#!/usr/bin/env node', raw: true }).apply(compiler);
    compiler.hooks.afterEmit.tapPromise('Executable', () => chmod(`${here}/out/cli.js`, 0o755));
  }
}

/** A webview's style sheet: what all views share, then its own. */
class StyleSheet {
  constructor(view) {
    this.view = view;
  }

  apply(compiler) {
    const sources = ['base.css', `${this.view}/main.css`].map((it) => `${here}/src/webview/${it}`);
    compiler.hooks.afterCompile.tap('StyleSheet', ({ fileDependencies }) => {
      fileDependencies.addAll(sources);
    });
    compiler.hooks.afterEmit.tapPromise('StyleSheet', async () => {
      const texts = await Promise.all(sources.map((it) => readFile(it, 'utf8')));
      await mkdir(`${here}/out/webview/${this.view}`, { recursive: true });
      await writeFile(`${here}/out/webview/${this.view}/main.css`, texts.join('\n'));
    });
  }
}

/** A view's bundle, for the browser that is part of VS Code: out/webview/NAME/main.js, main.css, and further scripts. */
function webview(view, ...further) {
  return (env, options) => {
    const { output, module, ...shared } = bundle({ name: `webview-${view}`, node: '22' })(env, options);
    return {
      ...shared,
      target: 'web',
      entry: Object.fromEntries(['main', ...further].map((it) => [it, `./src/webview/${view}/${it}.ts`])),
      output: { path: `${output.path}/webview/${view}`, filename: '[name].js' },
      module: { rules: module.rules.map((rule) => ({ ...rule, options: { target: 'es2022' } })) },
      plugins: [new StyleSheet(view)],
    };
  };
}

export default [
  // engines.vscode ^1.101 runs extensions on Node 22.
  bundle({
    name: 'extension',
    entry: { extension: './src/extension.ts' },
    node: '22',
    externals: { vscode: 'commonjs vscode' },
  }),
  bundle({ name: 'cli', entry: { cli: './src/cli.ts' }, node: '20', plugins: [new Executable()] }),
  webview('size'),
  webview('ssa', 'worker', 'standalone'),
  webview('xray', 'standalone'),
];
