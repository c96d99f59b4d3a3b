import type { XrayPackage, XrayProcess } from './xray.js';
import type { XrayReading } from './xrays.js';

/** A package in two builds. Times in milliseconds. */
export interface ComparedPackage {
  readonly importPath: string;
  /** Absent where that build had no such package. */
  readonly before?: Pick<XrayPackage, 'time' | 'state'>;
  readonly after?: Pick<XrayPackage, 'time' | 'state'>;
  /** What the second build took longer for it. */
  readonly difference: number;
}

/** A command that one build ran and the other did not so: both, where they did the same work with other words. */
export interface ComparedCommand {
  readonly package?: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

export interface XrayComparison {
  /** Those first that took the most time more, or less. */
  readonly packages: readonly ComparedPackage[];
  readonly commands: readonly ComparedCommand[];
}

/** Two builds side by side: of two targets, or one before and one after a change. */
export function compareXrays(before: XrayReading, after: XrayReading): XrayComparison {
  const [left, right] = [byPath(before), byPath(after)];
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  const packages = paths.map((importPath): ComparedPackage => {
    const [was, is] = [left.get(importPath), right.get(importPath)];
    return {
      importPath,
      difference: (is?.time ?? 0) - (was?.time ?? 0),
      ...(was === undefined ? {} : { before: { time: was.time, state: was.state } }),
      ...(is === undefined ? {} : { after: { time: is.time, state: is.state } }),
    };
  });
  return {
    packages: packages.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
    commands: differingCommands(before, after),
  };
}

function byPath({ xray }: XrayReading): ReadonlyMap<string, XrayPackage> {
  return new Map(xray.packages.map((it) => [it.importPath, it]));
}

/** Commands of packages that both builds ran commands for; where one found all in its cache there is nothing to compare. */
function differingCommands(before: XrayReading, after: XrayReading): readonly ComparedCommand[] {
  const [left, right] = [commandsByPackage(before.processes), commandsByPackage(after.processes)];
  return [...right].flatMap(([path, is]) => {
    const was = left.get(path);
    if (was === undefined) return [];
    const gone = without(was, is);
    const come = without(is, was);
    const about = path === '' ? {} : { package: path };
    const pairs = come.map((command): ComparedCommand => {
      const at = gone.findIndex((it) => workOf(it) === workOf(command));
      const [match] = at < 0 ? [] : gone.splice(at, 1);
      return { ...about, ...(match === undefined ? {} : { before: match }), after: command };
    });
    return [...pairs, ...gone.map((it): ComparedCommand => ({ ...about, before: it }))];
  });
}

/** Go's own commands with the words that differ from build to build taken out. */
function commandsByPackage(root: XrayProcess): Map<string, (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>();
  const visit = ({ children }: XrayProcess, inside: number | undefined): void => {
    for (const child of children) {
      // Of what strace saw below a command of Go's, the command itself speaks for all.
      if (child.action !== undefined && child.action !== inside) {
        const path = child.package ?? '';
        found.set(path, [...(found.get(path) ?? []), steadyWords(child.words)]);
      }
      visit(child, child.action ?? inside);
    }
  };
  visit(root, undefined);
  return found;
}

/** The same words for the same work: Go's private folder, and hashes that it passes on, are new in every build. */
function steadyWords(words: readonly string[]): readonly string[] {
  return words.flatMap((word, at) => {
    if (word === '-buildid' || words[at - 1] === '-buildid') return [];
    if (/^-{1,2}(?:frandom-seed|buildid)=/.test(word)) return [];
    return [word.replace(/[^\s="]*[\\/]go-build\d+(?=[\\/]|$|=)/g, '$WORK')];
  });
}

/** Which of these are not among the others, one for one. */
function without(
  commands: readonly (readonly string[])[],
  others: readonly (readonly string[])[],
): (readonly string[])[] {
  const left = others.map((it) => it.join('\0'));
  return commands.filter((it) => {
    const at = left.indexOf(it.join('\0'));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** What a command works on: its last word, and what it writes. */
function workOf(words: readonly string[]): string {
  return `${words[words.indexOf('-o') + 1] ?? ''}\0${words.at(-1) ?? ''}`;
}
