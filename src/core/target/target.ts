/**
 * A platform to build for, written as an OCI platform: `linux/arm/v7`, `linux/amd64`, `linux/mips/softfloat`.
 *
 * `level` is the id's third part, already canonical: left out where it is Go's default, except on `arm`, where
 * it is always there, because `linux/arm` alone has meant 5, 6 and 7 in different versions of Go.
 * ARM's level is `v5`, `v6` or `v7`, optionally with `,softfloat`/`,hardfloat` where that is not what the
 * number implies; every other port's level is written as Go's variable wants it (`v3`, `v8.2,crypto`,
 * `softfloat`, `power9`, `rva22u64`).
 */
export interface Target {
  readonly goos: string;
  readonly goarch: string;
  readonly level?: string;
}

/** The target's one spelling, as shown to people and used as key: `goos/goarch[/level]`. */
export function targetId(target: Target): string {
  return target.level === undefined
    ? `${target.goos}/${target.goarch}`
    : `${target.goos}/${target.goarch}/${target.level}`;
}
