import { formatDuration, formatSize } from '../text/formatText.js';
import type { BuildEvent, BuildResult } from './build.js';
import { targetId } from '../target/target.js';

const dim = '\u001b[2m';
const bold = '\u001b[1m';
const red = '\u001b[31m';
const green = '\u001b[32m';
const yellow = '\u001b[33m';
const cyan = '\u001b[36m';
const reset = '\u001b[0m';

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
  readonly result: (result: BuildResult) => string;
} {
  let partial = '';
  const output = (text: string): string => {
    const lines = (partial + text).split('\n');
    partial = lines.pop() ?? '';
    return lines.map((line) => `${colourLine(line.replace(/\r$/, ''))}\r\n`).join('');
  };
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
    result: (result) => {
      const rest = partial === '' ? '' : output('\n');
      return rest + resultText(result);
    },
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
        `${red}The build for ${targetId(result.target)} failed${reset} after ${time}`,
        ...result.diagnoses
          .slice(0, 3)
          .flatMap((diagnosis) => [
            `${red}●${reset} ${bold}${terminalSafe(diagnosis.title)}${reset}${
              diagnosis.location === undefined
                ? ''
                : `\r\n  ${cyan}${terminalSafe(diagnosis.location.file)}:${String(diagnosis.location.line)}${reset}`
            }`,
            ...diagnosis.fixes.slice(0, 3).map(({ title }) => `${fixMark}${terminalSafe(title)}`),
          ]),
        xrayLine(result),
      ].join('\r\n');
  }
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
function terminalSafe(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}
