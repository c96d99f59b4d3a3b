import { entry } from '../../core/ssa/entry.js';
import type { ValueHistory } from '../../core/ssa/valueHistory.js';
import type { SsaModel } from '../../core/ssa/view/createSsaModel.js';
import type { Selection } from '../../core/ssa/view/selection.js';
import { printValue } from '../../core/ssa/valueLine.js';
import { printBlockEnd } from '../../core/ssa/blockLine.js';
import { blocksOf } from '../../core/ssa/passDiff.js';
import type { Frame } from '../../core/ssa/model.js';
import { element } from '../element.js';

interface DetailsOptions {
  onSelect(selection: Selection): void;
  onOpen(selection: Selection): void;
  onPass(pass: number): void;
  /** Shows only what a search finds. */
  onOnly(query: string): void;
}

/** Shown at once in a row of references; who wants all of them looks at the columns. */
const mostShown = 24;

/** What is known of the selection: arguments, uses, history, instructions, place. */
export interface Details {
  readonly element: HTMLElement;
  show(selection: Selection): void;
  /** The history of the value that is shown, which is worked out elsewhere. */
  tell(selection: Selection, history: ValueHistory | undefined): void;
}

export function createDetails(model: SsaModel, options: DetailsOptions): Details {
  const { dump } = model;
  const about = element('div', { class: 'about' });
  const past = element('ol', { class: 'history', 'aria-label': 'History of the value' });
  const box = element('section', { class: 'details', 'aria-label': 'Selection' }, about, past);
  let shown: Selection = { kind: 'none' };

  const link = (text: string, act: () => void, title?: string): HTMLElement => {
    const button = element('button', { type: 'button', class: 'link', title }, text);
    button.addEventListener('click', act);
    return button;
  };
  const valueLinks = (ids: readonly number[], pass: number): readonly Node[] =>
    ids.slice(0, mostShown).map((id) =>
      link(
        `v${id}`,
        () => {
          options.onSelect({ kind: 'value', id, pass });
        },
        valueText(pass, id),
      ),
    );
  const blockLinks = (ids: readonly number[], pass: number): readonly Node[] =>
    ids.slice(0, mostShown).map((id) =>
      link(`b${id}`, () => {
        options.onSelect({ kind: 'block', id, pass });
      }),
    );
  const row = (name: string, links: readonly Node[], count = links.length): readonly Node[] =>
    links.length === 0
      ? []
      : [
          element(
            'p',
            { class: 'refs' },
            element('span', { class: 'quiet' }, name),
            ...links,
            ...(count > links.length ? [`and ${String(count - links.length)} more`] : []),
          ),
        ];
  const placeLink = (place: Frame): HTMLElement => {
    const path = dump.files[place.file] ?? '';
    return link(
      `${path.slice(path.lastIndexOf('/') + 1)}:${String(place.line)}`,
      () => {
        options.onOpen({ kind: 'place', place });
      },
      `Open ${path}`,
    );
  };

  /** Searches that leave a line's values, or a variable's, and hide the rest. */
  function onlyLinks(line: number | undefined, names: readonly number[]): readonly Node[] {
    const variables = new Set(names.flatMap((it) => /^[^.[]+/.exec(dump.strings[it] ?? '') ?? []));
    return [
      ...(line === undefined ? [] : [[`line ${line}`, `line:${line}`] as const]),
      ...[...variables].map((it) => [it, `var:${it}`] as const),
    ].map(([text, query]) =>
      link(
        text,
        () => {
          options.onOnly(query);
        },
        `Hide what is not of ${text}`,
      ),
    );
  }

  function valueText(pass: number, id: number): string | undefined {
    const state = model.stateOf(pass, id);
    return state === undefined ? undefined : printValue(entry(dump.values, state), dump.strings);
  }

  function aboutValue(id: number, pass: number): readonly Node[] {
    const state = model.stateOf(pass, id);
    if (state === undefined) return [];
    const value = entry(dump.values, state);
    const { values, blocks } = model.uses(pass, id);
    const place = model.places().of(value);
    const callers = model.places().callers(value);
    return [
      element(
        'h2',
        {},
        element('code', {}, printValue(value, dump.strings)),
        element('span', { class: 'quiet' }, ` after ${entry(dump.passes, pass).name}`),
      ),
      ...row(
        'Made of',
        valueLinks([...new Set(value.args?.filter((it) => it >= 0))], pass),
        value.args?.length,
      ),
      ...row(
        'Used by',
        [...valueLinks(values, pass), ...blockLinks(blocks, pass)],
        values.length + blocks.length,
      ),
      ...row('From', [...callers, ...(place === undefined ? [] : [place])].map(placeLink)),
      ...row('Only', onlyLinks(place?.line, value.names ?? [])),
    ];
  }

  function aboutBlock(id: number, pass: number): readonly Node[] {
    const block = blocksOf(dump, pass).find((it) => it.id === id);
    if (block === undefined) return [];
    return [
      element(
        'h2',
        {},
        element('code', {}, `b${id}: ${printBlockEnd(block, dump.strings)}`),
        element('span', { class: 'quiet' }, ` after ${entry(dump.passes, pass).name}`),
      ),
      ...row('Comes from', blockLinks(block.preds ?? [], pass), block.preds?.length),
      ...row('Goes to', blockLinks(block.succs ?? [], pass), block.succs?.length),
      ...row('Decided by', valueLinks(block.controls ?? [], pass)),
    ];
  }

  return {
    element: box,
    show(selection) {
      shown = selection;
      past.replaceChildren();
      switch (selection.kind) {
        case 'none':
          about.replaceChildren(
            element(
              'p',
              { class: 'quiet' },
              'Choose a value, a block or a line: it lights up in every column.',
            ),
          );
          break;
        case 'value':
          about.replaceChildren(...aboutValue(selection.id, selection.pass));
          break;
        case 'block':
          about.replaceChildren(...aboutBlock(selection.id, selection.pass));
          break;
        case 'place':
          about.replaceChildren(
            element('h2', {}, 'Made for this line'),
            ...row('Line', [placeLink(selection.place)]),
            ...row('Only', onlyLinks(selection.place.line, [])),
          );
          break;
      }
    },
    tell(selection, history) {
      if (selection !== shown || history === undefined) return;
      past.replaceChildren(...historyItems(history));
    },
  };

  function historyItems({ entity, steps, instructions, heir }: ValueHistory): readonly HTMLElement[] {
    const item = (pass: number, text: string, what: string): HTMLElement =>
      element(
        'li',
        {},
        link(
          entry(dump.passes, pass).name,
          () => {
            options.onPass(pass);
          },
          'Show this pass',
        ),
        element('span', { class: 'quiet' }, ` ${what} `),
        element('code', {}, text),
      );
    const items = steps.map(({ pass, value, block, aspects, from }, index) => {
      const changes = [...aspects, ...(from === undefined ? [] : [`moved from b${from} to b${block}`])];
      return item(
        pass,
        printValue(entry(dump.values, value), dump.strings),
        index === 0 ? 'made it' : `changed ${changes.join(', ')}`,
      );
    });
    for (const index of instructions) {
      const { pc, text } = entry(dump.code, index);
      const line = (dump.strings[text] ?? '').replaceAll('\t', ' ');
      items.push(
        element(
          'li',
          {},
          element('span', { class: 'quiet' }, 'became '),
          element('code', {}, `${pc} ${line}`),
        ),
      );
    }
    const gone = dump.passes[entity.last + 1];
    if (gone !== undefined) {
      const last = element(
        'li',
        {},
        link(gone.name, () => {
          options.onPass(entity.last + 1);
        }),
        ' removed it',
      );
      if (heir !== undefined) last.append('; in its place: ', ...valueLinks([heir.id], heir.pass));
      items.push(last);
    }
    return items;
  }
}
