/** A piece of a text with references: plain text, or what stands between `${` and `}`. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly reference: Reference };

/** What a text refers to. */
export type Reference =
  /** `${version}`: a variable of the recipe or one that Crossbow gives. */
  | { readonly kind: 'variable'; readonly name: string }
  /** `${steps.NAME}` or `${steps.NAME/FILE}`: a file that a step makes. */
  | { readonly kind: 'step'; readonly step: string; readonly file?: string }
  /** `${env.NAME}`: a variable of the environment; empty where it is not set. */
  | { readonly kind: 'environment'; readonly name: string };

/** Variables that every recipe has without writing them. */
export const givenVariables = [
  'version',
  'commit',
  'date',
  'target',
  'goos',
  'goarch',
  'level',
  'outputs',
] as const;

/** A text's pieces. `$$` is a dollar; a `$` before anything but `{` stands for itself. Never throws. */
function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let rest = text;
  let plain = '';
  while (rest !== '') {
    const at = rest.indexOf('$');
    if (at < 0) {
      plain += rest;
      break;
    }
    plain += rest.slice(0, at);
    rest = rest.slice(at);
    const name = /^\$\{([^{}]*)\}/.exec(rest);
    if (name !== null) {
      if (plain !== '') found.push({ kind: 'text', text: plain });
      plain = '';
      found.push({ kind: 'reference', reference: toReference(name[1] ?? '') });
      rest = rest.slice(name[0].length);
      continue;
    }
    plain += '$';
    rest = rest.slice(rest.startsWith('$$') ? 2 : 1);
  }
  if (plain !== '') found.push({ kind: 'text', text: plain });
  return found;
}

/** All that a text refers to, in order. */
export function referencesIn(text: string): readonly Reference[] {
  return pieces(text).flatMap((it) => (it.kind === 'reference' ? [it.reference] : []));
}

/** The text with every reference replaced. */
export function replaceReferences(text: string, replace: (reference: Reference) => string): string {
  return pieces(text)
    .map((it) => (it.kind === 'text' ? it.text : replace(it.reference)))
    .join('');
}

/** As it is written. */
export function spellReference(reference: Reference): string {
  switch (reference.kind) {
    case 'variable':
      return `\${${reference.name}}`;
    case 'step':
      return `\${steps.${reference.step}${reference.file === undefined ? '' : `/${reference.file}`}}`;
    case 'environment':
      return `\${env.${reference.name}}`;
  }
}

function toReference(inside: string): Reference {
  const text = inside.trim();
  if (text.startsWith('env.')) return { kind: 'environment', name: text.slice(4) };
  if (!text.startsWith('steps.')) return { kind: 'variable', name: text };
  const path = text.slice('steps.'.length);
  const slash = path.indexOf('/');
  if (slash < 0) return { kind: 'step', step: path };
  return { kind: 'step', step: path.slice(0, slash), file: path.slice(slash + 1) };
}
