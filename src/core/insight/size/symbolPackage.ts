/**
 * The import path in the name of a Go symbol: everything before the first dot behind the last slash, brackets of type
 * arguments aside; `undefined` for what the linker makes for no package (`type:…`, `go:…`, and names without a dot).
 * cmd/internal/objabi.PathToPrefix writes dots of the last element and odd characters as %xx.
 */
export function symbolPackage(name: string): string | undefined {
  if (/^(?:type|go)[:.]/.test(name) || name.startsWith('gclocals·')) return undefined;
  const bracket = name.indexOf('[');
  const plain = bracket < 0 ? name : name.slice(0, bracket);
  const dot = plain.indexOf('.', plain.lastIndexOf('/') + 1);
  if (dot <= 0) return undefined;
  return plain
    .slice(0, dot)
    .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
