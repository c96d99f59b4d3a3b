import {
  archiveHeadSize,
  archiveKind,
  type ArchiveMember,
  type ArchiveReading,
  type MemberHeader,
} from '../../core/archive/archive.js';
import type { RandomAccessFile } from '../../core/ports.js';
import { byteSource, type ByteSource } from './byteSource.js';
import { gunzip } from './gzip.js';
import type { RawMember } from './rawMember.js';
import type { ReadLimits } from './readLimits.js';
import { readTar } from './readTar.js';
import { readZip } from './readZip.js';
import { spool } from './spool.js';

/** Reads an archive by its bytes; a zip file, whose directory is at its end, from what `whole` gives. */
export async function openArchive(
  source: ByteSource,
  limits: ReadLimits,
  whole: () => Promise<RandomAccessFile>,
): Promise<ArchiveReading | undefined> {
  const found = archiveKind(await source.peek(archiveHeadSize));
  switch (found?.kind) {
    case undefined:
      return undefined;
    case 'tar':
      return { format: 'tar', members: members(readTar(limits.count(source.bytes())), limits) };
    case 'zip':
      return { format: 'zip', members: members(readZip(whole, limits), limits) };
    case 'gzip': {
      const inside = byteSource(limits.count(gunzip(source.bytes())));
      const head = await inside.peek(archiveHeadSize);
      if (archiveKind(head)?.kind !== 'tar') return undefined;
      return { format: 'tar.gz', members: members(readTar(inside.bytes()), limits) };
    }
    case 'unsupported':
      throw new Error(
        `It is compressed with ${found.name}, which is not read here: tar, tar.gz and zip are.`,
      );
  }
}

async function* members(raw: AsyncIterable<RawMember>, limits: ReadLimits): AsyncGenerator<ArchiveMember> {
  for await (const { header, content } of raw) yield member(header, content, limits);
}

function member(header: MemberHeader, content: ByteSource, limits: ReadLimits): ArchiveMember {
  return {
    ...header,
    head: (length) => content.peek(length),
    bytes: () => content.bytes(),
    open: () => spool(content.bytes()),
    openArchive: async () => {
      const within = header.kind === 'file' ? limits.nested() : undefined;
      return within && openArchive(content, within, () => spool(content.bytes()));
    },
  };
}
