import { extract, type Extract, type Header } from 'tar-stream';
import type { MemberHeader } from '../../core/archive/archive.js';
import { byteSource } from './byteSource.js';
import { drained } from './drained.js';
import { memberPath, type RawMember } from './rawMember.js';

/** The library's options as its documentation has them; its types leave this one out. */
const anyFormat = { allowUnknownFormat: true } as Parameters<typeof extract>[0];

/** The members of a tar stream: ustar, pax, GNU and those of before POSIX. */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RawMember> {
  const parser = extract(anyFormat);
  const end = { marked: false, failure: undefined as unknown };
  void feed(bytes, parser, end);
  let last: string | undefined;
  try {
    for await (const entry of parser) {
      const header = memberHeader(entry.header);
      last = header.path;
      const content = byteSource(entry as AsyncIterable<Uint8Array>);
      yield { header, content };
      await content.skip();
    }
  } catch (error) {
    throw explainDamage(end.failure ?? error, last);
  } finally {
    parser.destroy();
  }
  if (end.failure !== undefined) throw explainDamage(end.failure, last);
  if (!end.marked) {
    throw new Error(
      `The archive has no end mark: it was cut off ${last === undefined ? 'at its start' : `behind ${last}`}, or its writer was stopped.`,
    );
  }
}

/** Feeds the parser until it is destroyed, and sees whether the archive ends as it must: with a block of zeros. */
async function feed(
  bytes: AsyncIterable<Uint8Array>,
  parser: Extract,
  end: { marked: boolean; failure: unknown },
): Promise<void> {
  let zeros = 0;
  try {
    for await (const chunk of bytes) {
      if (parser.destroyed) return;
      let nonZero = chunk.length;
      while (nonZero > 0 && chunk[nonZero - 1] === 0) nonZero--;
      zeros = nonZero === 0 ? zeros + chunk.length : chunk.length - nonZero;
      if (!parser.write(chunk)) await drained(parser);
    }
    end.marked = zeros >= 512;
    parser.end(null);
  } catch (error) {
    end.failure = error;
    parser.destroy(error as Error);
  }
}

const kinds: Readonly<Record<string, MemberHeader['kind']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symlink',
  link: 'hardlink',
  'character-device': 'device',
  'block-device': 'device',
  fifo: 'fifo',
};

function memberHeader(header: Header): MemberHeader {
  const pax = header.pax as Readonly<Record<string, string>> | null | undefined;
  // What the library does not know has no type, whatever its types say.
  const kind = kinds[header.type as string];
  const sparse = pax && Object.keys(pax).some((key) => key.startsWith('GNU.sparse.'));
  if (kind === undefined || sparse) {
    throw new Error(
      `${header.name} is a sparse file or a part of a multi-volume archive, which are not read here: pack it again without --sparse.`,
    );
  }
  const number = (key: string, plain: number): number => {
    const value = Number(pax?.[key]);
    return pax?.[key] !== undefined && Number.isFinite(value) ? value : plain;
  };
  return {
    path: memberPath(header.name),
    kind,
    mode: header.mode,
    uid: number('uid', header.uid),
    gid: number('gid', header.gid),
    size: kind === 'file' ? header.size : 0,
    mtime: Math.floor(number('mtime', header.mtime.getTime() / 1000)),
    ...(kind === 'symlink' ? { target: header.linkname } : {}),
    ...(kind === 'hardlink' ? { target: memberPath(header.linkname) } : {}),
  };
}

/** What the libraries say of damage, as sentences; where they say something else, their own words. */
function explainDamage(error: unknown, last: string | undefined): Error {
  const message = error instanceof Error ? error.message : String(error);
  const place = last === undefined ? 'before its first entry' : `in or behind ${last}`;
  if (/unexpected end of (data|file)/i.test(message)) {
    return new Error(`The archive is cut off ${place}.`, { cause: error });
  }
  if (
    /invalid tar header|invalid header|incorrect|invalid (block|distance|stored|code|literal|bit)/i.test(
      message,
    )
  ) {
    return new Error(`The archive is damaged ${place}: ${message}.`, { cause: error });
  }
  return error instanceof Error ? error : new Error(message);
}
