import type { RunResult } from '../ports.js';

/** How a failed step reads to people. */
export interface FailureContext {
  readonly target: string;
  /** Debian packages that bring what is missing. */
  readonly packages: readonly string[];
}

/** Why a program did not do its work, when that is not in its own words; undefined when it simply exited with an error. */
export function processFailure(result: RunResult, what: string, limitMs: number): string | undefined {
  const { outcome } = result;
  switch (outcome.kind) {
    case 'exited':
      return undefined;
    case 'timed-out':
      return `did not answer ${what} within ${String(Math.round(limitMs / 1000))} s`;
    case 'cancelled':
      return 'was not tried to the end: cancelled';
    case 'signalled':
      return `crashed on ${what} (${outcome.signal})`;
    case 'not-started':
      return `can't be started: ${outcome.message}`;
  }
}

/**
 * A compile or link error as one sentence. The wordings are gcc's, clang's, binutils' and lld's under LC_ALL=C.
 * A cross gcc without its C library reads the host's stdlib.h and stumbles in it, hence the `bits/` and `gnu/` names.
 */
export function explainLinkError(stderr: string, { target, packages }: FailureContext): string {
  const install = packages.length === 0 ? '' : `; install ${packages.join(' ')}`;
  const header =
    /fatal error: '?([^\s':]+)'?:? (?:No such file or directory|file not found)/.exec(stderr)?.[1] ??
    /'([^']+\.h)' file not found/.exec(stderr)?.[1];
  if (header !== undefined) {
    // A header below bits/ or gnu/ was asked for by the host's stdlib.h, which a compiler without its own falls back to.
    return /^(?:bits|gnu|sys|asm|features)[/.]/.test(header)
      ? `no C library for the target: stdlib.h not found (only the host's, which asks for ${header})${install}`
      : `no C library for the target: ${header} not found${install}`;
  }
  const option =
    /(?:unrecognized|unknown|unsupported)(?: command[- ]line)? (?:option|argument)[^\n]*?['‘"]([^'’"]+)['’"]/i.exec(
      stderr,
    )?.[1];
  if (
    /(?:\bas|Assembler|assembler): (?:unrecognized option|Error: )|as: unrecognized|invalid -march= option/i.test(
      stderr,
    )
  ) {
    return `its assembler is another machine's: binutils for ${target} are missing${install}`;
  }
  if (option !== undefined) return `doesn't know ${option}, which go build passes for ${target}`;
  if (/unrecogni[sz]ed emulation mode|unknown emulation/.test(stderr)) {
    return `has no linker for ${target}: the host's ld was used; install lld or binutils for the target`;
  }
  const object =
    /cannot find '?(\S*crt\w*\.o|-l\S+)'?|unable to find library (-l\S+)|cannot open (\S*crt\w*\.o)|ld: library not found for (-l\S+)/.exec(
      stderr,
    );
  if (object) {
    const name = object.slice(1).find((it: string | undefined) => it !== undefined) ?? '';
    return /crt|^-lc$|-lpthread/.test(name)
      ? `no C library for the target: the linker can't find ${name}${install}`
      : `its own runtime is incomplete: the linker can't find ${name}${install}`;
  }
  return `can't compile and link a C program: ${firstError(stderr)}`;
}

/** The first line that says what went wrong, shortened. */
export function firstError(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const line =
    lines.find((it) => /\b(?:error|cannot|undefined|not found|No such)\b/i.test(it)) ??
    lines.find((it) => it !== '') ??
    'it says nothing';
  // Control characters would change the terminal that the reason is printed on.
  const clean = line.replace(/[\u0000-\u001f\u007f-\u009f\ufffd]+/g, ' ');
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean;
}
