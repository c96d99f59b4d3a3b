import { planBuild, type BuildPlan, type PlanServices } from '../build/planBuild.js';
import { refusalText } from '../build/buildFindings.js';
import type { GoStatus } from '../go/goTool.js';
import type { Ports } from '../ports.js';
import { targetId } from '../target/target.js';
import type { Capture, CaptureQuestion } from './compile/capture.js';
import { createCaptureFinder } from './compile/captureFinder.js';
import { createCaptureStore, type StoredCapture } from './compile/captureStore.js';
import { nearestFunctions } from './compile/nearestFunctions.js';
import { plainDump } from './compile/plainDump.js';
import { recorderFor } from './compile/recorder.js';
import { replayCompile, type Replay } from './compile/replay.js';
import type { SsaOptions, SsaRequest, SsaResult, SsaService } from './ssa.js';
import { withSources } from './withSources.js';

interface SsaServiceOptions {
  /** Captured commands are kept below it. */
  readonly cacheFolder: string;
  /** Node, for the recorder where there is no shell. */
  readonly node?: string;
  readonly go: () => Promise<GoStatus>;
}

/** What is asked, and of which Go. */
interface Attempt {
  readonly request: SsaRequest;
  readonly question: CaptureQuestion;
  readonly version: string;
}

/**
 * Dumps functions by running the compiler of one package alone. The go command is asked once per package, target and
 * flags how it compiles it; after that only the compiler runs, until something changes that the command depends on.
 */
export function createSsaService(
  ports: Ports,
  services: PlanServices,
  { cacheFolder, node, go }: SsaServiceOptions,
): SsaService {
  const { host, files } = ports;
  const store = createCaptureStore(ports, host.join(cacheFolder, 'ssa'));
  const captures = createCaptureFinder(ports, store, recorderFor(host, node));

  async function dump(request: SsaRequest, options: SsaOptions): Promise<SsaResult> {
    const status = await go();
    if (status.kind !== 'found') return { kind: 'failed', problems: [{ message: status.message }] };
    const plan = await planPackage(services, status.path, request, options);
    if (plan.cgo.kind === 'refused')
      return { kind: 'failed', problems: [{ message: refusalText(request.target, plan.cgo).trim() }] };
    const question = questionOf(plan, request, options);
    const key = JSON.stringify([
      status.version,
      { ...question, signal: undefined, env: buildVariables(question.env) },
    ]);

    const attempt = { request, question, version: status.version };
    let found = await captures.find(key, question);
    if (found.kind === 'found' && found.method === 'replay') {
      const { replay, capture } = await replayAll(found.stored.captures, request, question);
      // What the command names in the build cache may have been cleaned away.
      if (!replay.problems.some((it) => isMissingInput(it.message)))
        return conclude(attempt, 'replay', replay, { capture, notes: notesOf(found.stored) });
      found = await captures.anew(key, question);
    }
    if (found.kind === 'cancelled' || found.kind === 'failed') return found;
    if (found.kind === 'unusable') return dumpPlainly(attempt, found.why);
    const { replay, capture } = await replayAll(found.stored.captures, request, question);
    const { described } = found.stored;
    if (described !== undefined && hasFailed(replay)) {
      // The package compiles, as the go command found: it is our command that is not right.
      await store.forget(key);
      const why = replay.problems[0]?.message ?? 'without a word';
      return dumpPlainly(attempt, `${described}; the command put together instead failed: ${why}`);
    }
    return conclude(attempt, found.method, replay, { capture, notes: notesOf(found.stored) });
  }

  /** With tests there are two packages; the one that has the function is looked for in the larger first. */
  async function replayAll(
    captures: readonly Capture[],
    { name, unsaved, page }: SsaRequest,
    { env, signal }: CaptureQuestion,
  ): Promise<{ readonly replay: Replay; readonly capture: Capture }> {
    const sorted = [...captures].sort((a, b) => b.command.files.length - a.command.files.length);
    let last: { readonly replay: Replay; readonly capture: Capture } | undefined;
    for (const capture of sorted) {
      const replay = await replayCompile(ports, capture, name, {
        env,
        ...(unsaved ? { unsaved } : {}),
        ...(page === undefined ? {} : { page }),
        ...(signal ? { signal } : {}),
      });
      const current = { replay, capture };
      if (replay.dump !== undefined || replay.outcome.kind === 'cancelled') return current;
      last ??= current;
    }
    if (last === undefined) throw new Error('A capture without a command.');
    return last;
  }

  async function dumpPlainly(attempt: Attempt, why: string): Promise<SsaResult> {
    const { request, question } = attempt;
    const { name, page } = request;
    const path = await packagePath(ports, question);
    // A package of outer tests has a path of its own.
    const paths = question.test ? [path, `${path}_test`] : [path];
    let replay: Replay | undefined;
    for (const each of paths) {
      replay = await plainDump(ports, question, each, { name, ...(page === undefined ? {} : { page }) });
      if (replay.dump !== undefined || hasFailed(replay)) break;
    }
    if (replay === undefined) throw new Error('A package without a path.');
    return conclude(attempt, 'plain', replay, {
      notes: [
        `The compiler's own command could not be had (${why}). GOSSAFUNC was set for the go command instead, which compiles ` +
          'everything the package needs again, for each function.',
      ],
    });
  }

  async function conclude(
    { request, question, version }: Attempt,
    method: 'replay' | 'capture' | 'direct' | 'plain',
    replay: Replay,
    { capture, notes }: { readonly capture?: Capture; readonly notes: readonly string[] },
  ): Promise<SsaResult> {
    const {
      outcome,
      dump: found,
      assembly,
      boundsChecks,
      decisionsWithin,
      inlinedAt,
      functions,
      problems,
    } = replay;
    if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (outcome.kind === 'not-started') return { kind: 'failed', problems: [{ message: outcome.message }] };
    if (hasFailed(replay)) {
      const none = [{ message: 'The compiler failed without a word.' }];
      return { kind: 'failed', problems: problems.length > 0 ? problems : none };
    }
    if (found === undefined) {
      return {
        kind: 'no-function',
        nearest: nearestFunctions(request.name, functions),
        functions,
        inlinedAt: inlinedAt(request.name),
      };
    }
    const sourced = await withSources(
      found,
      async (path) => request.unsaved?.get(path) ?? files.readText(path),
    );
    const own = sourced.sources[0];
    const ownFile = own === undefined ? undefined : sourced.files[own.file];
    const ownEnd = own === undefined ? 0 : own.start + own.lines.length - 1;
    return {
      kind: 'dumped',
      dump: {
        ...sourced,
        func: {
          ...sourced.func,
          origin: {
            importPath: capture?.command.packagePath ?? '',
            go: version,
            target: targetId(request.target),
            flags: question.flags,
          },
        },
      },
      ...(assembly === undefined ? {} : { assembly }),
      boundsChecks: boundsChecks.filter(
        (it) => own !== undefined && it.file === ownFile && own.start <= it.line && it.line <= ownEnd,
      ),
      decisions:
        own === undefined || ownFile === undefined ? [] : decisionsWithin(ownFile, own.start, ownEnd),
      functions,
      method,
      notes,
    };
  }

  return { dump };
}

