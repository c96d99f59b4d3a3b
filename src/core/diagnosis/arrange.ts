import type { Evidence } from './diagnosis.js';
import type { Facts, Finding } from './finding.js';
import { type Clue, type Layer, layers } from './rule.js';

const evidenceLimit = 6;
const evidenceWidth = 400;
const findingLimit = 256;
const symbolLimit = 48;

/** A finding while the log still runs. */
interface Draft {
  clue: Clue;
  readonly block: number;
  readonly package: string | undefined;
  readonly target: string | undefined;
  readonly evidence: Evidence[];
  readonly symbols: string[];
}

export interface Findings {
  add(clue: Clue, at: ClueOrigin): void;
  /** Makes the clues of a block with this key hints. */
  withdraw(block: number, key: string): void;
  /** Whether anything was found in a block of the log. */
  hasBlock(block: number): boolean;
  /** Consequences folded away, root cause first. `isStatic`: the whole log shows a static link. */
  arrange(isStatic: boolean): readonly Finding[];
}

interface ClueOrigin {
  readonly line: number;
  readonly text: string;
  readonly block: number;
  readonly package: string | undefined;
  readonly target: string | undefined;
}

/** Collects clues. Memory is bounded: so many findings, each with so many lines. */
export function createFindings(): Findings {
  const drafts = new Map<string, Draft>();
  const blocks = new Set<number>();
  return {
    add(clue, at) {
      const key = [at.block, clue.cause, clue.detail, clue.key ?? ''].join('\0');
      let draft = drafts.get(key);
      if (draft === undefined) {
        if (drafts.size >= findingLimit) return;
        draft = {
          clue,
          block: at.block,
          package: at.package,
          target: at.target ?? clue.target,
          evidence: [],
          symbols: [],
        };
        drafts.set(key, draft);
        blocks.add(at.block);
      }
      if (draft.evidence.length < evidenceLimit && draft.evidence.at(-1)?.line !== at.line)
        draft.evidence.push({ line: at.line, text: clip(at.text) });
      const symbol = clue.facts?.symbol;
      if (symbol !== undefined && draft.symbols.length < symbolLimit && !draft.symbols.includes(symbol))
        draft.symbols.push(symbol);
    },
    withdraw(block, key) {
      for (const draft of drafts.values())
        if (draft.block === block && draft.clue.key === key)
          draft.clue = { ...draft.clue, confidence: 'hint' };
    },
    hasBlock: (block) => blocks.has(block),
    arrange(isStatic) {
      if (isStatic)
        for (const draft of drafts.values()) draft.clue = { ...draft.clue, ...draft.clue.whenStatic };
      const roots = rootsOfBlocks([...drafts.values()]);
      return withoutConsequences(mergeAlike(roots.sort(byRoot))).map(toFinding);
    },
  };
}

function clip(text: string): string {
  const trimmed = text.trim();
  return trimmed.length <= evidenceWidth ? trimmed : `${trimmed.slice(0, evidenceWidth - 1)}…`;
}

function depth(draft: Draft): number {
  return layers.indexOf(draft.clue.layer);
}

function byRoot(a: Draft, b: Draft): number {
  const hints = Number(a.clue.confidence === 'hint') - Number(b.clue.confidence === 'hint');
  return hints || depth(a) - depth(b) || (a.evidence[0]?.line ?? 0) - (b.evidence[0]?.line ?? 0);
}

/** Of what one action printed, only what is nearest to the root stays: findings of one cause, for there may be two libraries. */
function rootsOfBlocks(drafts: readonly Draft[]): Draft[] {
  const best = new Map<number, Draft>();
  for (const draft of drafts) {
    const other = best.get(draft.block);
    if (other === undefined || byRoot(draft, other) < 0) best.set(draft.block, draft);
  }
  return drafts.filter((draft) => {
    const root = best.get(draft.block);
    if (root === undefined || root.clue.confidence === 'hint') return true;
    return draft.clue.cause === root.clue.cause && draft.clue.confidence !== 'hint';
  });
}

/** Where one thing that is wrong is said in several ways at once: a wrong compiler, cgo that is off, a target Go doesn't have. */
const manyFaced: ReadonlySet<Layer> = new Set(['target', 'cgo', 'compiler']);

/** The same cause in two actions for the same target is one finding: the same wrong compiler, the same missing header. */
function mergeAlike(drafts: readonly Draft[]): Draft[] {
  const merged = new Map<string, Draft>();
  for (const draft of drafts) {
    const { cause, detail, key, layer } = draft.clue;
    const face = manyFaced.has(layer) && key === undefined ? '' : detail;
    const id = [cause, face, key ?? '', draft.target ?? ''].join('\0');
    const first = merged.get(id);
    if (first === undefined) merged.set(id, draft);
    else first.evidence.push(...draft.evidence.slice(0, Math.max(0, evidenceLimit - first.evidence.length)));
  }
  return [...merged.values()];
}

/** What C compilers and linkers say: worthless once the compiler is known to be the wrong one. Go's own errors stand. */
const ofCBuild: ReadonlySet<Layer> = new Set([
  'compiler',
  'libc',
  'flags',
  'headers',
  'link',
  'fallback',
  'warning',
]);

/** A wrong or missing compiler, a full disk or an illegal target explains what later actions of the same target print of C. */
function withoutConsequences(drafts: readonly Draft[]): Draft[] {
  const root = drafts[0];
  if (root === undefined || root.clue.confidence === 'hint') return [...drafts];
  const explains = depth(root) <= layers.indexOf('libc');
  if (!explains) return [...drafts];
  return drafts.filter(
    (draft) =>
      draft === root ||
      draft.clue.cause === root.clue.cause ||
      (draft.target !== undefined && root.target !== undefined && draft.target !== root.target) ||
      !ofCBuild.has(draft.clue.layer),
  );
}

function toFinding(draft: Draft): Finding {
  const { clue } = draft;
  const facts: Facts =
    draft.symbols.length > 1 ? { ...clue.facts, symbols: draft.symbols } : (clue.facts ?? {});
  return {
    cause: clue.cause,
    confidence: clue.confidence,
    detail: clue.detail,
    title: clue.title,
    ...(draft.package === undefined ? {} : { package: draft.package }),
    ...(draft.target === undefined ? {} : { target: draft.target }),
    evidence: draft.evidence,
    facts,
  };
}
