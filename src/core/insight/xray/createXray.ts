import type { ActionGraph, BuiltAction, GoAction } from './actionGraph.js';
import { actionKind, actionLabel } from './actionKind.js';
import { criticalPath } from './criticalPath.js';
import { dependencyOrder } from './dependencyOrder.js';
import { findFailures } from './failures.js';
import type { TracedAction } from './goTrace.js';
import { assignLanes } from './lanes.js';
import { packageTable } from './packageTable.js';
import { createRebuildReasons } from './rebuildReasons.js';
import { workerLanes } from './workerLanes.js';
import type { ActionState, Phase, Xray, XrayAction, XrayFailure } from './xray.js';
import { compilerProgram, type XrayRecord } from './xrayRecord.js';

/**
 * What is known of a build, from Go's graph of it and, for why packages were rebuilt, that of the build before; for which
 * of go's workers did what, from go's own trace.
 */
export function createXray(
  record: XrayRecord,
  graph: ActionGraph,
  before?: readonly BuiltAction[],
  traced?: readonly TracedAction[],
): Xray {
  const { actions: told } = graph;
  const origin = xrayOrigin(record, graph);
  const failures = findFailures(told, record);
  const inOrder = dependencyOrder(told);
  const states = actionStates(inOrder, failures, record.outcome);
  const path = criticalPath(inOrder);
  const critical = new Set(path.actions);
  const spans = told.map(timeOf);
  const workers = traced === undefined ? undefined : workerLanes(told, traced);
  const lanes =
    workers ??
    assignLanes(
      spans.map(({ start = Infinity, end = Infinity }, at) =>
        // What took no time stands in the first row, and keeps none from anyone.
        end > start && states.get(told[at]?.id ?? -1) !== 'skipped' ? { start, end } : { start: 0, end: 0 },
      ),
    );
  const compiler = compilerProgram(record);
  const actions = told.map((it, at): XrayAction => {
    const { start, end } = spans[at] ?? {};
    const state = states.get(it.id) ?? 'ran';
    // Assigned one by one: there are thousands, and a view waits for them.
    const action: { -readonly [Key in keyof XrayAction]: XrayAction[Key] } = {
      id: it.id,
      kind: state === 'cached' ? 'cached' : actionKind(it, compiler),
      label: actionLabel(it),
      mode: it.mode,
      state,
      lane: lanes.lanes[at] ?? 0,
      deps: it.deps,
      commands: it.commands.length,
      critical: critical.has(it.id),
    };
    if (it.package !== undefined) action.package = it.package;
    if (start !== undefined) action.start = exact(start - origin);
    if (end !== undefined) action.end = exact(end - origin);
    if (it.ready !== undefined && start !== undefined) action.waited = exact(Math.max(0, start - it.ready));
    if (it.commandMs !== undefined) action.cpu = { user: it.commandMs.user, system: it.commandMs.system };
    return action;
  });
  const lastEnd = Math.max(0, ...edges(actions.flatMap((it) => it.end ?? [])));
  const wall = Math.max(record.wallMs, lastEnd);
  return {
    wall,
    actions,
    lanes: lanes.count,
    lanesAre: workers === undefined ? 'packed' : 'workers',
    phases: phasesOf(actions, wall),
    critical: { actions: path.actions, time: exact(path.time) },
    total: {
      time: exact(sum(actions.map((it) => (it.end === undefined ? 0 : it.end - (it.start ?? 0))))),
      user: sum(actions.map((it) => it.cpu?.user ?? 0)),
      system: sum(actions.map((it) => it.cpu?.system ?? 0)),
    },
    packages: packageTable(actions, told, createRebuildReasons(told, before)),
    failures,
    gaps: gapsOf(graph, actions),
  };
}

/** When a build's time begins, in milliseconds since the epoch: its clock is read to the millisecond, Go's finer. */
export function xrayOrigin({ startedAt }: Pick<XrayRecord, 'startedAt'>, { actions }: ActionGraph): number {
  return Math.min(startedAt, ...edges(actions.flatMap((it) => it.ready ?? it.start ?? [])));
}

/** To the microsecond: beyond it, a number that counts from 1970 has no places left. */
function exact(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** Least and greatest of many numbers, few enough to be arguments. */
function edges(numbers: readonly number[]): readonly number[] {
  let [least, most] = [Infinity, -Infinity];
  for (const it of numbers) {
    if (it < least) least = it;
    if (it > most) most = it;
  }
  return numbers.length === 0 ? [] : [least, most];
}

/** When an action ran, in milliseconds since the epoch; a clock that was set back makes it take no time. */
function timeOf({ start, done }: GoAction): { readonly start?: number; readonly end?: number } {
  if (start === undefined) return {};
  return done === undefined ? { start } : { start, end: Math.max(start, done) };
}

/** What became of each action. What ran no command was found in the cache, was never reached, or is Go's own work. */
function actionStates(
  inOrder: readonly GoAction[],
  failures: readonly XrayFailure[],
  outcome: XrayRecord['outcome'],
): ReadonlyMap<number, ActionState> {
  const failed = new Set(failures.flatMap((it) => it.actions));
  const states = new Map<number, ActionState>();
  const stateOf = (action: GoAction): ActionState => {
    if (failed.has(action.id)) return 'failed';
    if (action.start === undefined) return 'skipped';
    if (action.done === undefined) return 'unfinished';
    if (action.commands.length > 0) return 'ran';
    // Whatever needs an action that failed is not begun.
    const isCutOff = action.deps.some((id) => failed.has(id) || states.get(id) === 'skipped');
    if (outcome === 'failed' && isCutOff) return 'skipped';
    return /^(?:build|link|vet|cgo (?:run|compile .*))$/.test(action.mode) ? 'cached' : 'ran';
  };
  for (const action of inOrder) states.set(action.id, stateOf(action));
  return states;
}

function phasesOf(actions: readonly XrayAction[], wall: number): readonly Phase[] {
  const begun = actions.filter((it) => it.start !== undefined && it.state !== 'skipped');
  const [first, last] = edges(begun.flatMap((it) => [it.start ?? 0, it.end ?? it.start ?? 0]));
  if (first === undefined || last === undefined) return [{ name: 'load', start: 0, end: wall }];
  const link = begun.filter((it) => it.kind === 'link' && it.mode === 'link');
  const [linkStart = last] = edges(link.flatMap((it) => it.start ?? []));
  const phases: readonly Phase[] = [
    { name: 'load', start: 0, end: first },
    { name: 'build', start: first, end: linkStart },
    { name: 'link', start: linkStart, end: last },
    { name: 'finish', start: last, end: wall },
  ];
  return phases.filter((it) => it.end > it.start);
}

function gapsOf(graph: ActionGraph, actions: readonly XrayAction[]): readonly string[] {
  const gaps = graph.gaps.map((it) => `Go’s action graph was not read whole: ${it}.`);
  if (actions.length > 0 && actions.every((it) => it.start === undefined))
    gaps.push('Go was ended before it wrote when actions ran: there are no times.');
  return gaps;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
