import { defineConfig } from 'vitest/config';

/**
 * Three tiers by what a test needs: `unit` needs Node alone, `integration` real compilers and Go, `e2e` a real
 * editor in a real browser. `test/editor` is not here: it runs inside the extension host.
 */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/harness/stagedExtensions.ts',
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // One editor and one browser at a time: they share two cores with the compilers they start.
          fileParallelism: false,
          // A real editor on a loaded machine misses a click now and then; what is broken fails twice.
          retry: 1,
        },
      },
    ],
  },
});
