import type { MemberHeader } from '../../core/archive/archive.js';
import type { ByteSource } from './byteSource.js';

/** A member as a format's reader finds it. */
export interface RawMember {
  readonly header: MemberHeader;
  readonly content: ByteSource;
}

/** `./a/b/` as `a/b`; `./` as `.`. Everything else stays for {@link memberProblem} to see. */
export function memberPath(name: string): string {
  const path = name.replace(/^(?:\.\/+)+/, '').replace(/(?<=[^/])\/+$/, '');
  return path === '' && name !== '' ? '.' : path;
}
