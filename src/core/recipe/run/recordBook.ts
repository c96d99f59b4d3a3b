import type { FileSystem } from '../../ports.js';
import type { Scope } from './scope.js';
import { readRecords, writeRecords, type StepRecord } from './stepRecords.js';

/** What is known of all steps of a run, kept on disk as each is done: a run that is killed loses only what it was at. */
export interface RecordBook {
  get(scope: Scope, step: string): StepRecord | undefined;
  /** Resolves when it is on disk; throws where it can't be. */
  set(scope: Scope, step: string, record: StepRecord | undefined): Promise<void>;
}

export async function createRecordBook(files: FileSystem, scopes: readonly Scope[]): Promise<RecordBook> {
  const books = new Map(
    await Promise.all(
      scopes.map(
        async ({ recordsFile }) => [recordsFile, new Map(await readRecords(files, recordsFile))] as const,
      ),
    ),
  );
  const writing = new Map<string, Promise<void>>();
  return {
    get: ({ recordsFile }, step) => books.get(recordsFile)?.get(step),
    async set({ recordsFile, recipe }, step, record) {
      const book = books.get(recordsFile);
      if (book === undefined) return;
      if (record === undefined) book.delete(step);
      else book.set(step, record);
      const names = new Set(recipe.definition.steps.map((it) => it.name));
      for (const name of book.keys()) if (!names.has(name)) book.delete(name);
      // One after the other, so that an older state never comes last.
      const before = writing.get(recordsFile) ?? Promise.resolve();
      const write = before.catch(() => undefined).then(() => writeRecords(files, recordsFile, book));
      writing.set(recordsFile, write);
      await write;
    },
  };
}
