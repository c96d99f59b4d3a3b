import type { Rule } from '../rule.js';

/* Flags that cmd/go itself refuses: cgo's allow-list and quoting. A misspelt flag is a plain mistake and no case for these. */

/**
 * work/security.go: "invalid flag in #cgo CFLAGS: -mfpu=neon", "invalid flag in go:cgo_ldflag", "invalid flag in pkg-config --libs: …";
 * go/build: "malformed #cgo argument".
 */
const notAllowed: Rule = {
  needles: ['invalid flag in ', 'malformed #cgo argument', 'malformed cgo argument'],
  pattern:
    /(?:invalid flag in (#cgo \w+|go:cgo_\w+|pkg-config --\w+|\S{1,40})|malformed (?:#cgo|cgo) argument): (.{1,200}?)(?: \(see http|$)/,
  read: ([, source, flag = '']) => ({
    cause: 'cgo-flag-not-allowed',
    confidence: 'certain',
    layer: 'target',
    detail: 'flag-refused-by-cgo',
    title: `cgo does not allow the flag ${flag} in source or .pc files by itself`,
    facts: { flag, ...(source === undefined ? {} : { variable: flagVariable(source) }) },
    key: flag,
  }),
};

/** The variable that allows such a flag: CGO_CFLAGS_ALLOW, CGO_LDFLAGS_ALLOW, … */
function flagVariable(source: string): string {
  if (/ldflag|--libs/i.test(source)) return 'CGO_LDFLAGS_ALLOW';
  const kind = /#cgo (\w+)/.exec(source)?.[1]?.toUpperCase() ?? 'CFLAGS';
  return `CGO_${kind}_ALLOW`;
}

/**
 * base/goflags.go: "parsing $GOFLAGS: non-flag "-static""; cmd/internal/quoted: "unterminated " string"; load/flag.go:
 * "invalid value "…" for flag -ldflags: missing =<value> in <pattern>=<value>" or "parameter may not start with quote character".
 * An unknown flag in GOFLAGS is only a misspelling.
 */
const quoting: Rule = {
  needles: ['non-flag', 'unterminated', 'missing =<value> in', 'may not start with quote character'],
  pattern:
    /parsing [$%]?GOFLAGS%?: non-flag (.{1,120})|(?:invalid (?:CC|CXX|FC|value)\b|GOFLAGS|-ldflags|-gcflags|CGO_\w+|\bCC\b|\bCXX\b).{0,300}(?:unterminated|missing =<value> in|may not start with quote character)|unterminated ['"] (?:string|quote)/,
  read: ([text = '', word]) => ({
    cause: 'flag-quoting',
    confidence: 'certain',
    layer: 'target',
    detail: 'split-at-space',
    title: 'Quotes in a flag or variable are not split as written',
    facts: { value: word ?? text, ...(text.includes('GOFLAGS') ? { variable: 'GOFLAGS' } : {}) },
  }),
};

/* What the linker or the C driver takes, and cmd/go never does. */
const innerFlag = /^-(?:extldflags|extld|linkmode|Wl,)|^-\w+ -|['"]$/;

/**
 * package flag: "flag provided but not defined: -extldflags". A flag of cmd/link at cmd/go, one of the C linker at cmd/link, or several in
 * one word: the quotes around them were lost or kept on the way through a shell, make or a YAML list.
 */
const lostQuotes: Rule = {
  needles: ['flag provided but not defined'],
  pattern: /flag provided but not defined: (-.{1,200}?)\s*$/,
  read([, flag = '']) {
    if (!innerFlag.test(flag)) return undefined;
    return {
      cause: 'flag-quoting',
      confidence: 'likely',
      layer: 'target',
      detail: 'quotes-lost',
      title: `${flag} belongs inside -ldflags: its quotes were lost on the way`,
      facts: { value: flag, flag },
    };
  },
};

export const goFlagRules: readonly Rule[] = [notAllowed, quoting, lostQuotes];
