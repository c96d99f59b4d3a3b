import type { ActionCommand } from '../../core/insight/xray/actionCommands.js';
import { formatTime, kindNames, stateNames } from '../../core/insight/xray/kindTexts.js';
import type { XrayFailure } from '../../core/insight/xray/xray.js';
import type { ViewAction } from '../../core/insight/xray/xraySubject.js';
import { element } from '../element.js';

/** What the page can do for the details. */
export interface DetailActions {
  readonly commands: (id: number) => Promise<readonly ActionCommand[]>;
  readonly copy: (line: string) => Promise<void>;
}

/** Everything about one action, its commands when they have come. */
export function actionDetails(
  action: ViewAction,
  failure: XrayFailure | undefined,
  { commands, copy }: DetailActions,
): HTMLElement {
  const { start, end, waited, cpu } = action;
  const facts = [
    kindNames[action.kind],
    stateNames[action.state],
    ...(start === undefined || end === undefined
      ? []
      : [`${formatTime(end - start)}, from ${formatTime(start)} to ${formatTime(end)}`]),
    ...(waited === undefined || waited < 1 ? [] : [`waited ${formatTime(waited)} for a free processor`]),
    ...(cpu === undefined ? [] : [`CPU: user ${formatTime(cpu.user)}, system ${formatTime(cpu.system)}`]),
    ...(action.critical ? ['on the critical path'] : []),
  ];
  const list = element('div', { class: 'commands' });
  if (action.commands > 0) {
    commands(action.id).then(
      (found) => {
        list.replaceChildren(...found.map((it) => commandElement(it, copy)));
      },
      (error: unknown) => {
        list.textContent = error instanceof Error ? error.message : String(error);
      },
    );
  }
  return element(
    'div',
    {},
    element('h2', {}, action.label),
    element('p', {}, facts.join('; ')),
    ...(action.package === undefined
      ? []
      : [element('p', { class: 'quiet' }, `${action.package}, Go’s word for it: ${action.mode}`)]),
    ...(failure === undefined ? [] : [failureElement(failure)]),
    list,
  );
}

/** A command that wraps, with a button that copies it. */
export function commandElement({ line, time }: ActionCommand, copy: DetailActions['copy']): HTMLElement {
  const button = element('button', { type: 'button', class: 'action' }, 'Copy');
  button.addEventListener('click', () => {
    void copy(line).then(() => {
      button.textContent = 'Copied';
    });
  });
  return element(
    'div',
    { class: 'command' },
    element('code', {}, line),
    element(
      'div',
      {},
      button,
      time === undefined ? '' : element('span', { class: 'quiet' }, ` ${formatTime(time.real)}`),
    ),
  );
}

/** What was said where the build failed. */
export function failureElement({ package: path, diagnoses, said }: XrayFailure): HTMLElement {
  const titles = diagnoses.map((it) => element('p', { class: 'failure' }, it.title));
  return element(
    'div',
    { class: 'said' },
    ...(titles.length === 0 && path !== undefined
      ? [element('p', { class: 'failure' }, `The build failed in ${path}.`)]
      : titles),
    ...(said.length === 0 ? [] : [element('pre', {}, said.join('\n'))]),
  );
}
