/** How many are at work side by side; more only fills the queue of the file system's threads, and makes others wait. */
const atOnce = 32;

/** Results in the order of the items, some of which are worked at side by side; the first failure ends it. */
export async function mapInGroups<A, B>(
  items: readonly A[],
  work: (item: A) => Promise<B>,
): Promise<readonly B[]> {
  const results: B[] = [];
  for (let at = 0; at < items.length; at += atOnce)
    results.push(...(await Promise.all(items.slice(at, at + atOnce).map(work))));
  return results;
}
