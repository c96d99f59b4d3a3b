import { utf8 } from './byteView.js';
import type { ArtifactFacts } from './facts.js';
import { truncated, type ParsedBinary } from './reading.js';
import type { Window } from './window.js';

const memberHeader = 60;
/** Objects looked at for their ARM architecture; a C library's archive has thousands, and they are alike. */
const mostObjects = 32;
const mostMembers = 256;

/**
 * Reads an `ar` archive: the facts of its first object file. On ARM the highest architecture of its first objects
 * counts, because in a c-archive of Go the first is Go's own, which has no attributes, and the C code follows.
 */
export async function readArchive(
  file: Window,
  parseMember: (member: Window) => Promise<ParsedBinary>,
): Promise<ParsedBinary> {
  let first: Omit<ArtifactFacts, 'size'> | undefined;
  let arm: ArtifactFacts['arm'];
  let objects = 0;
  let at = 8;
  for (
    let count = 0;
    at + memberHeader <= file.size && count < mostMembers && objects < mostObjects;
    count++
  ) {
    const header = await file.read(at, memberHeader);
    const name = utf8(header.bytes.subarray(0, 16)).trimEnd();
    const size = Number.parseInt(utf8(header.bytes.subarray(48, 58)), 10);
    const start = at + memberHeader;
    if (utf8(header.bytes.subarray(58, 60)) !== '`\n' || !(size >= 0)) {
      break;
    }
    if (start + size > file.size) {
      return truncated(`member ${name}`, start + size, file.size);
    }
    // BSD puts a long name before the member's bytes.
    const nameLength = name.startsWith('#1/') ? Number.parseInt(name.slice(3), 10) || 0 : 0;
    const parsed = await parseMember(file.part(start + nameLength, size - nameLength));
    if (parsed.kind === 'read') {
      objects++;
      first ??= parsed.facts;
      arm = moreDemanding(arm, parsed.facts.arm);
      if (parsed.facts.machine !== 'arm') {
        break;
      }
    }
    at = start + size + (size % 2);
  }
  if (first === undefined) {
    return {
      kind: 'unreadable',
      reason: 'unsupported',
      message: 'It is an archive without any object file that could be read.',
    };
  }
  return { kind: 'read', facts: { ...first, type: 'archive', ...(arm && { arm }) } };
}

function moreDemanding(a: ArtifactFacts['arm'], b: ArtifactFacts['arm']): ArtifactFacts['arm'] {
  return (b?.architecture ?? -1) > (a?.architecture ?? -1) ? b : (a ?? b);
}
