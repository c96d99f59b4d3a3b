import type { Mark } from '../../core/ssa/view/diffMarks.js';
import type { Role } from '../../core/ssa/view/selection.js';
import type { Token } from '../../core/ssa/view/rowTokens.js';
import { element } from '../element.js';

const markSigns: Readonly<Record<Mark, string>> = { added: '+', removed: '−', rewritten: '~', moved: '⇄' };
const roleSigns: Readonly<Record<Role, string>> = { main: '●', arg: '←', use: '→' };
const roleWords: Readonly<Record<Role, string>> = { main: 'selected', arg: 'argument', use: 'use' };

/** The edge of a line: what changed, and what it has to do with the selection; in signs, so that no colour is needed. */
export function gutter(mark: Mark | undefined, role: Role | undefined): HTMLElement {
  const title = [mark, role && roleWords[role]].filter((it) => it !== undefined).join(', ');
  return element(
    'span',
    { class: 'gutter', title: title === '' ? undefined : title },
    `${mark === undefined ? ' ' : markSigns[mark]}${role === undefined ? ' ' : roleSigns[role]} `,
  );
}

/** A piece of a line; ids of values and blocks can be pointed at. */
export function tokenNode({ text, kind, id }: Token, role: Role | undefined): Node {
  if (kind === 'plain') return document.createTextNode(text);
  return element(
    'span',
    { class: `${kind}${role === undefined ? '' : ` lit-${role}`}`, [`data-${kind}`]: id },
    text,
  );
}

/** The value, block or position that a click hit. */
export function hitToken(
  target: Element | undefined,
): { readonly kind: 'value' | 'block' | 'position'; readonly id: number } | undefined {
  const token = target?.closest<HTMLElement>('[data-value], [data-block], [data-position]');
  if (token === null || token === undefined) return undefined;
  for (const kind of ['value', 'block', 'position'] as const) {
    const id = token.dataset[kind];
    if (id !== undefined) return { kind, id: Number(id) };
  }
  return undefined;
}
