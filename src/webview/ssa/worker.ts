import { entry } from '../../core/ssa/entry.js';
import { valueHistory } from '../../core/ssa/valueHistory.js';
import { createSsaModel, type SsaModel } from '../../core/ssa/view/createSsaModel.js';
import { diffMarks } from '../../core/ssa/view/diffMarks.js';
import { openDocument } from '../../core/ssa/view/openDocument.js';
import { flowPicture } from '../../core/ssa/view/flowPicture.js';
import type { AnalysisAnswer, AnalysisCalls, AnalysisRequest } from './analysis.js';

let opened: SsaModel | undefined;

self.addEventListener('message', ({ data }: MessageEvent<AnalysisRequest>) => {
  const { id } = data;
  let answer: AnalysisAnswer;
  try {
    answer = { id, answer: work(data) };
  } catch (error) {
    answer = { id, failure: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
});

function work(request: AnalysisRequest): AnalysisCalls[keyof AnalysisCalls]['answer'] {
  if (request.call === 'open') {
    const { dump } = openDocument(request.ask);
    opened = createSsaModel(dump, undefined);
    return opened.changes();
  }
  if (opened === undefined) throw new Error('Nothing is open.');
  const { dump } = opened;
  switch (request.call) {
    case 'diff': {
      const diff = opened.diff(request.ask.from, request.ask.to);
      return diffMarks(diff, (it) => entry(dump.values, it).id);
    }
    case 'history':
      return valueHistory(dump, opened.entities, request.ask.id, request.ask.pass);
    case 'flow':
      return flowPicture(dump, request.ask.pass);
  }
}
