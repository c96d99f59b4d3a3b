import { describeDecision, type Decision } from '../../core/ssa/compile/decisions.js';
import { placeKey } from '../../core/ssa/view/places.js';
import type { SsaDocument } from '../../core/ssa/view/ssaDocument.js';

/** Something that the compiler decided about a line. */
export interface LineNote {
  /** A few words, for the line itself. */
  readonly text: string;
  /** All of it. */
  readonly title: string;
}

/** What the compiler decided about lines of the source, by `placeKey`; what is as one would wish is left out. */
export function lineNotes({
  dump,
  boundsChecks,
  decisions = [],
}: SsaDocument): ReadonlyMap<string, readonly LineNote[]> {
  const notes = new Map<string, LineNote[]>();
  const add = (file: string, line: number, note: LineNote): void => {
    const index = dump.files.indexOf(file);
    if (index < 0) return;
    const key = placeKey({ file: index, line });
    const known = notes.get(key);
    if (known === undefined) notes.set(key, [note]);
    else if (!known.some((it) => it.title === note.title)) known.push(note);
  };
  for (const { file, line, kind } of boundsChecks) {
    const text = kind === 'index' ? 'bounds check' : 'slice bounds check';
    add(file, line, {
      text,
      title: `A ${text} is left here: the compiler could not prove that it always holds`,
    });
  }
  for (const decision of decisions) {
    const text = shortText(decision);
    if (text === undefined) continue;
    const flow = 'flow' in decision ? decision.flow : [];
    add(decision.file, decision.line, { text, title: [describeDecision(decision), ...flow].join('\n') });
  }
  return notes;
}

function shortText(decision: Decision): string | undefined {
  switch (decision.kind) {
    case 'inlined-call':
      return `inlined ${decision.callee}`;
    case 'devirtualized-call':
      return `direct ${decision.to}`;
    case 'escapes':
      return `heap: ${decision.what}`;
    case 'not-inlinable':
      return 'not inlinable';
    case 'inlinable':
      return 'inlinable';
    case 'leaks':
      return `leaks ${decision.parameter}`;
    case 'stays':
      return undefined;
  }
}
