import { printBlockEnd } from '../blockLine.js';
import { entry } from '../entry.js';
import { readFlowGraph } from '../flow/flowGraph.js';
import { findFlowFacts, layoutFlow, type FlowBox, type FlowLayout } from '../flow/layoutFlow.js';
import type { BlockState, SsaDump } from '../model.js';
import { blocksOf } from '../passDiff.js';

/** A block as it is drawn. References to other blocks are numbers: places in the list. */
export interface PictureBlock {
  readonly id: number;
  readonly box: FlowBox;
  /** How the block ends: `If v57`, without its targets. */
  readonly end: string;
  readonly values: number;
  /** How many loops it is in, and whether it heads one. */
  readonly depth: number;
  readonly isHead: boolean;
  readonly isReached: boolean;
  /** Its immediate dominator; -1 for none. */
  readonly idom: number;
  readonly succs: readonly number[];
  readonly preds: readonly number[];
}

/** Control flow of one pass, laid out. */
export interface FlowPicture extends Pick<FlowLayout, 'width' | 'height' | 'edges'> {
  readonly blocks: readonly PictureBlock[];
}

/** Sizes in CSS pixels: of a letter of a block's text, and of a block without it. */
const letter = 7;
const box = { width: 28, height: 40, least: 104, most: 260 };

/** What is drawn of the control flow of a pass; for a worker, since large functions have some thousand blocks. */
export function flowPicture(dump: SsaDump, pass: number): FlowPicture {
  const graph = readFlowGraph(dump, pass);
  const facts = findFlowFacts(graph);
  const states = blocksOf(dump, pass);
  const ends = states.map((it) => endText(it, dump.strings));
  const sizes = ends.map((it) => ({
    width: Math.min(box.most, Math.max(box.least, it.length * letter + box.width)),
    height: box.height,
  }));
  const { width, height, boxes, edges } = layoutFlow(graph, facts, sizes);
  const heads = new Set(facts.forest.loops.map((it) => it.head));
  const blocks = states.map(({ id, values }, number): PictureBlock => ({
    id,
    box: entry(boxes, number),
    end: entry(ends, number),
    values: values.length,
    depth: entry(facts.forest.depth, number),
    isHead: heads.has(number),
    isReached: entry(facts.dominators.place, number) >= 0,
    idom: entry(facts.dominators.idom, number),
    succs: entry(graph.succs, number),
    preds: entry(graph.preds, number),
  }));
  return { width, height, edges, blocks };
}

/** The targets are what the lines of the picture show. */
function endText(block: BlockState, strings: readonly string[]): string {
  const { kind, aux, controls } = block;
  return printBlockEnd(
    { kind, ...(aux === undefined ? {} : { aux }), ...(controls === undefined ? {} : { controls }) },
    strings,
  );
}
