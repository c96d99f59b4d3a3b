import { measureDiagnosis } from './diagnosis.js';
import type { Benchmark } from './measure.js';

export const diagnosisSpeed: Benchmark = {
  name: 'diagnosis',
  about: 'reading long logs, made on the fly: time must grow no faster than the log, memory not at all',
  run() {
    const costs = [10, 40].map(measureDiagnosis);
    const figures = costs.map((cost) => ({
      what: `${cost.megabytes} MB, ${cost.findings} findings, ${cost.peakMegabytes.toFixed(0)} MB more memory`,
      value: `${cost.megabytesPerSecond.toFixed(1)} MB/s`,
    }));
    const [short, long] = costs as [(typeof costs)[0], (typeof costs)[0]];
    const ratio = short.megabytesPerSecond / long.megabytesPerSecond;
    return Promise.resolve([
      ...figures,
      {
        what: 'seconds per MB, long against short',
        value: ratio.toFixed(2),
        goal: { says: 'under 1.5', met: ratio < 1.5 },
      },
    ]);
  },
};
