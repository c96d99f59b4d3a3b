import { chainText, needTexts, withoutText } from './reasonText.js';
import type { CgoReason, CgoRoute, SourcePlace, WhyCgo } from './whyCgo.js';

/** A row of the tree of reasons. */
export interface WhyCgoNode {
  /** Unique in the tree, and the same from answer to answer. */
  readonly id: string;
  readonly kind: 'program' | 'chain' | 'step' | 'need' | 'without' | 'alternative' | 'standard' | 'problem';
  readonly label: string;
  readonly description?: string;
  /** Where a click goes. */
  readonly place?: SourcePlace;
  /** What is copied, for chains: from the program to C. */
  readonly chain?: string;
  /** Whether its rows are in sight until somebody closes it. */
  readonly open: boolean;
  readonly children: readonly WhyCgoNode[];
}

/** The tree: for each program its chains, shortest first, each with its steps and what the package at its end needs. */
export function whyCgoTree(answer: WhyCgo): readonly WhyCgoNode[] {
  if (answer.kind !== 'known') return [];
  const chains = (main: string): readonly WhyCgoNode[] =>
    answer.packages.flatMap((reason) =>
      reason.routes.filter((it) => it.main === main).map((route) => chainNode(reason, route)),
    );
  const programs = answer.mains.filter((main) => chains(main).length > 0);
  const [only] = programs;
  const rows =
    only !== undefined && answer.mains.length === 1
      ? chains(only)
      : programs.map((main) => branch('program', main, main, chains(main), { open: true }));
  return [...rows, ...standardNodes(answer), ...answer.problems.map(problemNode)];
}

function chainNode(reason: CgoReason, route: CgoRoute): WhyCgoNode {
  const id = `${route.main} ${reason.importPath}`;
  const chain = chainText(route);
  const steps = route.steps.map((step, at) => {
    const next = route.steps[at + 1];
    return leaf('step', `${id} ${step.importPath}`, step.label, {
      description: next === undefined ? 'import "C"' : `imports ${next.label}`,
      ...(step.place === undefined ? {} : { place: step.place }),
      chain,
    });
  });
  const needs = needTexts(reason).map((text) => leaf('need', `${id} ${text}`, text));
  const { without, alternative } = reason;
  const outcome = leaf(
    'without',
    `${id} without`,
    withoutText(without),
    'place' in without ? { place: without.place } : {},
  );
  const instead =
    alternative === undefined
      ? []
      : [
          leaf('alternative', `${id} alternative`, `in pure Go: ${alternative.packages.join(' or ')}`, {
            description: alternative.note,
          }),
        ];
  const last = route.steps.at(-1)?.place;
  return branch(
    'chain',
    id,
    reason.label,
    [...steps, ...needs, ...directiveNodes(id, reason), outcome, ...instead],
    {
      description: chain,
      ...(last === undefined ? {} : { place: last }),
      chain,
    },
  );
}

/** Its `#cgo` lines as rows of one: some packages have dozens. */
function directiveNodes(id: string, { needs: { directives } }: CgoReason): readonly WhyCgoNode[] {
  if (directives.length === 0) return [];
  const rows = directives.map(({ text, place }) =>
    leaf('need', `${id} ${place.path}:${String(place.line)}`, text, { place }),
  );
  return [branch('need', `${id} directives`, '#cgo lines', rows, { description: String(rows.length) })];
}

function standardNodes({ standard }: Extract<WhyCgo, { kind: 'known' }>): readonly WhyCgoNode[] {
  if (standard.length === 0) return [];
  const rows = standard.map(({ importPath, label, routes: [route] }) =>
    leaf(
      'step',
      `standard ${importPath}`,
      label,
      route === undefined ? {} : { description: chainText(route), chain: chainText(route) },
    ),
  );
  return [branch('standard', 'standard', 'Standard library', rows, { description: 'built without C, too' })];
}

function problemNode({
  importPath,
  message,
}: {
  readonly importPath: string;
  readonly message: string;
}): WhyCgoNode {
  return leaf('problem', `problem ${importPath} ${message}`, importPath === '' ? 'A module' : importPath, {
    description: message.trim(),
  });
}

type Extras = Partial<Pick<WhyCgoNode, 'description' | 'place' | 'chain'>>;

function leaf(kind: WhyCgoNode['kind'], id: string, label: string, extras: Extras = {}): WhyCgoNode {
  return { id, kind, label, open: false, children: [], ...extras };
}

function branch(
  kind: WhyCgoNode['kind'],
  id: string,
  label: string,
  children: readonly WhyCgoNode[],
  extras: Extras & { readonly open?: boolean } = {},
): WhyCgoNode {
  return { id, kind, label, children, open: false, ...extras };
}
