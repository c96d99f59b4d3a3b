/**
 * @typedef {{
 *   type?: string | readonly string[], default?: unknown, enum?: readonly unknown[], order?: number,
 *   description?: string, markdownDescription?: string,
 * }} Setting
 * @typedef {{ properties: Record<string, Setting> }} SettingsGroup
 */

const begin = '<!-- settings: generated from package.json by `npm run docs:settings` -->';
const end = '<!-- /settings -->';

/** In a cell a line break ends the row and a bar ends the column. */
const cell = (/** @type {string} */ text) => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');

/**
 * The settings of a manifest as a Markdown table.
 * @param {{ contributes?: { configuration?: SettingsGroup | readonly SettingsGroup[] } }} manifest
 */
export function settingsTable(manifest) {
  const configuration = manifest.contributes?.configuration ?? [];
  /** @type {readonly SettingsGroup[]} */
  const groups = Array.isArray(configuration) ? configuration : [configuration];
  const rows = groups
    .flatMap((group) => Object.entries(group.properties))
    .map(([name, setting]) => {
      const values = setting.enum?.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
      const text = setting.markdownDescription ?? setting.description ?? '';
      // `#crossbow.x#` is a link between settings inside VS Code, and plain noise outside.
      const plain = text.replace(/`#([\w.]+)#`/g, '`$1`');
      const what = values === undefined ? plain : `${plain} One of ${values}.`;
      return `| \`${name}\` | \`${cell(JSON.stringify(setting.default ?? null))}\` | ${cell(what)} |`;
    });
  return ['| setting | default | what it does |', '| --- | --- | --- |', ...rows].join('\n');
}

/**
 * The document with the table between its marks brought up to date.
 * @param {string} markdown
 * @param {string} table
 */
export function withSettingsTable(markdown, table) {
  const from = markdown.indexOf(begin);
  const to = markdown.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The document lacks the marks ${begin} and ${end}.`);
  return `${markdown.slice(0, from)}${begin}\n\n${table}\n\n${markdown.slice(to)}`;
}
