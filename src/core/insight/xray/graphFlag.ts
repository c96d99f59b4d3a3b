/** go's flags for its action graph and its trace, with what happens where a go command does not know it. */
export interface GraphFlag {
  readonly args: readonly string[];
  /** Takes raw text of go's standard error and passes it on, except a refusal of a flag. */
  onStderr(text: string): void;
  /** To be called once, after the command ended. */
  end(): 'kept' | 'refused';
}

/** What Go's flag package says of a flag that it does not know; usage follows. */
const refusal = 'flag provided but not defined: -debug-';

/**
 * The flags are in no documentation ("undocumented, unstable": cmd/go/internal/cfg): a Go that has one no more, or a wrapper
 * that never had, must still build. Its refusal is held back, and the build is to be run again without.
 */
export function createGraphFlag(
  file: string | undefined,
  onText: (text: string) => void,
  goTrace?: string,
): GraphFlag {
  if (file === undefined) return { args: [], onStderr: onText, end: () => 'kept' };
  let held: string | undefined = '';
  return {
    args: [`-debug-actiongraph=${file}`, ...(goTrace === undefined ? [] : [`-debug-trace=${goTrace}`])],
    onStderr(text) {
      if (held === undefined) {
        onText(text);
        return;
      }
      held += text;
      if (held.startsWith(refusal) || refusal.startsWith(held)) return;
      onText(held);
      held = undefined;
    },
    end() {
      if (held?.startsWith(refusal) === true) return 'refused';
      if (held !== undefined && held !== '') onText(held);
      return 'kept';
    },
  };
}
