import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { emptyConfig } from '../../../src/core/config/config.js';
import type { Diagnosis } from '../../../src/core/diagnosis/diagnosis.js';
import { createDiagnosisEngine } from '../../../src/core/diagnosis/engine.js';
import type { ResolveContext } from '../../../src/core/diagnosis/resolve/inquiry.js';
import { resolveFindings } from '../../../src/core/diagnosis/resolve/resolveFindings.js';
import { levelEnvironment } from '../../../src/core/target/levels.js';
import type { Target } from '../../../src/core/target/target.js';
import type { Toolchain, ToolchainReport } from '../../../src/core/toolchain/toolchain.js';
import { createPorts } from '../../../src/node/ports.js';

/** A Go module in a temporary folder whose name has a space and a letter outside of ASCII. */
export interface ScratchModule {
  readonly directory: string;
  /** What `go build ./...` prints for the target; empty when it succeeds. */
  build(target: Target, env?: Readonly<Record<string, string>>): Promise<string>;
  /** The build's output, diagnosed and resolved with real ports. */
  diagnose(
    target: Target,
    env?: Readonly<Record<string, string>>,
    context?: Partial<ResolveContext>,
  ): Promise<readonly Diagnosis[]>;
  remove(): void;
}

export function scratchModule(files: Readonly<Record<string, string>>): ScratchModule {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'crossbow-resolve-')));
  const directory = join(base, 'mödule one');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  function build(target: Target, env: Readonly<Record<string, string>> = {}): Promise<string> {
    return new Promise((resolve) => {
      const variables = {
        ...process.env,
        GOOS: target.goos,
        GOARCH: target.goarch,
        ...levelEnvironment(target),
        LC_ALL: 'C',
        ...env,
      };
      execFile(
        'go',
        ['build', '-o', join(base, 'out/'), './...'],
        { cwd: directory, env: variables },
        (error, stdout, stderr) => {
          resolve(error === null ? '' : `${stdout}${stderr}`);
        },
      );
    });
  }
  return {
    directory,
    build,
    async diagnose(target, env = {}, context = {}) {
      const log = await build(target, env);
      const engine = createDiagnosisEngine({ target, host: { goos: 'linux', goarch: 'amd64' } });
      engine.feed(log);
      const whole = { config: emptyConfig, trusted: true, target, directory, go: 'go', ...context };
      return resolveFindings(engine.end(), whole, createPorts());
    },
    remove() {
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** A report as the toolchain service gives it, with one proven compiler. */
export function provenReport(
  target: Target,
  toolchain: Partial<Toolchain> & { readonly cc: string },
): ToolchainReport {
  const candidate = {
    toolchain: { kind: 'gnu' as const, env: {}, ...toolchain },
    verdict: 'proven' as const,
    reason: 'links',
  };
  return { target, chosen: candidate, candidates: [candidate], packages: [] };
}
