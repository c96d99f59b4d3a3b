import { isMap, stringify } from 'yaml';

import { configHeader, parseForEdit, reads, toPlain, type ConfigEdit } from './editConfig.js';
import { addLines } from './spliceYaml.js';

/**
 * Adds a recipe at the end of `recipes:` in the text of crossbow.yaml and touches nothing else. An empty text becomes
 * a new file. Refused where there is a recipe of that name, or where the file can't be read.
 */
export function addRecipe(text: string, name: string, recipe: Readonly<Record<string, unknown>>): ConfigEdit {
  const current = text.trim() === '' ? configHeader : text;
  const document = parseForEdit(current);
  if ('kind' in document) return document;
  const recipes: unknown = document.get('recipes');
  if (isMap(recipes) && recipes.has(name))
    return { kind: 'refused', message: `crossbow.yaml holds a recipe ${name} already.` };
  const top = document.contents;
  const before = toPlain(document);
  const others = isBlock(before) && isBlock(before['recipes']) ? before['recipes'] : {};
  const wanted = { ...(isBlock(before) ? before : {}), recipes: { ...others, [name]: recipe } };
  const block = { [name]: recipe };
  const attempt = isMap(recipes)
    ? addLines(current, recipes, written(block))
    : addLines(current, isMap(top) ? top : undefined, written({ recipes: block }));
  if (attempt !== undefined && reads(attempt, wanted)) return { kind: 'changed', text: attempt };
  // `recipes: {}` on one line, or an alias: the library writes the document anew, which keeps comments and order.
  document.setIn(['recipes', name], document.createNode(recipe));
  const anew = document.toString({ lineWidth: 0 });
  if (reads(anew, wanted)) return { kind: 'changed', text: anew };
  return { kind: 'refused', message: '`recipes` of crossbow.yaml can’t be added to: change it by hand.' };
}

function written(block: Readonly<Record<string, unknown>>): string {
  return stringify(block, { lineWidth: 0, aliasDuplicateObjects: false });
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
