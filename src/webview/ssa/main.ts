import type { PackedDocument } from '../../core/ssa/view/ssaDocument.js';
import type { SsaAnswer, SsaCalls, SsaNews } from '../../protocol/ssa.js';
import { element } from '../element.js';
import { connectHost } from '../hostLink.js';
import { explainAbsence } from './explainAbsence.js';
import { showExplorer, type Explorer } from './explorer.js';
import type { HeaderActions } from './header.js';
import { createSides, openSide, type Side, type Sides } from './sides.js';
import { listingText, passText } from './texts.js';
import type { ViewState } from './viewState.js';

const host = connectHost<SsaCalls, ViewState, SsaNews>();
const main = document.querySelector('main') ?? document.body;
const isAlone = document.body.dataset['standalone'] !== undefined;

/** What is on screen; a compile that fails later leaves it there. */
let shown: { readonly explorer: Explorer; readonly sides: Sides } | undefined;
/** The function as it was before the last edit. */
let previous: PackedDocument | undefined;
const script = host.ask('worker', undefined);

host.onNews((news) => {
  if (news.kind === 'changed') load();
  else shown?.explorer.follow(news);
});
load();

function load(): void {
  if (shown === undefined) main.replaceChildren(waiting());
  host.ask('load', undefined).then(receive).catch(fail);
}

async function receive(answer: SsaAnswer): Promise<void> {
  if (answer.kind !== 'dumped') {
    if (shown === undefined) main.replaceChildren(...explainAbsence(answer, host, load));
    else showStale(answer);
    return;
  }
  previous = shown?.sides.one.packed;
  const one = openSide(answer.document, await script);
  const kept = shown?.explorer.state ?? host.kept;
  show(one, undefined, kept);
  // The other target comes when it is compiled; until then there is something to look at.
  if (kept?.compared !== undefined) await compareWith(kept.compared);
}

function show(one: Side, other: Side | undefined, kept: ViewState | undefined): void {
  const before = shown?.sides;
  const sides = createSides(one, other);
  const explorer = showExplorer({
    sides,
    kept,
    actions: actionsFor(sides),
    onState: (state) => {
      host.keep(state);
    },
    onReveal: (place, focus) => {
      host.ask('reveal', { ...place, focus }).catch(fail);
    },
    onFailure: fail,
  });
  shown = { explorer, sides };
  main.replaceChildren(explorer.element);
  for (const side of [before?.one, before?.other])
    if (side !== undefined && side !== one && side !== other) side.analysis.close();
}

async function compareWith(target: string | undefined): Promise<void> {
  const found = await host.ask('compare', { target });
  if (found === undefined || shown === undefined) return;
  if (found.answer.kind !== 'dumped') {
    showNote(`Nothing to compare with: for ${found.target} the function does not compile, or is not there.`);
    return;
  }
  const { explorer, sides } = shown;
  const other = openSide(found.answer.document, await script, found.target);
  const state = { ...explorer.state, compared: found.target };
  host.keep(state);
  show(sides.one, other, state);
}

async function compareWithPrevious(packed: PackedDocument): Promise<void> {
  if (shown === undefined) return;
  const { explorer, sides } = shown;
  show(sides.one, openSide(packed, await script, 'before the edit'), explorer.state);
}

/** What can be done beside looking; a page without an editor can only copy. */
function actionsFor({ one, other }: Sides): HeaderActions {
  const before = previous;
  const guarded = (work: Promise<unknown>): void => {
    work.catch(fail);
  };
  const copy = {
    label: 'Copy pass',
    title: 'Copy the pass as text',
    act: ({ right }: ViewState) => {
      const what = one.model.dump.passes[right]?.name ?? '';
      guarded(host.ask('copy', { text: passText(one.model.dump, right), what }));
    },
  };
  if (isAlone) return [copy];
  return [
    ...(other === undefined
      ? [
          {
            label: 'Compare…',
            title: 'Set beside another target or level',
            act: () => {
              guarded(compareWith(undefined));
            },
          },
        ]
      : [
          {
            label: 'End comparison',
            title: 'Show the passes of one target again',
            act: (state: ViewState) => {
              const { compared, ...rest } = state;
              if (compared !== undefined) host.keep(rest);
              show(one, undefined, rest);
            },
          },
        ]),
    ...(before === undefined || other !== undefined
      ? []
      : [
          {
            label: 'Compare with before',
            title: 'Set beside the function as it was before the edit',
            act: () => {
              guarded(compareWithPrevious(before));
            },
          },
        ]),
    copy,
    {
      label: 'Open as text',
      title: 'Open the pass as a text document',
      act: ({ right }: ViewState) => {
        guarded(host.ask('openText', { text: passText(one.model.dump, right), language: 'go-ssa' }));
      },
    },
    {
      label: 'Open listing',
      title: 'Open the machine code as a text document',
      act: () => {
        guarded(host.ask('openText', { text: listingText(one.model), language: 'go-listing' }));
      },
    },
    {
      label: 'Export…',
      title: 'Save this view as one HTML file',
      act: () => {
        guarded(host.ask('export', undefined));
      },
    },
    {
      label: 'Other function…',
      title: 'Choose another function of the package',
      act: () => {
        guarded(host.ask('choose', undefined));
      },
    },
  ];
}

/** After an edit that does not compile: what was before stays, and says so. */
function showStale(answer: Exclude<SsaAnswer, { kind: 'dumped' }>): void {
  if (answer.kind === 'cancelled') return;
  const why =
    answer.kind === 'failed' ? (answer.problems[0]?.message ?? '') : 'the function is not there any more';
  showNote(`Shown as it was before: ${why}`);
}

function showNote(text: string): void {
  main.querySelector('.stale')?.remove();
  main.querySelector('.explorer')?.prepend(element('p', { class: 'stale failure', role: 'alert' }, text));
}

function fail(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  if (shown !== undefined) {
    showNote(text);
    return;
  }
  const again = element('button', { type: 'button', class: 'action' }, 'Compile again');
  again.addEventListener('click', load);
  main.replaceChildren(element('p', { class: 'failure', role: 'alert' }, text), element('p', {}, again));
}

function waiting(): HTMLElement {
  const cancel = element('button', { type: 'button', class: 'action' }, 'Cancel');
  cancel.addEventListener('click', () => {
    void host.ask('cancel', undefined);
  });
  return element(
    'div',
    { class: 'waiting', role: 'status' },
    element('p', {}, 'Compiling the package…'),
    element('div', { class: 'progress' }),
    cancel,
  );
}
