/** A function's name, taken apart. */
export interface FunctionSpec {
  /** Import path or folder as it was written: `net/http`, `./web`, `main`. */
  readonly package: string;
  /** `(*conn).serve`, `main.func1` */
  readonly name: string;
}

/**
 * All ways to read `PKG.FUNC`, the shortest package first. A package's last element may hold dots
 * (`gopkg.in/yaml.v3.Marshal`), and names of instances and closures hold slashes and dots
 * (`Map[go.shape.struct { a/b.T }]`, `Outer.func2.func1#RMgI/RZtu4k=#`), but never before the first bracket or `#`.
 */
export function readFunctionSpec(text: string): readonly FunctionSpec[] {
  const spec = text.trim();
  const plain = spec.slice(0, firstOf(spec, /[([#]/));
  const slash = Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\'));
  // In `./web.handler` and `../web.handler` the leading dots are the folder's.
  const start = slash + 1;
  const specs: FunctionSpec[] = [];
  for (
    let dot = spec.indexOf('.', start);
    dot >= 0 && dot <= plain.length;
    dot = spec.indexOf('.', dot + 1)
  ) {
    if (dot > start && dot + 1 < spec.length)
      specs.push({ package: spec.slice(0, dot), name: spec.slice(dot + 1) });
  }
  // `./handler` has no package of its own: the folder is the package, as in `./.handler`.
  if (slash >= 0 && spec[start] === '.')
    specs.push({ package: spec.slice(0, start), name: spec.slice(start + 1) });
  return specs;
}

/** Package and name of a linker symbol. In it dots of a path's last element are written `%2e` (cmd/internal/objabi, PathToPrefix). */
export function splitSymbol(symbol: string, packagePath: string): FunctionSpec {
  for (const prefix of [packagePath, escapeLastDots(packagePath)]) {
    if (symbol.startsWith(`${prefix}.`))
      return { package: packagePath, name: symbol.slice(prefix.length + 1) };
  }
  const plain = symbol.slice(0, firstOf(symbol, /[([#]/));
  const dot = symbol.indexOf('.', plain.lastIndexOf('/') + 1);
  return dot < 0
    ? { package: '', name: symbol }
    : { package: symbol.slice(0, dot).replaceAll('%2e', '.'), name: symbol.slice(dot + 1) };
}

function escapeLastDots(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  return path.slice(0, slash) + path.slice(slash).replaceAll('.', '%2e');
}

function firstOf(text: string, pattern: RegExp): number {
  const at = text.search(pattern);
  return at < 0 ? text.length : at;
}
