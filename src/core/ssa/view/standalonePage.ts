/** What a page that needs no editor is made of. */
interface PageParts {
  readonly title: string;
  /** Scripts in the order they run. */
  readonly scripts: readonly string[];
  /** The script of a worker, where the view has one. */
  readonly worker?: string;
  readonly styles: string;
  /** What it shows, as JSON. */
  readonly head: string;
  /** Of a packed document, the columns in base64. */
  readonly columns?: string;
  /** Of letters and digits; from a source that can't be guessed. */
  readonly nonce: string;
}

/** One HTML file that is a view in any browser; nothing is loaded, and nothing but its own scripts runs. */
export function standalonePage({ title, scripts, worker, styles, head, columns, nonce }: PageParts): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; worker-src blob:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">
${styles.replaceAll('</', '<\\/')}
</style>
</head>
<body>
<main></main>
<script type="application/json" id="document">${head.replaceAll('<', '\\u003c')}</script>
${held('columns', columns)}${held('worker', worker === undefined ? undefined : escapeScript(worker))}${scripts.map((it) => `<script nonce="${nonce}">${escapeScript(it)}</script>`).join('\n')}
</body>
</html>
`;
}

/** A text that the page's scripts look up. */
function held(id: string, text: string | undefined): string {
  return text === undefined ? '' : `<script type="text/plain" id="${id}">${text}</script>\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** What would end a script, or begin a comment in it, stands only in strings and patterns: there the backslash says nothing. */
function escapeScript(script: string): string {
  return script.replace(/<(?=\/script|!--|script)/gi, '\\x3c');
}
