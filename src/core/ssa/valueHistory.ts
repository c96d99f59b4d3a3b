import { entry } from './entry.js';
import { entityAt, placeOf, type Entity, type EntityIndex, type PlacedValue } from './entities.js';
import type { SsaDump } from './model.js';
import { blocksOf, placedValues } from './passDiff.js';
import { changedAspects, type ValueAspect } from './valueAspects.js';

/** A value from the pass that made it to the instructions it became. */
export interface ValueHistory {
  readonly entity: Entity;
  /** The pass that made it first, then each that did something to it. */
  readonly steps: readonly HistoryStep[];
  /** Indices into `SsaDump.code`; empty for a value that did not live until then. */
  readonly instructions: readonly number[];
  /** What took its place where it was used, for a value that a pass removed; undefined where nothing did. */
  readonly heir?: Heir;
}

export interface HistoryStep extends PlacedValue {
  /** The first pass of which this is true. */
  readonly pass: number;
  /** Against the step before; empty for the first. */
  readonly aspects: readonly ValueAspect[];
  /** Id of the block it came from, where it moved. */
  readonly from?: number;
}

/** A value of the pass after the last one of another. */
export interface Heir {
  readonly id: number;
  readonly pass: number;
}

/** The history of the value that has an id in a pass; undefined if none has. */
export function valueHistory(
  dump: SsaDump,
  entities: EntityIndex,
  id: number,
  pass: number,
): ValueHistory | undefined {
  const entity = entityAt(entities, id, pass);
  if (entity === undefined) return undefined;
  const { steps, last } = entity;
  const told: HistoryStep[] = [];
  for (let at = 0; at < steps.length; at += 3) {
    const value = entry(steps, at + 1);
    const block = entry(steps, at + 2);
    const before = told.at(-1);
    told.push({
      pass: entry(steps, at),
      value,
      block,
      aspects:
        before === undefined
          ? []
          : changedAspects(entry(dump.values, before.value), entry(dump.values, value)),
      ...(before === undefined || before.block === block ? {} : { from: before.block }),
    });
  }
  const isFinal = last === dump.passes.length - 1;
  const heir = isFinal ? undefined : findHeir(dump, entities, entity);
  return {
    entity,
    steps: told,
    instructions: isFinal ? instructionsOf(dump, id) : [],
    ...(heir === undefined ? {} : { heir }),
  };
}

/** Indices of the instructions made for a value of the last pass. */
function instructionsOf({ code }: SsaDump, id: number): readonly number[] {
  return code.flatMap((it, index) => (it.value === id ? [index] : []));
}

/**
 * The compiler does not say what it puts in a value's place, but those who used it tell: the argument that stands where
 * it stood, in the next pass. A copy is replaced by its argument. Of several the most frequent.
 */
function findHeir(dump: SsaDump, entities: EntityIndex, { id, last }: Entity): Heir | undefined {
  const next = last + 1;
  const votes = new Map<number, number>();
  const vote = (to: number | undefined): void => {
    if (to === undefined || to < 0 || entityAt(entities, to, next) === undefined) return;
    votes.set(to, (votes.get(to) ?? 0) + 1);
  };
  for (const [userId, { value }] of placedValues(dump, last)) {
    const before = entry(dump.values, value);
    if (dump.strings[before.op] === 'Copy' && userId === id) vote(before.args?.[0]);
    if (before.args?.includes(id) !== true) continue;
    const user = entityAt(entities, userId, last);
    const place = user === undefined ? undefined : placeOf(user, next);
    if (place === undefined) continue;
    const after = entry(dump.values, place.value);
    // With another op the arguments have other meanings.
    if (after.op !== before.op || after.args?.length !== before.args.length) continue;
    before.args.forEach((arg, index) => {
      if (arg === id) vote(after.args?.[index]);
    });
  }
  const ends = new Map(blocksOf(dump, next).map((it) => [it.id, it]));
  for (const { id: block, kind, controls } of blocksOf(dump, last)) {
    const after = ends.get(block);
    if (after?.kind !== kind) continue;
    controls?.forEach((control, index) => {
      if (control === id) vote(after.controls?.[index]);
    });
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  return best === undefined ? undefined : { id: best[0], pass: next };
}