function hasFailed({ outcome }: Replay): boolean {
  return outcome.kind !== 'cancelled' && (outcome.kind !== 'exited' || outcome.code !== 0);
}

function notesOf({ described }: StoredCapture): readonly string[] {
  if (described === undefined) return [];
  return [
    `The go command's own compile command could not be recorded (${described}); it was put together from what go list says.`,
  ];
}

/** The package's path as the linker knows it. */
async function packagePath({ runner }: Ports, question: CaptureQuestion): Promise<string> {
  const format = '{{if eq .Name "main"}}main{{else}}{{.ImportPath}}{{end}}';
  const { stdout } = await runner.run(
    question.go,
    ['list', '-e', '-f', format, ...question.flags, '--', question.pattern],
    { cwd: question.cwd, env: question.env, ...(question.signal ? { signal: question.signal } : {}) },
  );
  return stdout.trim();
}

function planPackage(
  services: PlanServices,
  go: string,
  request: SsaRequest,
  options: SsaOptions,
): Promise<BuildPlan> {
  const { target, directory, moduleDirectory, cgo, tags, env } = request;
  return planBuild(
    services,
    go,
    {
      target,
      package: { importPath: '', directory, moduleDirectory, name: 'package' },
      root: moduleDirectory,
      ...(cgo === undefined ? {} : { cgo }),
      ...(tags === undefined ? {} : { tags }),
      ...(env === undefined ? {} : { env }),
    },
    options,
  );
}

function questionOf(plan: BuildPlan, request: SsaRequest, options: SsaOptions): CaptureQuestion {
  return {
    go: plan.go,
    cwd: plan.cwd,
    pattern: plan.pattern,
    flags: [...plan.flags, ...(request.flags ?? [])],
    env: plan.environment.env,
    test: request.test ?? false,
    ...(options.signal ? { signal: options.signal } : {}),
  };
}

/** The variables that decide how the go command builds. */
function buildVariables(env: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(env)
    .filter(([name]) => /^(?:GO|CGO_|CC$|CXX$|FC$|AR$|PKG_CONFIG|PATH$)/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What the compiler says where a file that its command names is gone. */
function isMissingInput(message: string): boolean {
  return /no such file or directory|cannot find the (?:file|path)|could not import .*\bopen\b/.test(message);
}
