import type { PassChanges } from '../../core/ssa/passChanges.js';
import type { ValueHistory } from '../../core/ssa/valueHistory.js';
import type { DiffMarks } from '../../core/ssa/view/diffMarks.js';
import type { FlowPicture } from '../../core/ssa/view/flowPicture.js';
import type { PackedDocument } from '../../core/ssa/view/ssaDocument.js';

/** What is worked out off the main thread, by name: all that walks over every pass of a dump. */
export interface AnalysisCalls {
  /** Reads the document; the answer is how much each pass changed. */
  readonly open: { readonly ask: PackedDocument; readonly answer: readonly PassChanges[] };
  readonly diff: { readonly ask: { readonly from: number; readonly to: number }; readonly answer: DiffMarks };
  readonly history: {
    readonly ask: { readonly id: number; readonly pass: number };
    readonly answer: ValueHistory | undefined;
  };
  readonly flow: { readonly ask: { readonly pass: number }; readonly answer: FlowPicture };
}

type Name = keyof AnalysisCalls;

export type AnalysisRequest = {
  readonly [N in Name]: { readonly id: number; readonly call: N; readonly ask: AnalysisCalls[N]['ask'] };
}[Name];

export type AnalysisAnswer =
  | { readonly id: number; readonly answer: AnalysisCalls[Name]['answer'] }
  | { readonly id: number; readonly failure: string };

/** The main thread's end. */
export interface Analysis {
  ask<N extends Name>(call: N, ask: AnalysisCalls[N]['ask']): Promise<AnalysisCalls[N]['answer']>;
  /** Ends the worker; what was asked of it is never answered. */
  close(): void;
}

/** Starts the worker from its script's text: the policy allows a worker from what the page made itself, and from nowhere else. */
export function startAnalysis(script: string): Analysis {
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(address);
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<AnalysisAnswer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('failure' in data) asked?.reject(new Error(data.failure));
    else asked?.resolve(data.answer);
  });
  return {
    ask<N extends Name>(call: N, ask: AnalysisCalls[N]['ask']) {
      const id = ++last;
      return new Promise<AnalysisCalls[N]['answer']>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, call, ask });
      });
    },
    close() {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
}
