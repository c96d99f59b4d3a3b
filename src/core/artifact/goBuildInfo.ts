import { uleb128, utf8, type ByteView } from './byteView.js';
import type { ArtifactFacts } from './facts.js';
import type { Window } from './window.js';

export type GoBuildInfo = Pick<ArtifactFacts, 'goVersion' | 'goBuildSettings'>;

/** "\xff Go buildinf:", which Go's src/debug/buildinfo searches at multiples of 16. */
const magic = Uint8Array.from([0xff, ...Array.from(' Go buildinf:', (letter) => letter.charCodeAt(0))]);
const alignment = 16;
const headerSize = 32;
const inlineStrings = 2;
const chunk = 64 * 1024;
/** Far more than lies before the build info in a data segment. */
const searchLimit = 8 * 1024 * 1024;
const longestText = 1024 * 1024;

/**
 * Looks for what `go version -m` prints in a part of a binary: the section .go.buildinfo or, without it, the data
 * segment. Only the format with inline strings (Go 1.18 on) is read; the older one with pointers gives `undefined`.
 */
export async function findGoBuildInfo(
  file: Window,
  offset: number,
  size: number,
): Promise<GoBuildInfo | undefined> {
  const found = await findGoBuildText(file, offset, size);
  return found && { goVersion: found.goVersion, goBuildSettings: buildSettings(found.text) };
}

/** The same as text, in the lines of debug.BuildInfo.String: `path`, `mod`, `dep`, `build`. */
export async function findGoBuildText(
  file: Window,
  offset: number,
  size: number,
): Promise<{ readonly goVersion: string; readonly text: string } | undefined> {
  const end = Math.min(offset + size, offset + searchLimit, file.size);
  // The mark is aligned in memory, and file offsets agree with addresses up to whole pages.
  for (let at = Math.ceil(offset / alignment) * alignment; at < end; at += chunk) {
    const view = await file.read(at, Math.min(chunk, end - at));
    for (let within = 0; within + magic.length <= view.length; within += alignment) {
      if (startsWithMagic(view, within)) {
        return readBuildInfo(file, at + within);
      }
    }
    if (view.length === 0) {
      break;
    }
  }
  return undefined;
}

function startsWithMagic(view: ByteView, offset: number): boolean {
  return magic.every((byte, i) => view.bytes[offset + i] === byte);
}

async function readBuildInfo(
  file: Window,
  offset: number,
): Promise<{ readonly goVersion: string; readonly text: string } | undefined> {
  // 4 KiB hold both strings of most programs, so that one read does.
  let view = await file.read(offset, 4096);
  if ((view.u8(15) & inlineStrings) === 0) {
    return undefined;
  }
  const version = uleb128(view, headerSize);
  const versionEnd = version.next + version.value;
  const goVersion = utf8(view.bytes.subarray(version.next, versionEnd));
  const text = uleb128(view, versionEnd);
  if (version.value > 256 || text.value > longestText) {
    return undefined;
  }
  if (text.next + text.value > view.length) {
    view = await file.read(offset, text.next + text.value);
  }
  return { goVersion, text: moduleText(view.bytes.subarray(text.next, text.next + text.value)) };
}

/** The text lies between two marks of 16 bytes, and ends with a line feed. */
function moduleText(bytes: Uint8Array): string {
  return bytes.length >= 33 && bytes[bytes.length - 17] === 0x0a
    ? utf8(bytes.subarray(16, bytes.length - 16))
    : '';
}

/** The lines `build\tKEY=VALUE` of debug.BuildInfo.String; a key or value with odd characters is a quoted Go string. */
function buildSettings(text: string): Record<string, string> {
  const settings: [string, string][] = [];
  for (const line of text.split('\n')) {
    const match = /^build\t("(?:[^"\\]|\\.)*"|[^=]*)=(.*)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      settings.push([unquote(match[1]), unquote(match[2])]);
    }
  }
  return Object.fromEntries(settings);
}

function unquote(text: string): string {
  if (text.startsWith('`') && text.endsWith('`') && text.length >= 2) {
    return text.slice(1, -1);
  }
  if (!text.startsWith('"')) {
    return text;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text; // Go's \x and \U escapes, which JSON lacks: shown as they are.
  }
}
