import type { ActionKind } from '../../core/insight/xray/xray.js';

/** The theme's colours, for a canvas, which knows no CSS variables. */
export interface Colours {
  readonly kinds: Readonly<Record<ActionKind, string>>;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly failed: string;
  readonly focus: string;
  /** Of high-contrast themes: bars get this edge. */
  readonly edge: string | undefined;
  readonly font: string;
}

/** Reads them from the page; to be done again when the theme changes. */
export function readColours(): Colours {
  const style = getComputedStyle(document.body);
  const first = (...names: readonly string[]): string =>
    names.map((it) => style.getPropertyValue(it).trim()).find((it) => it !== '') ?? style.color;
  const edge = style.getPropertyValue('--vscode-contrastBorder').trim();
  return {
    kinds: {
      compile: first('--vscode-charts-blue'),
      cgo: first('--vscode-charts-purple'),
      // The orange of charts is see-through in some themes, and missing in others.
      c: first('--vscode-charts-yellow'),
      assemble: first('--vscode-terminal-ansiCyan'),
      link: first('--vscode-charts-green'),
      cached: first('--vscode-disabledForeground', '--vscode-descriptionForeground'),
      other: first('--vscode-descriptionForeground'),
    },
    text: first('--vscode-foreground'),
    quiet: first('--vscode-descriptionForeground'),
    line: first('--vscode-panel-border', '--vscode-contrastBorder', '--vscode-editorWidget-border'),
    failed: first('--vscode-charts-red', '--vscode-errorForeground'),
    focus: first('--vscode-focusBorder'),
    edge: edge === '' ? undefined : edge,
    font: `11px ${style.fontFamily}`,
  };
}

/** Calls back when the editor changes its theme: it marks the body with the new one's name. */
export function onThemeChange(changed: () => void): void {
  new MutationObserver(changed).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}

/** Black or white, whichever is read better on a colour as canvases write it. */
export function textOn(context: CanvasRenderingContext2D, colour: string): string {
  context.fillStyle = colour;
  const [red = 0, green = 0, blue = 0] = (/^#(..)(..)(..)/.exec(context.fillStyle) ?? [])
    .slice(1)
    .map((it) => parseInt(it, 16));
  // Weights of relative luminance (WCAG 2), without its curve: good enough to choose between two.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 130 ? '#000000' : '#ffffff';
}
