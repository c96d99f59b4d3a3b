/**
 * Finds which of many literal texts occur in a line, in one pass over its characters (Aho and Corasick, 1975).
 * A log is nearly all noise: this decides for a few nanoseconds per character that no rule needs to look.
 * Letters are compared without case; characters beyond ASCII match nothing.
 */
export interface NeedleFinder {
  /** Calls `found` with the owner of every needle in the text; an owner may come more than once. */
  find(text: string, found: (owner: number) => void): void;
}

const alphabet = 128;

/** `needles[owner]` are the texts of one owner. */
export function createNeedleFinder(needles: readonly (readonly string[])[]): NeedleFinder {
  const next: number[][] = [new Array<number>(alphabet).fill(-1)];
  const owners: number[][] = [[]];
  needles.forEach((texts, owner) => {
    for (const text of texts) {
      let state = 0;
      for (const code of codes(text.toLowerCase())) {
        let to = next[state]?.[code] ?? -1;
        if (to < 0) {
          to = next.push(new Array<number>(alphabet).fill(-1)) - 1;
          owners.push([]);
          const row = next[state];
          if (row) row[code] = to;
        }
        state = to;
      }
      owners[state]?.push(owner);
    }
  });
  const table = closeTable(next, owners);
  // Upper case has the successors of lower case.
  for (let at = 0; at < table.length; at += alphabet)
    for (let code = 65; code <= 90; code++) table[at + code] = table[at + code + 32] ?? 0;
  const ends = owners.map((list) => [...new Set(list)]);
  const hasEnd = Uint8Array.from(ends, (list) => (list.length > 0 ? 1 : 0));

  return {
    find(text, found) {
      let state = 0;
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        state = code < alphabet ? (table[state * alphabet + code] ?? 0) : 0;
        if (hasEnd[state] === 1) for (const owner of ends[state] ?? []) found(owner);
      }
    },
  };
}

/** Adds the failure links, breadth first, so that every state has a successor for every character. */
function closeTable(next: readonly number[][], owners: number[][]): Uint16Array {
  const fail = new Array<number>(next.length).fill(0);
  const table = new Uint16Array(next.length * alphabet);
  const queue = [0];
  for (let at = 0; at < queue.length; at++) {
    const state = queue[at] ?? 0;
    const link = fail[state] ?? 0;
    for (let code = 0; code < alphabet; code++) {
      const to = next[state]?.[code] ?? -1;
      const byLink = state === 0 ? 0 : (table[link * alphabet + code] ?? 0);
      table[state * alphabet + code] = to < 0 ? byLink : to;
      if (to >= 0) {
        fail[to] = byLink;
        owners[to]?.push(...(owners[byLink] ?? []));
        queue.push(to);
      }
    }
  }
  return table;
}

function codes(text: string): number[] {
  return Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code >= alphabet) throw new Error(`needle with a character beyond ASCII: ${text}`);
    return code;
  });
}
