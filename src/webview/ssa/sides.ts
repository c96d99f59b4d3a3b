import { createSsaModel, type SsaModel } from '../../core/ssa/view/createSsaModel.js';
import { findLit, type Lit, type Selection } from '../../core/ssa/view/selection.js';
import { translateSelection } from '../../core/ssa/view/translateSelection.js';
import { openDocument } from '../../core/ssa/view/openDocument.js';
import type { PackedDocument, SsaDocument } from '../../core/ssa/view/ssaDocument.js';
import { startAnalysis, type Analysis } from './analysis.js';
import type { SideName } from './viewState.js';

/** A dump on screen, with what is worked out about it. */
export interface Side {
  /** What tells it from the other: the target, or `before the edit`. */
  readonly title: string;
  readonly document: SsaDocument;
  readonly model: SsaModel;
  readonly analysis: Analysis;
  /** The document as it came, for the worker. */
  readonly packed: PackedDocument;
}

/** The dump that the view is about, and one that it is compared with. */
export interface Sides {
  readonly one: Side;
  readonly other: Side | undefined;
  lit(side: SideName): Lit;
  /** Works out what the first click needs, while nobody waits for it. */
  prepare(): void;
  /** Lights both for a selection in one of them. */
  select(side: SideName, selection: Selection): void;
}

/** Reads a document; `script` is the worker's. */
export function openSide(packed: PackedDocument, script: string, title?: string): Side {
  const document = openDocument(packed);
  const { dump, assembly } = document;
  return {
    title: title ?? dump.func.origin?.target ?? dump.func.name,
    document,
    model: createSsaModel(dump, assembly),
    analysis: startAnalysis(script),
    packed,
  };
}

export function createSides(one: Side, other: Side | undefined): Sides {
  const lit: Record<SideName, Lit> = {
    one: findLit(one.model, { kind: 'none' }),
    other: findLit((other ?? one).model, { kind: 'none' }),
  };
  return {
    one,
    other,
    lit: (side) => lit[side],
    prepare() {
      for (const side of [one, ...(other === undefined ? [] : [other])]) {
        side.model.places();
        side.model.life(0, 0);
      }
    },
    select(side, selection) {
      for (const [name, shown] of [
        ['one', one],
        ['other', other],
      ] as const) {
        if (shown === undefined) continue;
        const from = side === 'one' ? one.model : (other ?? one).model;
        const own = name === side ? selection : translateSelection(from, selection, shown.model.dump);
        lit[name] = findLit(shown.model, own);
      }
    },
  };
}
