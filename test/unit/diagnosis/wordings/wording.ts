/** Cause or `none`, target as GOOS/GOARCH or null where it is not told, and the log in the tools' own words. */
export type Wording = readonly [cause: string, target: string | null, log: string];
