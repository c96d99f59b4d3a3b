import type { Host } from '../ports.js';
import type { MainPackage } from './build.js';

/**
 * The main packages that a pattern names, as `go build` would read it from `folder`: `./...` and `./cmd/...`,
 * a folder (`./cmd/x`, `cmd/x`, absolute), an import path, or the program's name.
 */
export function selectPackages(
  pattern: string,
  packages: readonly MainPackage[],
  folder: string,
  host: Pick<Host, 'join' | 'isAbsolute' | 'relative'>,
): readonly MainPackage[] {
  const exact = packages.filter((it) => it.importPath === pattern);
  if (exact.length > 0) {
    return exact;
  }
  if (pattern === '...' || pattern === 'all') {
    return packages;
  }
  const tree = /^(.*?)[/\\]?\.\.\.$/.exec(pattern);
  const path = tree?.[1] ?? pattern;
  const directory = host.isAbsolute(path) ? host.join(path) : host.join(folder, path);
  const byFolder = packages.filter((it) => {
    const relative = host.relative(directory, it.directory);
    const inside = !relative.startsWith('..') && !host.isAbsolute(relative);
    return tree === null ? relative === '' || relative === '.' : inside;
  });
  if (byFolder.length > 0 || tree !== null) {
    return byFolder;
  }
  return packages.filter((it) => it.name === pattern);
}
