import type { BuildResult } from '../../build/build.js';
import type { BuildPlan } from '../../build/planBuild.js';
import type { GoForBuild, GoRun } from '../../build/runGoBuild.js';
import type { XrayRecording } from './xrayBook.js';

/** Keeps the X-ray of a build that ended, and returns its id. One that was cancelled never wrote when its actions ran. */
export async function keepRun(
  recording: XrayRecording | undefined,
  { kind, startedAt, wallMs, failedPackages, said }: GoRun,
  build: { readonly go: GoForBuild; readonly plan: BuildPlan; readonly result: BuildResult },
): Promise<string | undefined> {
  const { go, plan, result } = build;
  if (recording === undefined) return undefined;
  if (result.outcome === 'cancelled') {
    await recording.discard();
    return undefined;
  }
  const compiler = plan.environment.env['CC'];
  const machine = result.toolchain?.machine;
  const outcome = result.outcome === 'failed' && kind === 'ok' ? 'rejected' : result.outcome;
  return recording.keep({
    ...{ outcome, startedAt, wallMs, failedPackages },
    target: result.target,
    importPath: result.importPath,
    goVersion: go.version,
    directory: plan.cwd,
    shellCommand: result.shellCommand,
    ...(compiler === undefined ? {} : { compiler }),
    ...(machine === undefined ? {} : { machine }),
    diagnoses: result.diagnoses,
    said: failedPackages.flatMap((path) => {
      const lines = said.get(path);
      return lines === undefined ? [] : [{ package: path, lines }];
    }),
  });
}
