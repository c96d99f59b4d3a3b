/** Values of the editor's colours that views use: light, dark. */
const colours: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  foreground: ['#3b3b3b', '#cccccc'],
  'editor-foreground': ['#3b3b3b', '#cccccc'],
  'editor-background': ['#ffffff', '#1f1f1f'],
  'panel-background': ['#f8f8f8', '#181818'],
  'editorWidget-background': ['#f8f8f8', '#202020'],
  descriptionForeground: ['#5f5f5f', '#9d9d9d'],
  errorForeground: ['#b01011', '#f85149'],
  focusBorder: ['#005fb8', '#0078d4'],
  'panel-border': ['#e5e5e5', '#2b2b2b'],
  'editorLineNumber-foreground': ['#6e7681', '#8b949e'],
  'button-secondaryForeground': ['#3b3b3b', '#cccccc'],
  'button-secondaryBackground': ['#e5e5e5', '#313131'],
  'button-secondaryHoverBackground': ['#cccccc', '#3c3c3c'],
  'charts-blue': ['#1a85ff', '#59a4f9'],
  'charts-orange': ['#d18616', '#d18616'],
  'charts-yellow': ['#bf8803', '#cca700'],
  'charts-green': ['#388a34', '#89d185'],
  'charts-purple': ['#652d90', '#b180d7'],
  'charts-red': ['#e51400', '#f14c4c'],
  'terminal-ansiCyan': ['#0598bc', '#11a8cd'],
  disabledForeground: ['#61616180', '#cccccc80'],
  'editor-selectionBackground': ['#add6ff', '#264f78'],
  'editor-inactiveSelectionBackground': ['#e5ebf1', '#3a3d41'],
  'editor-findMatchHighlightBackground': ['#ea5c0055', '#ea5c0055'],
  'symbolIcon-functionForeground': ['#652d90', '#b180d7'],
  'debugTokenExpression-number': ['#07714a', '#b5cea8'],
  'debugTokenExpression-string': ['#a31515', '#ce9178'],
  'diffEditor-insertedLineBackground': ['#9bb95533', '#9bb95533'],
  'diffEditor-removedLineBackground': ['#ff000033', '#ff000033'],
  'gitDecoration-addedResourceForeground': ['#487e02', '#81b88b'],
  'gitDecoration-deletedResourceForeground': ['#ad0707', '#e57373'],
  'gitDecoration-modifiedResourceForeground': ['#7a5e1a', '#e2c08d'],
  'textLink-foreground': ['#005fb8', '#4daafc'],
  'textLink-activeForeground': ['#005fb8', '#4daafc'],
  'dropdown-foreground': ['#3b3b3b', '#cccccc'],
  'dropdown-background': ['#ffffff', '#313131'],
  'dropdown-border': ['#cecece', '#3c3c3c'],
  'input-foreground': ['#3b3b3b', '#cccccc'],
  'input-background': ['#ffffff', '#313131'],
  'input-border': ['#cecece', '#3c3c3c'],
  'input-placeholderForeground': ['#6b6b6b', '#989898'],
  'inputOption-activeForeground': ['#000000', '#ffffff'],
  'inputOption-activeBackground': ['#bed6ed', '#2489db82'],
  'inputOption-activeBorder': ['#005fb8', '#2488db'],
  'badge-foreground': ['#3b3b3b', '#f8f8f8'],
  'badge-background': ['#cccccc', '#616161'],
  'list-hoverBackground': ['#f2f2f2', '#2a2d2e'],
  'list-activeSelectionForeground': ['#000000', '#ffffff'],
  'list-activeSelectionBackground': ['#e8e8e8', '#04395e'],
  'list-inactiveSelectionBackground': ['#e4e6f1', '#37373d'],
  'editorHoverWidget-foreground': ['#3b3b3b', '#cccccc'],
  'editorHoverWidget-background': ['#f8f8f8', '#202020'],
  'editorHoverWidget-border': ['#c8c8c8', '#454545'],
  'panelTitle-activeForeground': ['#3b3b3b', '#cccccc'],
  'panelTitle-inactiveForeground': ['#3b3b3b', '#9d9d9d'],
  'panelTitle-activeBorder': ['#005fb8', '#0078d4'],
  'diffEditor-insertedTextBackground': ['#9ccc2c40', '#9ccc2c33'],
  'toolbar-activeBackground': ['#a6a6a650', '#63666750'],
  'toolbar-hoverBackground': ['#b8b8b850', '#5a5d5e50'],
  'sash-hoverBorder': ['#005fb8', '#0078d4'],
};

const fonts = `--vscode-font-family: system-ui, sans-serif; --vscode-font-size: 13px;
--vscode-editor-font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; --vscode-editor-font-size: 13px;`;

/** A style sheet for a page that no editor gives its colours: light or dark, as the reader's system is. */
export const standaloneTheme = `:root { color-scheme: light dark; ${fonts} ${side(0)} }
@media (prefers-color-scheme: dark) { :root { ${side(1)} } }
body { margin: 0; }`;

function side(index: 0 | 1): string {
  return Object.entries(colours)
    .map(([name, pair]) => `--vscode-${name}: ${pair[index]};`)
    .join(' ');
}
