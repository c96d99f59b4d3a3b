import { describe, expect, it } from 'vitest';
import { createCompileLimit } from '../../../src/core/recipe/run/compileLimit.js';

interface Work {
  readonly name: string;
  past(): void;
  end(): void;
  fail(error: Error): void;
}

/** Pieces of work that go on only when they are told to. */
function workshop(): {
  readonly started: Work[];
  start(name: string): Promise<string>;
  begun(): readonly string[];
} {
  const limit = createCompileLimit();
  const started: Work[] = [];
  return {
    started,
    begun: () => started.map((it) => it.name),
    start: (name) =>
      limit(
        (past) =>
          new Promise<string>((resolve, fail) => {
            started.push({ name, past, fail, end: () => resolve(name) });
          }),
      ),
  };
}

/** Lets everything that is due happen. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createCompileLimit', () => {
  it('lets the next one compile when one links, and gives the result of each when it ends', async () => {
    const { started, start, begun } = workshop();
    const results = [start('a'), start('b'), start('c')];
    await settled();
    expect(begun()).toEqual(['a']);
    started[0]?.past();
    await settled();
    expect(begun()).toEqual(['a', 'b']);
    // Said twice, it lets no further one in.
    started[0]?.past();
    started[0]?.end();
    await settled();
    expect(begun()).toEqual(['a', 'b']);
    expect(await results[0]).toBe('a');
    started[1]?.end();
    await settled();
    expect(begun()).toEqual(['a', 'b', 'c']);
    started[2]?.end();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
  });

  it('goes on behind one that fails', async () => {
    const { started, start, begun } = workshop();
    const first = start('a');
    const second = start('b');
    await settled();
    started[0]?.fail(new Error('no space'));
    await expect(first).rejects.toThrow('no space');
    await settled();
    expect(begun()).toEqual(['a', 'b']);
    started[1]?.end();
    expect(await second).toBe('b');
  });
});
