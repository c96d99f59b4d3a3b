import type { BuildEvent, BuildRequest, BuildResult } from '../core/build/build.js';
import { targetId } from '../core/target/target.js';
import type { CliContext } from './cliContext.js';
import type { CliProject } from './cliProject.js';

interface OneBuild {
  readonly quiet?: boolean;
  readonly fresh?: boolean;
  readonly trace?: boolean;
}

/** Builds with go's output on standard error, as go itself does, or kept back until it is known to matter. */
export async function buildOne(
  context: CliContext,
  { config }: CliProject,
  request: BuildRequest,
  { quiet = false, fresh = false, trace = false }: OneBuild = {},
): Promise<BuildResult> {
  const { output } = context;
  const kept: string[] = [];
  const say = (text: string): void => (quiet ? void kept.push(text) : output.note(text));
  const onEvent = (event: BuildEvent): void => {
    switch (event.kind) {
      case 'command':
        say(`${output.stderr.dim(event.line)}\n`);
        return;
      case 'output':
        say(event.text);
        return;
      case 'progress': {
        const total = event.total === undefined ? '' : `/${event.total}`;
        output.progress(`${targetId(request.target)} [${event.done}${total}] ${event.importPath}`);
        return;
      }
      case 'artifact':
        return;
    }
  };
  const result = await context.crossbow.build(request, {
    config,
    trusted: true,
    signal: context.signal,
    fresh,
    traceProcesses: trace,
    onEvent,
  });
  output.progress('');
  if (result.outcome === 'failed') for (const text of kept) output.note(text);
  return result;
}
