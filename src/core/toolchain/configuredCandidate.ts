import type { Candidate } from './candidate.js';
import { splitCommand } from './commandWords.js';
import { parseCompilerName } from './compilerName.js';
import type { Search } from './findCandidates.js';
import { companions, serves } from './gnuCandidates.js';
import { programDefect } from './programIndex.js';
import { companionVariables, levelSettings, pkgConfigSettings } from './toolchainSettings.js';
import type { Toolchain } from './toolchain.js';

/** The compiler that crossbow.yaml names for the target, with what it says beside it. */
export async function configuredCandidate(search: Search): Promise<Candidate[]> {
  const { config } = search;
  const cc = config?.cc ?? config?.env?.['CC'];
  if (config === undefined || cc === undefined) return [];
  const derived = await derive(search, cc);
  const { CXX, AR, ...others } = companionVariables(config);
  const env = { ...derived.env, ...others, ...config.env };
  const cxx = CXX ?? derived.cxx;
  const ar = AR ?? derived.ar;
  const toolchain: Toolchain = {
    kind: 'configured',
    cc,
    ...(cxx === undefined ? {} : { cxx }),
    ...(ar === undefined ? {} : { ar }),
    env,
    ...(config.sysroot === undefined ? {} : { sysroot: config.sysroot }),
    // As for zig that was found: its musl is static.
    ...(/\bzig(?:lang)?\b.*-linux-musl/.test(cc) ? { ldflags: '-linkmode=external' } : {}),
  };
  return [{ toolchain, named: true, ...(derived.defect === undefined ? {} : { defect: derived.defect }) }];
}

/** What `go env CC` says for the target, where that is more than a plain gcc or clang and nothing else found it. */
export async function goCandidate(search: Search, found: readonly Candidate[]): Promise<Candidate[]> {
  const cc = search.goCompiler?.trim() ?? '';
  if (/^(?:gcc|clang|cc)?(?:\.exe)?$/.test(cc) || found.some((it) => it.toolchain.cc === cc)) return [];
  const { defect, ...toolchain } = await derive(search, cc);
  return defect === undefined ? [{ toolchain: { kind: 'gnu', cc, ...toolchain } }] : [];
}

/** What follows from a compiler command: its companions where they are beside it, and why Go would not take it. */
async function derive(
  { ports: { files, host }, index, target }: Search,
  cc: string,
): Promise<Pick<Toolchain, 'cxx' | 'ar' | 'env'> & { readonly defect?: string }> {
  const split = splitCommand(cc);
  const [program, ...rest] = split.ok ? split.words : [];
  if (program === undefined) return { env: {}, defect: split.ok ? 'the command is empty' : split.message };
  const name = host.basename(program).replace(/\.exe$/i, '');
  const compiler = parseCompilerName(name);
  const defect = await defectOf(program);
  const zig = name === 'zig' || rest.includes('ziglang');
  const triplet =
    compiler?.triplet !== undefined && serves(compiler.triplet, target)
      ? compiler.triplet
      : (rest.map((word) => /^--target=(.+)$/.exec(word)?.[1]).find((it) => it !== undefined) ?? '');
  const native = host.goarch === target.goarch && triplet === '' && !zig;
  const env = {
    ...(zig ? {} : levelSettings(target, rest)),
    ...(native ? {} : pkgConfigSettings(host, target, triplet)),
  };
  if (zig) {
    const words = (tool: string): string => cc.replace(/\bcc\b/, tool);
    const ar = /^.*?(?=\scc\b)/.exec(cc)?.[0];
    return {
      env,
      cxx: words('c++'),
      ...(ar === undefined ? {} : { ar: `${ar} ar` }),
      ...(defect === undefined ? {} : { defect }),
    };
  }
  // Beside a compiler that is named by its folder the names on PATH mean nothing.
  const beside =
    compiler === undefined || host.isAbsolute(program) || rest.length > 0
      ? {}
      : await companions(index, compiler);
  return { env, ...beside, ...(defect === undefined ? {} : { defect }) };

  async function defectOf(word: string): Promise<string | undefined> {
    if (host.isAbsolute(word)) {
      const stat = await files.stat(word).catch(() => undefined);
      return stat?.kind === 'file' && stat.executable ? undefined : programDefect(files, word);
    }
    if (/[/\\]/.test(word))
      return `${word} is a relative path, which go build refuses: write it from the root`;
    return (await index.program(word)) === undefined ? index.defect(word) : undefined;
  }
}
