import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { staticLinkerFlags } from '../../../src/core/build/staticLink.js';
import { parseDependencies } from '../../../src/core/recipe/run/dependencyFile.js';
import { findFiles } from '../../../src/core/recipe/run/findFiles.js';
import { runTasks, type Task } from '../../../src/core/recipe/run/schedule.js';
import { createPorts } from '../../../src/node/ports.js';

describe('staticLinkerFlags', () => {
  it('keeps what the build says, and gives the C linker all of it at once', () => {
    expect(staticLinkerFlags('')).toBe('-linkmode external -extldflags -static');
    expect(staticLinkerFlags("-s -extldflags '-Wl,-z,now -lm' -X main.v=1")).toBe(
      "-s -X main.v=1 -linkmode external -extldflags '-Wl,-z,now -lm -static'",
    );
    expect(staticLinkerFlags('-linkmode=internal --extldflags=-static -extldflags -g')).toBe(
      "-linkmode external -extldflags '-static -g'",
    );
  });
});

describe('parseDependencies', () => {
  it('reads what compilers write', () => {
    expect(parseDependencies('0.o: a.c \\\n  inc/b.h \\\n /usr/include/c.h\n')).toEqual([
      'a.c',
      'inc/b.h',
      '/usr/include/c.h',
    ]);
    expect(parseDependencies('C:/x/0.o: my\\ file.c $$odd.h \\\r\n C:/y.h\n\nother.h:\n')).toEqual([
      'my file.c',
      '$odd.h',
      'C:/y.h',
    ]);
    expect(parseDependencies('')).toEqual([]);
  });
});

describe('findFiles', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'crossbow-find-'));
    for (const file of ['a.c', 'b.h', '.hidden.c', 'sub/c.c', 'sub/deep/d.c', '.git/e.c', 'x+(1)/f.c']) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), '');
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('knows names, signs for names and folders, and what is hidden', async () => {
    const find = async (...patterns: string[]): Promise<readonly string[]> =>
      (await findFiles(createPorts(), folder, patterns)).map((it) => path.relative(folder, it));
    expect(await find('*.c')).toEqual(['a.c']);
    expect(await find('**/*.c')).toEqual(['a.c', 'sub/c.c', 'sub/deep/d.c', 'x+(1)/f.c']);
    expect(await find('sub/**')).toEqual(['sub/c.c', 'sub/deep/d.c']);
    expect(await find('?.?', 'missing.c')).toEqual(['a.c', 'b.h', 'missing.c']);
    expect(await find('x+(1)/*.c', '.*.c')).toEqual(['.hidden.c', 'x+(1)/f.c']);
  });
});

describe('runTasks', () => {
  it('runs what it can side by side, each after what it needs, and blocks only what needs a failure', async () => {
    const log: string[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const task = (id: string, needs: string[], work: () => Promise<boolean>): Task<boolean | string> => ({
      id,
      needs,
      async work() {
        log.push(id);
        return work();
      },
      blocked: (by) => `blocked by ${by}`,
    });
    const yes = (): Promise<boolean> => Promise.resolve(true);
    const results = await runTasks(
      [
        task('last', ['slow', 'fast'], yes),
        task('slow', [], async () => {
          await gate;
          return true;
        }),
        // Only when this one runs beside it does the slow one ever end.
        task('fast', [], () => {
          open();
          return yes();
        }),
        task('bad', [], () => Promise.resolve(false)),
        task('after', ['bad'], yes),
        task('later', ['after', 'nobody'], yes),
      ],
      (it) => it === true,
    );
    expect(Object.fromEntries(results)).toEqual({
      last: true,
      slow: true,
      fast: true,
      bad: false,
      after: 'blocked by bad',
      later: 'blocked by after',
    });
    expect(log.at(-1)).toBe('last');
    expect(log).not.toContain('later');
  });
});
