import type { SsaAnswer, SsaCalls, SsaNews } from '../../protocol/ssa.js';
import { element } from '../element.js';
import type { HostLink } from '../hostLink.js';
import type { ViewState } from './viewState.js';

/** Why there is nothing to show, and what can be done. */
export function explainAbsence(
  answer: Exclude<SsaAnswer, { kind: 'dumped' }>,
  host: HostLink<SsaCalls, SsaNews, ViewState>,
  onAgain: () => void,
): readonly HTMLElement[] {
  const link = (text: string, act: () => void): HTMLElement => {
    const button = element('button', { type: 'button', class: 'link' }, text);
    button.addEventListener('click', act);
    return button;
  };
  const place = (file: string, line: number): HTMLElement =>
    link(`${file}:${String(line)}`, () => {
      void host.ask('reveal', { file, line, focus: true });
    });
  const button = element('button', { type: 'button', class: 'action' }, 'Compile again');
  button.addEventListener('click', onAgain);
  const again = element('p', {}, button);

  switch (answer.kind) {
    case 'cancelled':
      return [element('p', { role: 'status' }, 'The compile was cancelled.'), again];
    case 'failed':
      return [
        element('h1', {}, 'The package does not compile'),
        element(
          'ul',
          { class: 'failure', role: 'alert' },
          ...answer.problems.map(({ file, line, message }) =>
            element('li', {}, ...(file === undefined ? [] : [place(file, line ?? 1), ' ']), message),
          ),
        ),
        again,
      ];
    case 'no-function': {
      const { inlinedAt, nearest } = answer;
      return [
        element('h1', {}, 'The compiler made no such function'),
        ...(inlinedAt.length === 0
          ? []
          : [
              element('p', {}, 'It has no code of its own: calls of it were replaced by its body, here:'),
              element(
                'ul',
                {},
                ...inlinedAt.flatMap(({ file, line }) =>
                  file === undefined ? [] : [element('li', {}, place(file, line ?? 1))],
                ),
              ),
            ]),
        ...(nearest.length === 0
          ? []
          : [
              element('p', {}, 'Functions of this package with a name like it:'),
              element(
                'ul',
                {},
                ...nearest.map((name) =>
                  element(
                    'li',
                    {},
                    link(name, () => {
                      void host.ask('open', { name });
                    }),
                  ),
                ),
              ),
            ]),
        again,
      ];
    }
  }
}
