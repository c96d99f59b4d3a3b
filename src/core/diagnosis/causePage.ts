import type { Diagnosis } from './diagnosis.js';

/** A cause's page in Markdown with what one diagnosis saw of it above: its title and its lines of the log. */
export function causePage(
  page: string,
  { title, target, evidence }: Pick<Diagnosis, 'title' | 'target' | 'evidence'>,
): string {
  const width = Math.max(0, ...evidence.map((it) => String(it.line).length));
  const lines = evidence.map((it) => `${String(it.line).padStart(width)} │ ${it.text.trimEnd()}`);
  const text = lines.join('\n');
  // A fence ends at the first run of as many backticks (CommonMark 0.31, section 4.5); GNU tools quote with them.
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((it) => it.length));
  const fence = '`'.repeat(longest + 1);
  const log = lines.length === 0 ? '' : `\n\nIn the log:\n\n${fence}text\n${text}\n${fence}`;
  const where = target === undefined ? '' : ` (${target})`;
  return `**${escapeMarkdown(title)}**${where}${log}\n\n---\n\n${page}`;
}

/** Text that Markdown shows as it is. Any ASCII punctuation may be escaped (CommonMark 0.31, section 2.4). */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-.!|~&]/g, '\\$&');
}
