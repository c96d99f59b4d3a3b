import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/lib/paths.mjs';
import { createDiagnosisEngine } from '../src/core/diagnosis/engine.js';
import { createPorts } from '../src/node/ports.js';
import { measureDiagnosis } from './diagnosis.js';
import { milliseconds, type Benchmark, type Figure } from './measure.js';

/** Megabytes of log; the long one is ten times the short one. */
const sizes = [10, 100] as const;

/** What memory may grow by from the short log to the long one: a collector takes what it likes, a leak takes ten times as much. */
const flat = 32;

/** The share of a build that reading its output takes. The commands are shown (-x), which is more than any build of ours prints. */
async function share(): Promise<Figure> {
  const cache = await mkdtemp(join(tmpdir(), 'crossbow-diagnosis-'));
  try {
    const { runner, host } = createPorts();
    const engine = createDiagnosisEngine({});
    let spent = 0;
    let read = 0;
    const feed = (text: string): void => {
      const before = performance.now();
      engine.feed(text);
      spent += performance.now() - before;
      read += text.length;
    };
    const started = performance.now();
    const { outcome } = await runner.run('go', ['build', '-x', '-o', join(cache, 'program'), '.'], {
      cwd: join(root, 'examples/cgo-hello'),
      env: { ...host.env, GOCACHE: join(cache, 'go') },
      onStdout: feed,
      onStderr: feed,
    });
    const whole = performance.now() - started;
    if (outcome.kind !== 'exited' || outcome.code !== 0) throw new Error('The build failed.');
    return {
      what: `share of a whole build of ${milliseconds(whole)} that prints ${(read / 1e6).toFixed(2)} MB`,
      value: `${((100 * spent) / whole).toFixed(2)} %`,
      goal: { says: 'under 1 %', met: spent < 0.01 * whole },
    };
  } finally {
    await rm(cache, { recursive: true, force: true, maxRetries: 3 });
  }
}

export const diagnosisSpeed: Benchmark = {
  name: 'diagnosis',
  about: 'reading long logs, made on the fly: time must grow no faster than the log, memory not at all',
  async run() {
    // The first megabytes are the compiler's.
    measureDiagnosis(5);
    const [short, long] = sizes.map(measureDiagnosis) as [
      ReturnType<typeof measureDiagnosis>,
      ReturnType<typeof measureDiagnosis>,
    ];
    const figures = [short, long].map((cost) => ({
      what: `${cost.megabytes.toFixed(0)} MB, ${cost.findings} findings, peak ${cost.peakMegabytes.toFixed(0)} MB more memory`,
      value: `${cost.megabytesPerSecond.toFixed(1)} MB/s`,
    }));
    const ratio = short.megabytesPerSecond / long.megabytesPerSecond;
    const growth = long.peakMegabytes - short.peakMegabytes;
    return [
      ...figures,
      {
        what: 'seconds per MB, long against short',
        value: ratio.toFixed(2),
        goal: { says: 'under 1.5', met: ratio < 1.5 },
      },
      {
        what: 'memory, long against short',
        value: `${growth < 0 ? '' : '+'}${growth.toFixed(0)} MB`,
        goal: { says: `under ${String(flat)} MB`, met: growth < flat },
      },
      await share(),
    ];
  },
};
