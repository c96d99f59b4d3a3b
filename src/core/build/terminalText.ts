import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { formatDuration, formatSize } from '../text/formatText.js';
import type { BuildEvent, BuildResult } from './build.js';
import { targetId } from '../target/target.js';

/** Select Graphic Rendition sequences (ECMA-48, 8.3.117). */
export const terminalStyles = {
  dim: '\u001b[2m',
  bold: '\u001b[1m',
  red: '\u001b[31m',
  green: '\u001b[32m',
  yellow: '\u001b[33m',
  cyan: '\u001b[36m',
  reset: '\u001b[0m',
} as const;

const { bold, cyan, dim, green, red, reset, yellow } = terminalStyles;

const fixMark = '  → ';

/** The place of a fix in a line that {@link createTerminalText} wrote: where its title starts, and the title. */
export function fixInLine(line: string): { readonly start: number; readonly title: string } | undefined {
  return line.startsWith(fixMark)
    ? { start: fixMark.length, title: line.slice(fixMark.length).trimEnd() }
    : undefined;
}

/**
 * A build's text for a terminal: the command first, then go's own output with its errors coloured, then what
 * was made or found. Lines end in CR LF, as a pseudo-terminal wants them.
 */
export function createTerminalText(): {
  readonly event: (event: BuildEvent) => string;
  /** What was printed without an end of its line. */
  readonly rest: () => string;
  readonly result: (result: BuildResult) => string;
} {
  let partial = '';
  const output = (text: string): string => {
    const lines = (partial + text).split('\n');
    partial = lines.pop() ?? '';
    return lines.map((line) => `${colourLine(line.replace(/\r$/, ''))}\r\n`).join('');
  };
  const rest = (): string => (partial === '' ? '' : output('\n'));
  return {
    event: (event) => {
      switch (event.kind) {
        case 'command':
          return `${dim}$${reset} ${bold}${terminalSafe(event.line)}${reset}\r\n`;
        case 'output':
          return output(event.text);
        case 'progress':
          return '';
        case 'artifact':
          return `${green}✓${reset} ${terminalSafe(event.artifact.path)} ${dim}${formatSize(event.artifact.facts.size)}${reset}\r\n`;
      }
    },
    rest,
    result: (result) => rest() + resultText(result),
  };
}

function resultText(result: BuildResult): string {
  const time = `${dim}${formatDuration(result.durationMs)}${reset}`;
  switch (result.outcome) {
    case 'ok':
      return `${green}Built for ${targetId(result.target)}${reset} in ${time}\r\n${xrayLine(result)}`;
    case 'cancelled':
      return `${yellow}Cancelled${reset} after ${time}\r\n`;
    case 'failed':
      return [
        `${red}The build for ${targetId(result.target)} failed${reset} after ${time}\r\n`,
        ...result.diagnoses.slice(0, 3).map(diagnosisText),
        xrayLine(result),
      ].join('');
  }
}

/** A diagnosis with its place and its best fixes, as lines for a terminal. */
export function diagnosisText({ title, location, fixes }: Diagnosis): string {
  return [
    `${red}●${reset} ${bold}${terminalSafe(title)}${reset}`,
    ...(location === undefined
      ? []
      : [`  ${cyan}${terminalSafe(location.file)}:${String(location.line)}${reset}`]),
    ...fixes.slice(0, 3).map(({ title: fix }) => `${fixMark}${terminalSafe(fix)}`),
    '',
  ].join('\r\n');
}

/** The editor makes a link of it. */
function xrayLine({ xray }: BuildResult): string {
  return xray === undefined ? '' : `${dim}${xrayMark} ${xray}${reset}\r\n`;
}

const xrayMark = 'Build X-ray';

/** Where a line of a terminal names a build's X-ray, if it does: its id, and the words that stand for it. */
export function findXrayMark(
  line: string,
): { readonly id: string; readonly start: number; readonly length: number } | undefined {
  const found = new RegExp(`${xrayMark} (\\d{8}T\\d{9}-[0-9a-z]{4})\\b`).exec(line);
  const [text, id] = found ?? [];
  return found === null || text === undefined || id === undefined
    ? undefined
    : { id, start: found.index, length: text.length };
}

/** Errors red, warnings yellow, notes cyan, package headings dim: what gcc and clang do where they see a terminal. */
function colourLine(line: string): string {
  if (line.startsWith('# ')) {
    return `${dim}${line}${reset}`;
  }
  const tagged = /^(.*?)\b((?:fatal )?error|warning|note):(.*)$/.exec(line);
  if (tagged !== null) {
    const [, before = '', tag = '', after = ''] = tagged;
    const colour = tag === 'warning' ? yellow : tag === 'note' ? cyan : red;
    return `${bold}${before}${reset}${colour}${tag}:${reset}${after}`;
  }
  const placed = /^(\S[^:\s]*\.go:\d+(?::\d+)?:)(.*)$/.exec(line);
  return placed === null ? line : `${bold}${placed[1] ?? ''}${reset}${placed[2] ?? ''}`;
}

/** Text that is ours to show, without control characters that a path or a message may carry. */
export function terminalSafe(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}
