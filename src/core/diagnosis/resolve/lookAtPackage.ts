import type { Target } from '../../target/target.js';
import type { Finding } from '../finding.js';
import type { Inquiry } from './inquiry.js';
import type { GraphPackage } from './packageGraph.js';

/** More files than this are not read for one finding. */
const fileLimit = 200;

/**
 * Three failures look alike in a log and differ in the package: a library that the linker lacks because pkg-config
 * answered for the host; an object of another machine that a C++ or Fortran compiler made; and a standard package that
 * is newer than this Go, which is a plain slip unless go.mod asks for that Go.
 */
export async function lookAtPackage(
  inquiry: Inquiry,
  finding: Finding,
  target: Target | undefined,
): Promise<Finding> {
  if (finding.cause === 'go-too-old' && finding.confidence === 'hint') return askedByGoMod(inquiry, finding);
  if (target === undefined) return finding;
  if (finding.cause === 'missing-target-library' && finding.detail === 'library-missing')
    return askedByPkgConfig(inquiry, finding, target);
  if (finding.cause === 'wrong-arch-object' && finding.detail === 'cgo-object')
    return madeByOtherCompiler(inquiry, finding, target);
  return finding;
}

/** `go 1.24` in go.mod: the code is meant for that Go. */
async function askedByGoMod(inquiry: Inquiry, finding: Finding): Promise<Finding> {
  const { goVersion } = finding.facts;
  const folder = await inquiry.moduleDirectory();
  if (folder === undefined || goVersion === undefined) return finding;
  const text = await inquiry.text(inquiry.ports.host.join(folder, 'go.mod'));
  const asked = /^go\s+(\d+)\.(\d+)/m.exec(text ?? '');
  const needed = /^(\d+)\.(\d+)/.exec(goVersion);
  if (asked === null || needed === null) return finding;
  const isAsked = Number(asked[1]) === Number(needed[1]) && Number(asked[2]) >= Number(needed[2]);
  return isAsked ? { ...finding, confidence: 'likely' } : finding;
}

/**
 * `#cgo pkg-config: libseccomp` and no `-lseccomp` written by hand: the flag came from a .pc file, and the linker has not
 * the library. The .pc file was another machine's.
 */
async function askedByPkgConfig(inquiry: Inquiry, finding: Finding, target: Target): Promise<Finding> {
  const { library } = finding.facts;
  const graph = await inquiry.graph(target);
  if (library === undefined || graph === undefined) return finding;
  const bare = library.replace(/^lib/, '');
  let asker: { readonly item: GraphPackage; readonly name: string } | undefined;
  let read = 0;
  for (const item of graph.packages.values()) {
    if (item.standard) continue;
    for (const file of item.cgoFiles) {
      read++;
      if (read > fileLimit) return finding;
      const text = (await inquiry.text(inquiry.ports.host.join(item.directory, file))) ?? '';
      if (new RegExp(`^.*#cgo\\b.*\\s-l${escape(library)}(?:\\s|$)`, 'm').test(text)) return finding;
      const names = /^[^\n]*#cgo\b[^\n:]*pkg-config:([^\n]*)$/m.exec(text)?.[1]?.split(/\s+/) ?? [];
      const name = names.find((word) => word.replace(/^lib/, '') === bare);
      if (name !== undefined) asker ??= { item, name };
    }
  }
  if (asker === undefined) return finding;
  return {
    ...finding,
    cause: 'pkg-config-host-leak',
    confidence: 'likely',
    detail: 'library-of-host-answered',
    title: `pkg-config answered for the host: ${asker.name} is there, and the linker for the target has no ${library}`,
    facts: { ...finding.facts, pkgConfigName: asker.name, importPath: asker.item.importPath },
  };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** An object that cgo compiled is for another machine: whose compiler it was, the package's sources tell. */
async function madeByOtherCompiler(inquiry: Inquiry, finding: Finding, target: Target): Promise<Finding> {
  const graph = await inquiry.graph(target);
  const packages = [...(graph?.packages.values() ?? [])].filter(
    (item) => !item.standard && item.cgoFiles.length > 0,
  );
  const names: string[] = [];
  const ready: string[] = [];
  for (const item of packages.slice(0, fileLimit))
    for (const name of await inquiry.ports.files.list(item.directory)) {
      names.push(name);
      if (name.endsWith('.syso')) ready.push(inquiry.ports.host.join(item.directory, name));
    }
  if (ready.length > 1) return finding;
  if (ready[0] !== undefined) return namedObject(finding, ready[0]);
  // The suffixes that go/build takes for each language.
  const fortran = names.some((name) => /\.(?:f|F|for|f90)$/.test(name));
  const cxx = names.some((name) => /\.(?:cc|cpp|cxx)$/.test(name));
  if (fortran === cxx) return finding;
  const language = fortran ? 'fortran' : 'c++';
  const variable = fortran ? 'FC' : 'CXX';
  return {
    ...finding,
    cause: fortran ? 'wrong-fortran-compiler' : 'wrong-cxx-compiler',
    confidence: 'likely',
    detail: 'object-of-host-compiler',
    title: `The package's ${fortran ? 'Fortran' : 'C++'} files were compiled for another machine: ${variable} is not set for the target`,
    facts: { ...finding.facts, language, variable },
  };
}

/** The linker saw a copy under a name of its own; the one file that is linked as it is has the person's name. */
function namedObject(finding: Finding, object: string): Finding {
  const { machine } = finding.facts;
  return {
    ...finding,
    title: `${object} is for ${machine ?? 'another machine'}, not for the target`,
    facts: { ...finding.facts, object },
  };
}
