import { createLimiter } from '../../toolchain/limiter.js';

/** Runs one piece of work at a time, each until it ends or says that it is past what must not run twice at once. */
export type CompileLimit = <T>(work: (past: () => void) => Promise<T>) => Promise<T>;

/**
 * Lets one go command compile packages, and others link. Two that compile at once do not share what neither has in the
 * cache yet: both compile the standard library. Linking uses little more than one core, and shares nothing.
 */
export function createCompileLimit(): CompileLimit {
  const limit = createLimiter(1);
  return (work) =>
    new Promise((resolve, reject) => {
      void limit(
        () =>
          new Promise<void>((past) => {
            work(past).then(resolve, reject).finally(past);
          }),
      );
    });
}
