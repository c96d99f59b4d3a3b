import { kindNames } from '../../core/insight/xray/kindTexts.js';
import type { ActionKind } from '../../core/insight/xray/xray.js';
import type { ViewAction } from '../../core/insight/xray/xraySubject.js';
import { element } from '../element.js';

/** What is shown: actions that hold the text, of kinds that are not hidden. */
export interface Filter {
  readonly text: string;
  readonly hidden: readonly ActionKind[];
  readonly criticalOnly: boolean;
}

export const everything: Filter = { text: '', hidden: [], criticalOnly: false };

export function passes(filter: Filter): (action: ViewAction) => boolean {
  const text = filter.text.toLowerCase();
  const hidden = new Set(filter.hidden);
  return (action) =>
    !hidden.has(action.kind) &&
    (!filter.criticalOnly || action.critical) &&
    (text === '' || `${action.label} ${action.mode}`.toLowerCase().includes(text));
}

/** A search box, and a switch for each kind there is, which is the legend of the colours as well. */
export function filterBar(
  actions: readonly ViewAction[],
  start: Filter,
  onChange: (filter: Filter) => void,
  ...more: readonly HTMLElement[]
): HTMLElement {
  let filter = start;
  const change = (part: Partial<Filter>): void => {
    filter = { ...filter, ...part };
    onChange(filter);
  };
  const search = element('input', {
    type: 'search',
    class: 'search',
    placeholder: 'Filter by package, file or action',
    'aria-label': 'Filter by package, file or action',
    value: start.text,
  });
  search.addEventListener('input', () => {
    change({ text: search.value.trim() });
  });
  const present = new Set(actions.map((it) => it.kind));
  const kinds = (Object.keys(kindNames) as ActionKind[]).filter((it) => present.has(it));
  const switches = kinds.map((kind) =>
    toggle(kindNames[kind], !filter.hidden.includes(kind), kind, (shown) => {
      change({ hidden: shown ? filter.hidden.filter((it) => it !== kind) : [...filter.hidden, kind] });
    }),
  );
  const critical = toggle('Critical path only', filter.criticalOnly, 'critical', (criticalOnly) => {
    change({ criticalOnly });
  });
  return element(
    'div',
    { class: 'bar', role: 'toolbar', 'aria-label': 'What is shown' },
    search,
    ...switches,
    critical,
    ...more,
  );
}

function toggle(
  name: string,
  pressed: boolean,
  swatch: string,
  onToggle: (pressed: boolean) => void,
): HTMLElement {
  const mark = element('span', { class: `swatch ${swatch}`, 'aria-hidden': 'true' });
  const button = element(
    'button',
    { type: 'button', class: 'toggle', 'aria-pressed': pressed ? 'true' : 'false' },
    mark,
    name,
  );
  button.addEventListener('click', () => {
    const now = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(now));
    onToggle(now);
  });
  return button;
}
