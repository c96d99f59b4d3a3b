import type { BuildEvent, BuildRequest, BuildResult } from '../core/build/build.js';
import { createTerminalText } from '../core/build/terminalText.js';
import { targetId } from '../core/target/target.js';
import { formatCount } from '../core/text/formatText.js';
import type { BuildOrigin, BuildProblems } from './buildProblems.js';
import { tellFailure } from './failureMessage.js';
import { RunningJobs, type Progress } from './runningJobs.js';
import type { Session } from './session.js';

/** Builds that show themselves: in a terminal, a cancellable notification, the tree and Problems. */
export interface BuildJob {
  readonly run: (
    request: BuildRequest,
    origin: BuildOrigin,
    write: (text: string) => void,
    signal: AbortSignal,
  ) => Promise<BuildResult>;
  /** Ends the builds that run for a target. */
  readonly cancel: (id: string) => void;
}

/** Makes the one runner of builds in this window. */
export function createBuildJob(session: Session, problems: BuildProblems): BuildJob {
  const running = new RunningJobs<string>();
  return {
    async run(request, origin, write, signal) {
      const id = targetId(request.target);
      const title = `Building ${request.package.name} for ${id}`;
      const result = await running.run(id, title, signal, (progress, ended) =>
        build(session, request, origin.choice.device?.id, { write, progress, signal: ended }),
      );
      problems.set(result, request, origin);
      if (result.outcome === 'failed') {
        void tellFailure(result, origin, problems);
      }
      return result;
    },
    cancel(id) {
      running.cancel((target) => target === id);
    },
  };
}

/** Where a build shows itself, and what ends it. */
interface Outlets {
  readonly write: (text: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function build(
  session: Session,
  request: BuildRequest,
  device: string | undefined,
  { write, progress, signal }: Outlets,
): Promise<BuildResult> {
  const engine = await session.engine();
  const text = createTerminalText();
  const { target } = request;
  const { importPath } = request.package;
  const show = progressShower(progress);
  const running = { target, importPath, ...(device === undefined ? {} : { device }) };
  session.builds.progress({ ...running, done: 0 });
  try {
    const { config } = await session.settingsOf(request.package);
    const options = { ...session.options(), config, signal };
    const result = await engine.crossbow.build(request, {
      ...options,
      onEvent(event) {
        write(text.event(event));
        if (event.kind === 'progress') {
          show(event);
          const { done, total } = event;
          session.builds.progress({ ...running, done, ...(total === undefined ? {} : { total }) });
        }
      },
    });
    write(text.result(result));
    session.builds.ended(result, device);
    return result;
  } catch (error) {
    session.builds.gone(target, importPath);
    throw error;
  }
}

/** The notification counts packages; its bar moves by the difference, in percent of the total. */
function progressShower(progress: Progress): (event: BuildEvent & { kind: 'progress' }) => void {
  let shown = 0;
  return ({ done, total, importPath }) => {
    if (total === undefined || total === 0) {
      progress.report({ message: formatCount(done, 'package') });
      return;
    }
    const percent = (100 * done) / total;
    progress.report({
      message: `${String(done)}/${String(total)} packages, ${importPath}`,
      increment: Math.max(0, percent - shown),
    });
    shown = Math.max(shown, percent);
  };
}
