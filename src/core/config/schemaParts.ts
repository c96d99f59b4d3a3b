import * as v from 'valibot';

/** Pieces that several blocks of crossbow.yaml's schema are made of. */

type About = {
  readonly title: string;
  readonly description: string;
  readonly examples: unknown[];
};

export function about<T>(
  title: string,
  description: string,
  examples: unknown[] = [],
): v.MetadataAction<T, About> {
  return v.metadata({ title, description, examples });
}

export const text = v.pipe(v.string('must be text'), v.nonEmpty('must not be empty'));

/** YAML reads `GOARM: 7` as a number; a variable's value is text all the same. */
const environmentValue = v.union(
  [v.string(), v.number(), v.boolean()],
  'must be text, a number, true or false',
);

export const environment = v.record(v.string(), environmentValue);

/** `true` and `false` are what people write for on and off. */
export const cgo = v.union([v.picklist(['auto', 'on', 'off']), v.boolean()], 'must be `auto`, `on` or `off`');

export const tags = v.union([v.array(text), text], 'must be a list of build tags');

export const cgoDescription =
  '`on` builds with cgo, `off` without. `auto` is on where Go supports cgo for the target and a proven C toolchain is there.';

/** Read as it stands in the file: `1.10` is a version and `0644` a mode, which YAML would take for numbers. */
export const asWritten = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'must be text, a number, true or false'),
  v.metadata({ asWritten: true }),
);

export const texts = v.union([text, v.array(text)], 'must be text or a list of texts');

export const flag = v.boolean('must be `true` or `false`');
