import type { FileSystem, Host } from '../../ports.js';

type TestPorts = { readonly files: Pick<FileSystem, 'list'>; readonly host: Host };

/** Folders for tests, and what they hold: `tests`, `fakes`, `cmd/mkdir/mkdirtests`, `fake_runc`, `integration-test`. */
const testFolder =
  /^(?:tests?|testing|testdata|test(?:utils?|helpers?)|fixtures?|fakes?|mocks?|stubs?|e2e|integration|acceptance)$|^(?:test|fake|mock|stub)[_-]|[_-](?:tests?|fakes?|mocks?|fixtures?)$|[a-z]tests$/i;

/** C sources of tests by their names: `test_init.c`, `list-test.c`. */
const testSource = /^(?:test|fake|mock|stub)[_-]|[_-](?:tests?|fakes?|mocks?)\.c$|^tests?\.c$/i;

/** Whether a C file is a test by its name. */
export function isTestSource(name: string): boolean {
  return testSource.test(name);
}

/**
 * Whether a folder below `top`, or a C file there, is for tests: by a name on its way, or since it lies below a folder
 * whose only Go files are tests. A module's own folder may hold nothing else.
 */
export async function isForTests({ files, host }: TestPorts, top: string, path: string): Promise<boolean> {
  const elements = host.relative(top, path).split(/[\\/]/);
  const isFile = path.endsWith('.c');
  if (isFile && isTestSource(elements.pop() ?? '')) return true;
  if (elements.some((it) => testFolder.test(it))) return true;
  // A program's own folder may hold a test of it and be in C.
  for (let depth = elements.length - 1; depth > 0; depth--) {
    const names = await files
      .list(host.join(top, ...elements.slice(0, depth)))
      .catch((): readonly string[] => []);
    if (names.includes('go.mod')) return false;
    const sources = names.filter((it) => it.endsWith('.go'));
    if (sources.length > 0 && sources.every((it) => it.endsWith('_test.go'))) return true;
  }
  return false;
}
