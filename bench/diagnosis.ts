import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/lib/paths.mjs';
import { createDiagnosisEngine } from '../src/core/diagnosis/engine.js';

/** What one run cost. */
export interface DiagnosisCost {
  readonly megabytes: number;
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  /** Growth of the process's resident memory over the run, at its highest. */
  readonly peakMegabytes: number;
  readonly findings: number;
}

const pieceSize = 64 * 1024;

/**
 * Feeds a log of that size, made of what builds print when all is well with a recorded failure now and then, in
 * pieces as a pipe gives them. The log is made on the fly: only the engine's memory is seen.
 */
export function measureDiagnosis(megabytes: number): DiagnosisCost {
  const blocks = logBlocks();
  const engine = createDiagnosisEngine({
    target: { goos: 'linux', goarch: 'arm', level: 'v7' },
    host: { goos: 'linux', goarch: 'amd64' },
  });
  const before = process.memoryUsage().rss;
  let peak = before;
  let fed = 0;
  let pending = '';
  let spent = 0;
  for (let block = 0; fed < megabytes * 1e6; block++) {
    pending += blocks[block % blocks.length] ?? '';
    if (pending.length < pieceSize) continue;
    const start = performance.now();
    engine.feed(pending);
    spent += performance.now() - start;
    fed += pending.length;
    pending = '';
    if (block % 64 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  }
  const start = performance.now();
  const findings = engine.end().length;
  spent += performance.now() - start;
  return {
    megabytes: fed / 1e6,
    seconds: spent / 1000,
    megabytesPerSecond: fed / 1e3 / spent,
    peakMegabytes: (Math.max(peak, process.memoryUsage().rss) - before) / 1e6,
    findings,
  };
}

/** Blocks of about 60 lines of noise; every eighth ends in a recorded failure. */
function logBlocks(): string[] {
  const file = join(root, 'test/fixtures/failures.jsonl');
  const failures = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { readonly log: string }).log);
  return Array.from({ length: 512 }, (_, block) => {
    const lines = Array.from({ length: 60 }, (_unused, line) => noise(block * 60 + line));
    const failure = block % 8 === 7 ? (failures[(block >> 3) % failures.length] ?? '') : '';
    return `${lines.join('\n')}\n${failure}\n`;
  });
}

function noise(n: number): string {
  const id = String((n * 2654435761) % 1000003);
  switch (n % 9) {
    case 0:
      return `go: downloading example.com/module/v${id} v1.${id}.0`;
    case 1:
      return `\x1b[32m#12 ${id}.3\x1b[0m github.com/some/package/internal/path${id}`;
    case 2:
      return `=== RUN   TestSomething/case_${id}`;
    case 3:
      return `--- PASS: TestSomething/case_${id} (0.00s)`;
    case 4:
      return `work.c:${id}:19: warning: format '%ld' expects argument of type 'long int', but argument 2 has type 'int' [-Wformat=]`;
    case 5:
      return `gcc -I . -fPIC -m64 -pthread -fmessage-length=0 -ffile-prefix-map=/tmp/go-build${id}/b001=/tmp/go-build -o $WORK/b001/_x00${id}.o -c file${id}.c`;
    case 6:
      return `2026-01-02T03:04:05.${id}Z INFO request served status=200 bytes=${id} path=/api/v1/things/${id}`;
    case 7:
      return `Get:${id} http://deb.example.org/debian bookworm/main amd64 libsomething${id} amd64 1.2.3-4 [${id} kB]`;
    default:
      return '';
  }
}

if (import.meta.main) {
  measureDiagnosis(5); // the first megabytes are the compiler's
  for (const size of [10, 100, 300]) {
    const cost = measureDiagnosis(size);
    console.log(
      `${cost.megabytes.toFixed(0)} MB of log: ${cost.seconds.toFixed(2)} s, ${cost.megabytesPerSecond.toFixed(0)} MB/s, ` +
        `resident memory +${cost.peakMegabytes.toFixed(0)} MB, ${String(cost.findings)} findings`,
    );
  }
}
