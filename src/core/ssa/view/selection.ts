import { placeOf, type Entity } from '../entities.js';
import { entry } from '../entry.js';
import type { Frame } from '../model.js';
import { blocksOf } from '../passDiff.js';
import type { SsaModel } from './createSsaModel.js';
import { placeKey } from './places.js';

/** What a person pointed at; ids mean what they mean in the pass, for the compiler uses them again. */
export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'value'; readonly id: number; readonly pass: number }
  | { readonly kind: 'block'; readonly id: number; readonly pass: number }
  | { readonly kind: 'place'; readonly place: Frame };

/** How a thing has to do with what was selected: it is it, it is what that is made of, it is what is made of that. */
export type Role = 'main' | 'arg' | 'use';

/** What lights up. */
export interface Lit {
  /** Of a pass: roles by id of the value. */
  values(pass: number): ReadonlyMap<number, Role>;
  /** Of a pass: the block that is selected. */
  block(pass: number): number | undefined;
  /** Roles by `placeKey`. */
  readonly places: ReadonlyMap<string, Role>;
  /** Roles by index into `SsaDump.code`. */
  readonly code: ReadonlyMap<number, Role>;
}

const nothing: Lit = {
  values: () => new Map(),
  block: () => undefined,
  places: new Map(),
  code: new Map(),
};

export function findLit(model: SsaModel, selection: Selection): Lit {
  switch (selection.kind) {
    case 'none':
      return nothing;
    case 'value':
      return litByValue(model, selection.id, selection.pass);
    case 'block':
      return litByBlock(model, selection.id, selection.pass);
    case 'place':
      return litByPlace(model, selection.place);
  }
}

function litByValue(model: SsaModel, id: number, pass: number): Lit {
  const entity = model.life(id, pass);
  if (entity === undefined) return nothing;
  const last = model.dump.passes.length - 1;
  const state = model.stateOf(pass, id);
  const place = state === undefined ? undefined : model.places().of(entry(model.dump.values, state));
  const values = perPass((at) => rolesAround(model, entity, at));
  const final = values(last);
  const code = new Map<number, Role>();
  model.dump.code.forEach(({ value }, index) => {
    const role = value === undefined ? undefined : final.get(value);
    if (role !== undefined) code.set(index, role);
  });
  return {
    values,
    block: () => undefined,
    places: new Map(place === undefined ? [] : [[placeKey(place), 'main']]),
    code,
  };
}

/** A value with what it is made of and what is made of it. */
function rolesAround(model: SsaModel, entity: Entity, pass: number): ReadonlyMap<number, Role> {
  const { id } = entity;
  const roles = new Map<number, Role>();
  const state = placeOf(entity, pass)?.value;
  if (state === undefined) return roles;
  for (const user of model.uses(pass, id).values) roles.set(user, 'use');
  for (const arg of entry(model.dump.values, state).args ?? []) if (arg >= 0) roles.set(arg, 'arg');
  return roles.set(id, 'main');
}

function litByBlock(model: SsaModel, id: number, pass: number): Lit {
  const { dump } = model;
  const last = dump.passes.length - 1;
  const inside = (at: number): ReadonlySet<number> => {
    const block = blocksOf(dump, at).find((it) => it.id === id);
    return new Set((block?.values ?? []).map((it) => entry(dump.values, it).id));
  };
  const places = new Map<string, Role>();
  for (const value of inside(pass)) {
    const state = model.stateOf(pass, value);
    const place = state === undefined ? undefined : model.places().of(entry(dump.values, state));
    if (place !== undefined) places.set(placeKey(place), 'main');
  }
  const final = inside(last);
  const code = new Map<number, Role>();
  dump.code.forEach(({ value, block }, index) => {
    if (block === id || (value !== undefined && final.has(value))) code.set(index, 'main');
  });
  return { values: () => new Map(), block: () => id, places, code };
}

/** A line lights what was made for it; a line with an inlined call lights what came in through it as its uses. */
function litByPlace(model: SsaModel, place: Frame): Lit {
  const { dump } = model;
  const key = placeKey(place);
  const through = (frames: readonly Frame[]): boolean => frames.some((it) => placeKey(it) === key);
  const code = new Map<number, Role>();
  dump.code.forEach(({ file, line, stack }, index) => {
    if (file === place.file && line === place.line) code.set(index, 'main');
    else if (stack !== undefined && through(entry(dump.stacks, stack))) code.set(index, 'use');
  });
  const values = perPass((pass) => {
    const roles = new Map<number, Role>();
    for (const block of blocksOf(dump, pass)) {
      for (const index of block.values) {
        const value = entry(dump.values, index);
        const own = model.places().of(value);
        if (own !== undefined && placeKey(own) === key) roles.set(value.id, 'main');
        else if (through(model.places().callers(value))) roles.set(value.id, 'use');
      }
    }
    return roles;
  });
  return { values, block: () => undefined, places: new Map([[key, 'main']]), code };
}

function perPass(find: (pass: number) => ReadonlyMap<number, Role>): Lit['values'] {
  const known = new Map<number, ReadonlyMap<number, Role>>();
  return (pass) => {
    const found = known.get(pass) ?? find(pass);
    known.set(pass, found);
    return found;
  };
}
