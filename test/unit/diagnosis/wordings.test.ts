import { describe, expect, it } from 'vitest';
import { contextOf, diagnose, firstCause } from './failures.js';
import { compilerWordings } from './wordings/compilers.js';
import { goAndRunWordings } from './wordings/goAndRun.js';
import { harmlessWordings } from './wordings/harmless.js';
import { linkingWordings } from './wordings/linking.js';
import { rareWordings } from './wordings/rareTools.js';
import { sourceWordings } from './wordings/sources.js';
import { threadWordings } from './wordings/threads.js';
import { unseenWordings } from './wordings/unseen.js';

describe.each([
  ['compilers', compilerWordings],
  ['headers, libraries and linkers', linkingWordings],
  ['go, sources and runs', goAndRunWordings],
  ['rare targets and old tools', rareWordings],
  ['public threads', unseenWordings],
  ['further threads', threadWordings],
  ['the tools by their sources', sourceWordings],
  ['what is no matter of toolchains', harmlessWordings],
])('the words of %s', (_name, wordings) => {
  it.each(wordings)('%s (%s): %s', (cause, target, log) => {
    expect(firstCause(diagnose(log, contextOf(target))) ?? 'none').toBe(cause);
  });
});
