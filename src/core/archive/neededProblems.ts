import { utf8 } from '../artifact/byteView.js';
import { machineName } from '../artifact/describeArtifact.js';
import type { ArtifactFacts } from '../artifact/facts.js';
import { compareVersions } from '../artifact/versions.js';
import { resolveMember } from './resolveMember.js';
import type { SeenMember } from './verifyFile.js';

type Members = ReadonlyMap<string, SeenMember>;

/** What programs of a root filesystem need of it and do not find: loaders, libraries, a C library that is new enough. */
export function neededProblems(members: Members): string[] {
  const libraries = byName(members);
  const glibc = glibcIn(members);
  const problems: string[] = [];
  for (const { header, facts, script } of members.values()) {
    if (script !== undefined && !hasInterpreter(members, script))
      problems.push(`${header.path} is a script for ${script}, which is not in this archive.`);
    if (facts?.format !== 'elf') continue;
    const loader = facts.interpreter?.replace(/^\/+/, '');
    if (loader !== undefined && resolveMember(members, loader) === undefined)
      problems.push(`${header.path} needs the loader /${loader}, which is not in this archive.`);
    for (const library of facts.neededLibraries) {
      const problem = libraryProblem(libraries.get(library) ?? [], facts);
      if (problem !== undefined) problems.push(`${header.path} needs ${library}, ${problem}.`);
    }
    if (facts.glibc !== undefined && glibc !== undefined && compareVersions(facts.glibc, glibc) > 0)
      problems.push(
        `${header.path} needs GLIBC_${facts.glibc}, but the C library in this archive is glibc ${glibc}.`,
      );
  }
  return problems;
}

/** A library is found by its name in folders that the loader's configuration names: any folder is taken for one. */
function byName(members: Members): ReadonlyMap<string, readonly SeenMember[]> {
  const found = new Map<string, SeenMember[]>();
  for (const [path, member] of members) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    found.set(name, [...(found.get(name) ?? []), resolveMember(members, path) ?? member]);
  }
  return found;
}

function libraryProblem(found: readonly SeenMember[], wanted: ArtifactFacts): string | undefined {
  if (found.length === 0) return 'which is not in this archive';
  // What could not be read as a library (a linker script, a link that leads out) is given the benefit of the doubt.
  const machines = found.flatMap(({ facts }) => (facts === undefined ? [] : [facts]));
  const fits = machines.length === 0 || machines.some((it) => isSame(it, wanted));
  const [other] = machines;
  if (fits || other === undefined) return undefined;
  const bits = other.machine === wanted.machine ? `, ${String(other.bits)} bits` : '';
  return `and the one in this archive is for ${machineName(other)}${bits}`;
}

function isSame(a: ArtifactFacts, b: ArtifactFacts): boolean {
  return a.machine === b.machine && a.bits === b.bits && a.endianness === b.endianness;
}

/** The highest version of the C libraries in it: the same program may find either. */
function glibcIn(members: Members): string | undefined {
  return [...members.values()]
    .flatMap(({ glibc }) => (glibc === undefined ? [] : [glibc]))
    .sort(compareVersions)
    .at(-1);
}

/** `/bin/sh`, or `env` and a name that is looked for in the usual folders. */
function hasInterpreter(members: Members, script: string): boolean {
  const [program = '', name] = script.split(' ');
  if (resolveMember(members, program.replace(/^\/+/, '')) === undefined) return false;
  if (name === undefined) return true;
  return ['usr/local/sbin', 'usr/local/bin', 'usr/sbin', 'usr/bin', 'sbin', 'bin'].some(
    (folder) => resolveMember(members, `${folder}/${name}`) !== undefined,
  );
}

/**
 * What a script's first line says it is for, as Linux reads it (execve(2)); of `env`, the name that it is to find.
 * Undefined where the bytes are no script.
 */
export function scriptInterpreter(head: string): string | undefined {
  const [, program, argument] = /^#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(head) ?? [];
  if (program === undefined) return undefined;
  const usesName = /(?:^|\/)env$/.test(program) && argument !== undefined && !argument.startsWith('-');
  return usesName ? `${program} ${argument}` : program;
}

const glibcBanner = Array.from('GNU C Library ', (it) => it.charCodeAt(0));

/** glibc says in itself what it is (csu/version.c): "GNU C Library (Debian GLIBC 2.36-9) stable release version 2.36." */
export function glibcVersion(bytes: Uint8Array): string | undefined {
  const [first = 0] = glibcBanner;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (!glibcBanner.every((byte, index) => bytes[at + index] === byte)) continue;
    const version = /^[^\0]*? version (\d+\.\d+)/.exec(utf8(bytes.subarray(at, at + 200)))?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}
