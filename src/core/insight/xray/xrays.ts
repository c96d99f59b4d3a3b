import { targetId } from '../../target/target.js';
import { parseActionGraph } from './actionGraph.js';
import { createXray } from './createXray.js';
import { processTree } from './processTree.js';
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
}

export function createXrays(book: XrayBook): Xrays {
  return {
    list: () => book.list(),
    async read(id) {
      const material = await book.read(id);
      if (material === undefined) return undefined;
      const { record } = material;
      const graph = parseActionGraph(material.graph);
      const earlier = await buildBefore(record);
      const before = earlier === undefined ? undefined : parseActionGraph(earlier.graph);
      return {
        record,
        xray: createXray(record, graph, before),
        processes: processTree(graph.actions, record),
      };
    },
  };

  /** The last build of the same program for the same target that came to its end. */
  async function buildBefore(record: XrayRecord): ReturnType<XrayBook['read']> {
    const target = targetId(record.target);
    const earlier = (await book.list()).find(
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
