// @ts-check
import { defineConfig } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Libraries that are pure computation, and so may be used by the core. */
const pureLibraries = ['yaml', 'valibot', '@valibot/to-json-schema', 'jsonc-parser', 'dockerfile-ast'];

/** A relative import that climbs out of its own folder into one of these neighbours below `src`. */
const into = (...neighbours) => `^(\\.\\./)+(${neighbours.join('|')})(/|\\.js$|$)`;

const anyPackageBut = (...allowed) =>
  `^(?!\\.{1,2}(/|$))(?!(${allowed.map((name) => name.replaceAll('/', '\\/')).join('|')})(/|$))`;

/**
 * The architecture's arrows: imports point inward. ARCHITECTURE.md draws them; a test plants a violation of each
 * and sees it refused.
 */
function arrows(folder, says, forbidden) {
  const message = `${says} (ARCHITECTURE.md draws the arrows)`;
  const patterns = forbidden.map((regex) => ({ regex, message }));
  return {
    name: `crossbow/arrows/${folder}`,
    files: [`src/${folder}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
      // `import()` is not an import declaration, so the rule above does not see it.
      'no-restricted-syntax': [
        'error',
        ...enumsAndDefaults,
        ...forbidden.map((regex) => ({
          selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\/').replaceAll('\\\\/', '\\/')}/]`,
          message,
        })),
      ],
    },
  };
}

const enumsAndDefaults = [
  {
    selector: 'TSEnumDeclaration',
    message: 'Use a union of string literals: it needs no code and no import.',
  },
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Use a named export, so that a thing has one name everywhere.',
  },
];

export default defineConfig(
  {
    name: 'crossbow/ignored',
    ignores: [
      '**/node_modules/',
      'out/',
      'dist/',
      'examples/',
      'test-results/',
      'test/fixtures/',
      '.vscode-test/',
      '.crossbow-setup/',
    ],
  },
  {
    name: 'crossbow/javascript',
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    rules: {
      'no-undef-init': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  {
    name: 'crossbow/typescript',
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      'import-x/resolver-next': [createTypeScriptImportResolver({ noWarnOnMultipleProjects: true })],
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-duplicates': 'error',
      'no-restricted-syntax': ['error', ...enumsAndDefaults],
      eqeqeq: 'error',
    },
  },
  {
    name: 'crossbow/size',
    files: ['src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }] },
  },
  arrows('core', 'The core knows only the core and pure libraries: effects go through ports.', [
    into('node', 'vscode', 'webview', 'protocol', 'cli', 'extension'),
    anyPackageBut(...pureLibraries),
  ]),
  arrows('node', 'The ports on Node know the core, and never the editor.', [
    into('vscode', 'webview', 'protocol', 'cli', 'extension'),
    '^vscode$',
  ]),
  arrows('vscode', 'A surface of the editor knows the core and the protocol; effects reach it as ports.', [
    into('node', 'webview', 'cli', 'extension'),
    '^execa$',
    '^(node:)?(fs|child_process)(/|$)',
  ]),
  arrows('cli', 'The command line knows the core and the ports on Node, and never the editor.', [
    into('vscode', 'webview', 'protocol', 'extension'),
    '^vscode$',
  ]),
  arrows('protocol', 'A protocol is types between the extension and a view: it knows only the core.', [
    into('node', 'vscode', 'webview', 'cli', 'extension'),
    anyPackageBut(...pureLibraries),
  ]),
  arrows('webview', 'Code in the browser knows the protocol and the core.', [
    into('node', 'vscode', 'cli', 'extension'),
    '^vscode$',
    '^execa$',
    '^node:',
  ]),
  {
    name: 'crossbow/tests',
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // expect.objectContaining() and JSON.parse() are `any`: in a test the assertion is the type check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // Objects of the harness and of mocks are closures: taking their functions apart is safe.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'crossbow/tool-configuration',
    files: ['*.config.mts', '*.config.mjs'],
    rules: { 'no-restricted-syntax': ['error', enumsAndDefaults[0]] },
  },
);
