import type { RebuildReason } from './xray.js';

/** Why a package was built again, as a part of a sentence. */
export function reasonText(reason: RebuildReason): string {
  switch (reason.kind) {
    case 'cached':
      return 'found in the build cache';
    case 'skipped':
      return 'not reached';
    case 'unknown':
      return 'not in the build cache';
    case 'lost':
      return 'not in the build cache, though nothing it is made of has changed';
    case 'new':
      return 'new in this build';
    case 'own':
      return 'its sources or flags, or the compiler, changed';
    case 'imports': {
      const [first = '', ...more] = reason.packages;
      return `${first}${more.length === 0 ? '' : ` and ${String(more.length)} more`}, which it imports, came out differently`;
    }
  }
}
