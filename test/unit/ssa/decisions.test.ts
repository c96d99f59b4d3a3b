import { describe, expect, it } from 'vitest';
import { createDecisionReader, describeDecision } from '../../../src/core/ssa/compile/decisions.js';

/** As Go 1.26 prints it, and with the arrows of versions before. */
const printed = `/src/web/main.go:13:6: cannot inline handler: function too complex: cost 247 exceeds budget 80
/src/web/main.go:8:6: can inline half with cost 4 as: func(int) int { return x / 2 }
/src/web/main.go:20:27: inlining call to json.NewEncoder
/src/web/main.go:13:14: parameter w leaks to {heap} for handler with derefs=0:
/src/web/main.go:13:14:   flow: {heap} ← w:
/src/web/main.go:13:14:     from http.Error(w, err.Error(), 500) (call parameter) at /src/web/main.go:21:13
/src/web/main.go:19:7: &answer{...} escapes to heap in handler:
/src/web/main.go:19:7:   flow: a ← &{storage for &answer{...}}:
/src/web/main.go:19:7:     from a := &answer{...} (assign) at /src/web/main.go:19:4
/src/web/main.go:13:14: leaking param: w
/src/web/main.go:13:37: leaking param content: r
/src/web/main.go:14:17: []int{...} does not escape
/src/web/main.go:16:3: x escapes to heap:
/src/web/main.go:16:3:   flow: {heap} = &x:
/src/web/main.go:16:3: moved to heap: x
/src/web/main.go:19:7: &answer{...} escapes to heap
/src/web/main.go:20:27: &json.Encoder{...} does not escape
/src/web/main.go:20:27: &json.Encoder{...} does not escape
/src/web/main.go:20:40: devirtualizing w.Write to *writer
/src/web/main.go:27:21: inlining call to http.ListenAndServe
/src/web/other.go:14:21: inlining call to other
`;

describe('what the compiler decided', () => {
  it('is read from what it says of a package, for the lines of one function', () => {
    const reader = createDecisionReader();
    for (const line of printed.trimEnd().split('\n')) expect(reader.line(line), line).toBe(true);
    const told = reader.within('/src/web/main.go', 13, 23);
    expect(told.map((it) => `${it.line}:${it.column} ${describeDecision(it)}`)).toEqual([
      '13:6 handler is not inlined: function too complex: cost 247 exceeds budget 80',
      '13:14 what w points to outlives the call',
      '13:37 what r points to outlives the call',
      '14:17 []int{...} stays on the stack',
      '16:3 x escapes to the heap',
      '19:7 &answer{...} escapes to the heap',
      '20:27 call of json.NewEncoder inlined',
      '20:27 &json.Encoder{...} stays on the stack',
      '20:40 w.Write calls *writer directly',
    ]);
    const flows = told.flatMap((it) => ('flow' in it ? [it.flow] : []));
    expect(flows.map((it) => it.length)).toEqual([2, 0, 1, 2]);
    expect(flows[3]).toEqual([
      'flow: a ← &{storage for &answer{...}}:',
      'from a := &answer{...} (assign) at /src/web/main.go:19:4',
    ]);
    expect(reader.within('/src/web/main.go', 8, 8)).toEqual([
      { kind: 'inlinable', name: 'half', cost: 4, file: '/src/web/main.go', line: 8, column: 6 },
    ]);
  });

  it('leaves errors and other lines to others', () => {
    const reader = createDecisionReader();
    for (const line of [
      'main.go:3:5: undefined: x',
      'main.go:3:5: cannot use "a" (untyped string constant) as int value in return statement',
      '# example.com/web',
      'main.go:3: escapes to heap',
      '/src/web/main.go:27:26: Found IsInBounds',
    ])
      expect(reader.line(line), line).toBe(false);
  });
});
