/**
 * Go's version order: go1.9 < go1.26rc1 < go1.26 = go1.26.0 < go1.26.8; a development version (devel go1.28-abc) counts
 * as the release it leads to. Distributions' suffixes (go1.24.4-X:boringcrypto) don't count.
 * Negative, zero or positive as a is older than, like, or newer than b; a text without a version is oldest.
 */
export function compareGoVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Major, minor, kind of release (beta, candidate, released), its number, or for a release the patch. */
function numbers(version: string): readonly [number, number, number, number] {
  const [, major, minor = '0', kind, number = '0', patch = '0'] =
    /go(\d+)(?:\.(\d+))?(?:(beta|rc)(\d+)|\.(\d+))?/.exec(version) ?? [];
  if (major === undefined) return [-1, 0, 0, 0];
  const rank = kind === 'beta' ? 0 : kind === 'rc' ? 1 : 2;
  return [Number(major), Number(minor), rank, Number(kind === undefined ? patch : number)];
}
