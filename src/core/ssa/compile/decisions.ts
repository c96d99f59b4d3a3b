interface DecisionPlace {
  /** As the compiler names it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something the compiler decided about a line of a function (`-m=2`, cmd/compile/internal/inline and escape). */
export type Decision = DecisionPlace &
  (
    | { readonly kind: 'inlined-call'; readonly callee: string }
    | { readonly kind: 'devirtualized-call'; readonly call: string; readonly to: string }
    /** Whether callers may take in the function that begins here. */
    | { readonly kind: 'inlinable'; readonly name: string; readonly cost?: number }
    | { readonly kind: 'not-inlinable'; readonly name: string; readonly why: string }
    /** It is allocated on the heap; `flow` tells how it gets there, step by step. */
    | { readonly kind: 'escapes'; readonly what: string; readonly flow: readonly string[] }
    | { readonly kind: 'stays'; readonly what: string }
    /** What a parameter points to outlives the call. */
    | { readonly kind: 'leaks'; readonly parameter: string; readonly flow: readonly string[] }
  );

/** Reads decisions line by line, as the compiler prints them for a whole package. */
export interface DecisionReader {
  /** False for a line that tells of no decision. */
  readonly line: (text: string) => boolean;
  /** Decisions about lines of a file, first and last inclusive, in the order of the source, each once. */
  /** Where calls of a function of this package were replaced by its body. */
  readonly inlinedAt: (callee: string) => readonly (DecisionPlace & { readonly message: string })[];
  readonly within: (file: string, first: number, last: number) => readonly Decision[];
}

const placed = /^(.+?\.go):(\d+):(\d+): (.*)$/;
/** What an explanation begins with, and what it is about; its steps follow, indented. */
const explanation = /^(?:parameter (.*?) leaks to .*|(.*?) escapes to heap(?: in .*)?):$/;
const steps = /^ {2,}(?:flow|from)\b/;

type Reading = (
  found: readonly string[],
  flowOf: (subject: string) => readonly string[],
) => DistributiveOmit<Decision>;
type DistributiveOmit<T> = T extends unknown ? Omit<T, keyof DecisionPlace> : never;

const readings: readonly (readonly [pattern: RegExp, read: Reading])[] = [
  [/^inlining call to (.*)$/, ([, callee = '']) => ({ kind: 'inlined-call', callee })],
  [/^devirtualizing (.*) to (.*)$/, ([, call = '', to = '']) => ({ kind: 'devirtualized-call', call, to })],
  [
    /^can inline (.*?)(?: with cost (\d+) as:.*)?$/,
    ([, name = '', cost]) => ({
      kind: 'inlinable',
      name,
      ...(cost === undefined ? {} : { cost: Number(cost) }),
    }),
  ],
  [/^cannot inline (.*?): (.*)$/, ([, name = '', why = '']) => ({ kind: 'not-inlinable', name, why })],
  [/^moved to heap: (.*)$/, ([, what = ''], flowOf) => ({ kind: 'escapes', what, flow: flowOf(what) })],
  [/^(.*) escapes to heap$/, ([, what = ''], flowOf) => ({ kind: 'escapes', what, flow: flowOf(what) })],
  [/^(.*) does not escape$/, ([, what = '']) => ({ kind: 'stays', what })],
  [
    /^leaking param(?: content)?: (.*?)(?: to result .*)?$/,
    ([, parameter = ''], flowOf) => ({ kind: 'leaks', parameter, flow: flowOf(parameter) }),
  ],
];

export function createDecisionReader(): DecisionReader {
  const said: { readonly place: DecisionPlace; readonly message: string }[] = [];
  return {
    line(text) {
      const found = placed.exec(text);
      if (found === null) return false;
      const [, file = '', line, column, message = ''] = found;
      const known =
        steps.test(message) ||
        explanation.test(message) ||
        readings.some(([pattern]) => pattern.test(message));
      if (known) said.push({ place: { file, line: Number(line), column: Number(column) }, message });
      return known;
    },
    inlinedAt: (callee) =>
      said.flatMap(({ place, message }) =>
        message === `inlining call to ${callee}` ? [{ ...place, message }] : [],
      ),
    within(file, first, last) {
      return decide(
        said.filter(({ place }) => place.file === file && first <= place.line && place.line <= last),
      );
    },
  };
}

function decide(
  said: readonly { readonly place: DecisionPlace; readonly message: string }[],
): readonly Decision[] {
  /** Steps by place and subject; they are printed before the decision, sometimes far. */
  const flows = new Map<string, string[]>();
  const decisions = new Map<string, Decision>();
  let open: string[] = [];
  const key = ({ line, column }: DecisionPlace, subject: string): string => `${line}:${column} ${subject}`;
  for (const { place, message } of said) {
    if (steps.test(message)) {
      open.push(message.trim());
      continue;
    }
    const about = explanation.exec(message);
    if (about !== null) {
      open = [];
      flows.set(key(place, about[1] ?? about[2] ?? ''), open);
      continue;
    }
    for (const [pattern, read] of readings) {
      const found = pattern.exec(message);
      if (found === null) continue;
      const flowOf = (subject: string): readonly string[] => flows.get(key(place, subject)) ?? [];
      decisions.set(key(place, message), { ...place, ...read(found, flowOf) });
      break;
    }
  }
  return [...decisions.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** A decision in words, for people. */
export function describeDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'inlined-call':
      return `call of ${decision.callee} inlined`;
    case 'devirtualized-call':
      return `${decision.call} calls ${decision.to} directly`;
    case 'inlinable':
      return `${decision.name} can be inlined${decision.cost === undefined ? '' : ` (cost ${decision.cost})`}`;
    case 'not-inlinable':
      return `${decision.name} is not inlined: ${decision.why}`;
    case 'escapes':
      return `${decision.what} escapes to the heap`;
    case 'stays':
      return `${decision.what} stays on the stack`;
    case 'leaks':
      return `what ${decision.parameter} points to outlives the call`;
  }
}
