import type { Crossbow } from '../../crossbow.js';
import type { Ports } from '../../ports.js';
import type { GoStatus } from '../../go/goTool.js';
import type { Target } from '../../target/target.js';
import { createWhyCgo } from './createWhyCgo.js';
import { byModule, joinAnswers } from './joinAnswers.js';

/** The façade's `whyCgo`: one question for each module that the programs are of. */
export function answerWhyCgo(
  ports: Pick<Ports, 'runner' | 'files' | 'host'>,
  go: () => Promise<GoStatus>,
  cgoSupported: (target: Target) => Promise<boolean>,
): Crossbow['whyCgo'] {
  const whyCgo = createWhyCgo(ports);
  return async (target, packages, { config, offline = false, fresh = false, signal }) => {
    const status = await go();
    if (status.kind !== 'found') return { kind: 'unknown', target, message: status.message };
    if (!(await cgoSupported(target))) return { kind: 'unsupported', target };
    const question = { go: status.path, target, config, offline, fresh, ...(signal ? { signal } : {}) };
    const answers = byModule(packages).map((group) => whyCgo({ ...question, packages: group }));
    return joinAnswers(target, await Promise.all(answers));
  };
}
