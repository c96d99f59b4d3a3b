import type { Ports } from '../core/ports.js';
import { createArchives } from './archives/createArchives.js';
import { createCommandRunner } from './commandRunner.js';
import { createFileSystem } from './fileSystem.js';
import { createHost } from './host.js';
import { createLocks } from './locks.js';

/** The ports on Node, as the composition roots hand them to the core. */
export function createPorts(): Ports {
  return {
    runner: createCommandRunner(),
    files: createFileSystem(),
    archives: createArchives(),
    locks: createLocks(),
    host: createHost(),
    clock: { now: () => Date.now() },
  };
}
