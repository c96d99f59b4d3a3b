import { parseQuery } from '../../core/ssa/searchQuery.js';
import { countHits, search, type SearchHits } from '../../core/ssa/search.js';
import type { SsaModel } from '../../core/ssa/view/createSsaModel.js';
import { element } from '../element.js';
import type { Store } from './viewState.js';

export interface SearchBar {
  readonly element: HTMLElement;
  /** Undefined while nothing is searched for. */
  hits(): SearchHits | undefined;
  /** Hits by pass; empty while nothing is searched for. */
  counts(): readonly number[];
  focus(): void;
}

interface SearchOptions {
  onHits(): void;
  onStep(by: 1 | -1): void;
}

/** A search over all passes at once, with what can be asked for in its title. */
export function createSearchBar(model: SsaModel, store: Store, options: SearchOptions): SearchBar {
  let hits: SearchHits | undefined;
  let counts: readonly number[] = [];
  const input = element('input', {
    type: 'search',
    placeholder: 'Search: v12 b3 op:add type:int reg:AX var:x line:40',
    'aria-label': 'Search values of all passes',
    title:
      'v12 and b3 by id; op:, type:, aux:, reg:, var:, line:40-45; any other word. Enter goes to the next.',
    spellcheck: 'false',
    value: store.state.query,
  });
  const count = element('span', { class: 'quiet count', role: 'status' });
  const only = element(
    'button',
    {
      type: 'button',
      class: 'toggle',
      'aria-pressed': 'false',
      title: 'Show only the lines that were found',
    },
    'Only found',
  );
  const find = (query: string): void => {
    const terms = parseQuery(query);
    hits = terms.length === 0 ? undefined : search(model.dump, terms);
    counts = hits === undefined ? [] : countHits(model.dump, hits);
  };
  const tell = (): void => {
    const here = counts[store.state.right];
    count.textContent = here === undefined ? '' : `${here.toLocaleString('en')} here`;
    only.setAttribute('aria-pressed', store.state.onlyFound ? 'true' : 'false');
  };
  input.addEventListener('input', () => {
    store.update({ query: input.value });
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    options.onStep(event.shiftKey ? -1 : 1);
    event.preventDefault();
  });
  only.addEventListener('click', () => {
    store.update({ onlyFound: !store.state.onlyFound });
  });
  store.onChange((state, before) => {
    if (state.query !== before.query) {
      if (input.value !== state.query) input.value = state.query;
      find(state.query);
      options.onHits();
    } else if (state.onlyFound !== before.onlyFound) options.onHits();
    tell();
  });
  find(store.state.query);
  tell();
  return {
    element: element('div', { class: 'search', role: 'search' }, input, count, only),
    hits: () => hits,
    counts: () => counts,
    focus: () => {
      input.focus();
      input.select();
    },
  };
}
