import type { CancelSignal, Ports } from '../../ports.js';
import { targetId } from '../../target/target.js';
import { formatCount } from '../../text/formatText.js';
import { parseActionGraph, parseBuiltActions, type ActionGraph } from './actionGraph.js';
import { createXray, xrayOrigin } from './createXray.js';
import { parseGoTrace } from './goTrace.js';
import { mergeTrace, type ActionTime } from './mergeTrace.js';
import { processTree } from './processTree.js';
import { parseStraceLog } from './straceLog.js';
import { usedCompilers, type UsedCompiler } from './usedCompilers.js';
import type { Xray, XrayProcess } from './xray.js';
import type { XrayBook } from './xrayBook.js';
import type { XrayRecord } from './xrayRecord.js';

/** One build that was recorded, looked at. */
export interface XrayReading {
  readonly record: XrayRecord;
  readonly xray: Xray;
  readonly processes: XrayProcess;
}

/** The builds that were recorded, and a look into each. */
export interface Xrays {
  /** The newest first. */
  list(): Promise<readonly XrayRecord[]>;
  /** Undefined where it is not kept any more. */
  read(id: string): Promise<XrayReading | undefined>;
  /** The C compilers of a build, each run to ask what it makes code for: not in a workspace that is not trusted. */
  compilers(reading: XrayReading, signal?: CancelSignal): Promise<readonly UsedCompiler[]>;
}

/** The reading of a build whose processes strace recorded. */
function withTrace(
  { record, xray, graph }: Pick<XrayReading, 'record' | 'xray'> & { readonly graph: ActionGraph },
  trace: string,
): XrayReading {
  const told = processTree(graph.actions, record);
  const { root, unseen } = mergeTrace(told, parseStraceLog(trace), record, {
    origin: xrayOrigin(record, graph),
    timeOf: actionTimes(graph),
  });
  const gap = `strace did not see ${formatCount(unseen, 'command')} that Go says it ran.`;
  return {
    record,
    xray: unseen === 0 ? xray : { ...xray, gaps: [...xray.gaps, gap] },
    processes: root,
  };
}

function actionTimes({ actions }: ActionGraph): (action: number) => ActionTime | undefined {
  const byId = new Map(actions.map((it) => [it.id, it]));
  return (id) => {
    const { start, done } = byId.get(id) ?? {};
    return start === undefined || done === undefined ? undefined : { start, end: done };
  };
}

export function createXrays(ports: Ports, book: XrayBook): Xrays {
  return {
    list: () => book.list(),
    compilers: ({ record, processes }, signal) => usedCompilers(ports, processes, record.target, signal),
    async read(id) {
      const [material, records] = await Promise.all([book.read(id), book.list()]);
      if (material === undefined) return undefined;
      const { record, trace, goTrace } = material;
      const graph = parseActionGraph(material.graph);
      const ranNothing = graph.actions.every((it) => it.commands.length === 0);
      // Why something was built again is nobody's question where nothing was.
      const earlier = ranNothing ? undefined : await buildBefore(record, records);
      const before = earlier === undefined ? undefined : parseBuiltActions(earlier.graph);
      const traced = goTrace === undefined ? undefined : parseGoTrace(goTrace);
      const xray = createXray(record, graph, before, traced);
      if (trace !== undefined) return withTrace({ record, xray, graph }, trace);
      let processes: XrayProcess | undefined;
      return {
        record,
        xray,
        // The words of all commands are most of what there is, and a view begins without them.
        get processes() {
          return (processes ??= processTree(graph.actions, record));
        },
      };
    },
  };

  /** The last build of the same program for the same target that came to its end. */
  async function buildBefore(
    record: XrayRecord,
    records: readonly XrayRecord[],
  ): ReturnType<XrayBook['read']> {
    const target = targetId(record.target);
    const earlier = records.find(
      (it) =>
        it.id < record.id &&
        it.outcome === 'ok' &&
        it.importPath === record.importPath &&
        it.directory === record.directory &&
        targetId(it.target) === target,
    );
    return earlier === undefined ? undefined : book.read(earlier.id);
  }
}
