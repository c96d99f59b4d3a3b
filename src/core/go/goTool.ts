/** The installed Go, as far as Crossbow needs to know it. */
export type GoStatus =
  | {
      readonly kind: 'found';
      /** Absolute path of the go command. */
      readonly path: string;
      /** As `go env GOVERSION` prints it: go1.26.8. */
      readonly version: string;
      /** `go build -json` exists from Go 1.24 on; without it the plain output is read. */
      readonly buildJson: boolean;
    }
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'broken'; readonly path: string; readonly message: string };
