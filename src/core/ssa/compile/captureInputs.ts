import { scanGoSource } from '../../diagnosis/resolve/goSource.js';
import type { Ports } from '../../ports.js';

/** What a captured command depends on beside the text of the package's Go files. */
export interface CaptureInputs {
  /** The package's folder. */
  readonly directory: string;
  /** Folders of its dependencies whose files can change: those of the workspace. */
  readonly dependencies: readonly string[];
}

/**
 * A text that changes when the command has to be captured again: when files come or go, when a Go file's imports,
 * constraints or embeds change, anything in one that uses cgo, anything that is no Go, and any file of a dependency in
 * the workspace, whose compiled form the command names. A change of the code of the package's own Go files is none.
 */
export async function fingerprintInputs(
  ports: Pick<Ports, 'files' | 'host'>,
  { directory, dependencies }: CaptureInputs,
): Promise<string> {
  const { files, host } = ports;
  const stamp = async (path: string): Promise<string> => {
    const stat = await files.stat(path);
    return stat === undefined ? '' : `${path} ${stat.mtimeMs} ${stat.size}`;
  };
  const upward: string[] = [];
  for (let folder = directory; ; folder = host.dirname(folder)) {
    for (const name of ['go.mod', 'go.sum', 'go.work', 'go.work.sum']) upward.push(host.join(folder, name));
    upward.push(host.join(folder, 'vendor', 'modules.txt'));
    if (host.dirname(folder) === folder) break;
  }
  const own = (await files.list(directory)).filter((name) => isInput(name)).sort();
  const shapes = own.map(async (name) => {
    const path = host.join(directory, name);
    return name.endsWith('.go') ? `${path} ${shapeOf((await files.readText(path)) ?? '')}` : stamp(path);
  });
  const others = await Promise.all(
    dependencies.map(async (folder) =>
      (await files.list(folder)).filter(isInput).map((name) => host.join(folder, name)),
    ),
  );
  const lines = await Promise.all([...shapes, ...[...upward, ...others.flat()].map(stamp)]);
  return lines.filter((it) => it !== '').join('\n');
}

/** Whatever a package's command can depend on has an ending that is known to go (go/build). */
function isInput(name: string): boolean {
  return /\.(?:go|s|S|sx|c|cc|cpp|cxx|m|mm|h|hh|hpp|hxx|f|F|for|f90|syso|swig|swigcxx|pgo)$/.test(name);
}

/** What of a Go file reaches the compiler's command line. */
function shapeOf(text: string): string {
  const { packageName, imports, head } = scanGoSource(text);
  const paths = imports.map((it) => it.path);
  if (paths.includes('C')) return text;
  const embeds = paths.includes('embed') ? (text.match(/^\/\/go:embed .*$/gm) ?? []) : [];
  const constraints = head.match(/^\/\/(?:go:build|go:debug| \+build).*$/gm) ?? [];
  return JSON.stringify([packageName, paths, constraints, embeds]);
}
