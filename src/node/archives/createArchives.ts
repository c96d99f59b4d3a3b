import type { Archives } from '../../core/ports.js';
import { readArchive } from './readArchive.js';
import { writeArchive } from './writeArchive.js';

/** Archives of the host's files. */
export function createArchives(): Archives {
  return {
    write: (path, plan, options) => writeArchive(path, plan, options?.signal),
    read: (path, options) => readArchive(path, options?.signal),
  };
}
