/** Every step after those it needs. What needs itself by way of others, in a damaged graph, comes once all the same. */
export function dependencyOrder<Step extends { readonly id: number; readonly deps: readonly number[] }>(
  steps: readonly Step[],
): readonly Step[] {
  const byId = new Map(steps.map((it) => [it.id, it]));
  const ordered: Step[] = [];
  const seen = new Set<number>();
  for (const root of steps) {
    if (seen.has(root.id)) continue;
    seen.add(root.id);
    // A stack of its own: a chain of packages may be longer than calls can be deep.
    const stack = [{ step: root, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const dep = top.step.deps[top.next++];
      if (dep === undefined) {
        ordered.push(top.step);
        stack.pop();
        continue;
      }
      const step = byId.get(dep);
      if (step === undefined || seen.has(dep)) continue;
      seen.add(dep);
      stack.push({ step, next: 0 });
    }
  }
  return ordered;
}
