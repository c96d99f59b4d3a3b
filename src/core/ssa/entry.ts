/** The entry of a list that another part of the same model points to. Throws a RangeError where a model contradicts itself. */
export function entry<T>(list: Readonly<ArrayLike<T>>, index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`The model has no entry ${index}.`);
  return found;
}
