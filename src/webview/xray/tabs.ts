import { element } from '../element.js';

/** A part of the page, of which one is in sight; its content is made when it is first shown. */
export interface Tab {
  readonly name: string;
  content(): HTMLElement;
}

/** Tabs as the WAI-ARIA practices have them: arrows, Home and End move and show, Tab goes on into what is shown. */
export function createTabs(
  label: string,
  tabs: readonly Tab[],
  start: number,
  onShow: (index: number) => void,
): HTMLElement {
  const panels = tabs.map((tab, at) =>
    element('div', { role: 'tabpanel', id: `panel-${String(at)}`, 'aria-label': tab.name, hidden: true }),
  );
  const show = (index: number): void => {
    tabs.forEach((tab, at) => {
      const isShown = at === index;
      buttons[at]?.setAttribute('aria-selected', String(isShown));
      if (buttons[at] !== undefined) buttons[at].tabIndex = isShown ? 0 : -1;
      const panel = panels[at];
      if (panel === undefined) return;
      panel.hidden = !isShown;
      if (isShown && panel.childElementCount === 0) panel.append(tab.content());
    });
    onShow(index);
  };
  const buttons = tabs.map((tab, at) => {
    const button = element(
      'button',
      { type: 'button', role: 'tab', class: 'tab', 'aria-controls': `panel-${String(at)}` },
      tab.name,
    );
    button.addEventListener('click', () => {
      show(at);
    });
    return button;
  });
  const list = element('div', { role: 'tablist', 'aria-label': label, class: 'tabs' }, ...buttons);
  list.addEventListener('keydown', (event) => {
    const at = buttons.findIndex((it) => it === document.activeElement);
    const count = buttons.length;
    const next = {
      ArrowRight: (at + 1) % count,
      ArrowLeft: (at + count - 1) % count,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    show(next);
    buttons[next]?.focus();
  });
  show(Math.max(0, Math.min(start, tabs.length - 1)));
  return element('div', { class: 'tabbed' }, list, ...panels);
}
