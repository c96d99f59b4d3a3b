import { targetId, type Target } from '../target/target.js';
import type { ProbedToolchain, ToolchainReport } from '../toolchain/toolchain.js';
import type { CgoPackage, CgoUse } from './cgoUse.js';

/** How a build goes about C. */
export type CgoDecision =
  /** `toolchain` is absent where a variable of the task names the compiler, or no C is compiled after all. */
  | { readonly kind: 'on'; readonly toolchain?: ProbedToolchain }
  | { readonly kind: 'off'; readonly note?: string }
  /** The host's own port and nothing that needs C: as a plain `go build` decides. */
  | { readonly kind: 'default' }
  /**
   * C is needed and no compiler serves the target: building without would give a program that fails when it runs.
   * `hung` is the configured compiler, where that is the reason: it does not answer.
   */
  | {
      readonly kind: 'refused';
      readonly report: ToolchainReport;
      readonly packages: readonly CgoPackage[];
      readonly hung?: ProbedToolchain;
    };

export interface CgoQuestions {
  readonly target: Target;
  readonly mode: 'auto' | 'on' | 'off';
  /** The build's own variables, configuration and task together: CC or CGO_ENABLED in them decides. */
  readonly env: Readonly<Record<string, string>>;
  /** Flags or the platform make Go call a C linker even for pure Go. */
  readonly externalLink: boolean;
  readonly hostPort: boolean;
  /** crossbow.yaml names a compiler for this target. */
  readonly configured: boolean;
  supported(): Promise<boolean>;
  use(): Promise<CgoUse>;
  toolchains(): Promise<ToolchainReport>;
}

/**
 * Decides whether cgo is on, and with which toolchain. Asks the cheap questions first: a program without C never
 * waits for a probe. A configured compiler is used even where its probe failed: its build shows the tools' own
 * words, and a wrong binary is caught when it is read back. One that hangs would show nothing, and another one in its
 * place is not what was asked for.
 */
export async function decideCgo(questions: CgoQuestions): Promise<CgoDecision> {
  const { mode, env, hostPort } = questions;
  if (mode === 'off' || env['CGO_ENABLED'] === '0') return { kind: 'off' };
  if (env['CC']) return { kind: 'on' };
  const forced = mode === 'on' || env['CGO_ENABLED'] === '1';

  const use = await questions.use();
  const packages = use.kind === 'known' ? use.packages : [];
  const standard = use.kind === 'known' && use.standard;
  const needed =
    packages.length > 0 || questions.externalLink || (forced && (standard || use.kind === 'unknown'));
  if (!needed) return forced ? { kind: 'on' } : hostPort ? { kind: 'default' } : { kind: 'off' };

  if (!(await questions.supported())) {
    // Where it was asked for, Go refuses in its own words.
    return forced ? { kind: 'on' } : { kind: 'off', ...unsupportedNote(questions.target, packages) };
  }
  const report = await questions.toolchains();
  const configured = questions.configured
    ? report.candidates.find((it) => it.toolchain.kind === 'configured')
    : undefined;
  if (configured?.hung) return { kind: 'refused', report, packages, hung: configured };
  const untried = forced ? report.candidates.find((it) => it.verdict === 'unproven') : undefined;
  const toolchain = configured ?? report.chosen ?? untried;
  return toolchain === undefined ? { kind: 'refused', report, packages } : { kind: 'on', toolchain };
}

/** Ports whose position-independent programs Go links itself (internal/platform.InternalLinkPIESupported). */
const linksPieItself =
  /^(?:aix\/ppc64|android\/a(?:md|rm)64|(?:darwin|ios|windows)\/\w+|linux\/(?:amd64|arm64|loong64|ppc64le|riscv64|s390x))$/;

/** Ports whose programs are always linked by the C linker (internal/platform.MustLinkExternal), and flags that ask for it. */
export function needsExternalLink(target: Target, ldflags: string | undefined, goflags = ''): boolean {
  if (target.goos === 'ios' || (target.goos === 'android' && target.goarch !== 'arm64')) return true;
  // cmd/go/internal/work, BuildModeInit and instrumentInit: these modes want cgo, and with it a C compiler that links.
  if (/(?:^|\s)--?(?:race|msan|asan|buildmode=(?:c-archive|c-shared|plugin|shared))(?=\s|$)/.test(goflags))
    return true;
  if (
    /(?:^|\s)--?buildmode=pie(?=\s|$)/.test(goflags) &&
    !linksPieItself.test(`${target.goos}/${target.goarch}`)
  )
    return true;
  return ldflags !== undefined && /-linkmode[= ]["']?external|-extld(?:flags)?\b/.test(ldflags);
}

function unsupportedNote(target: Target, packages: readonly CgoPackage[]): { readonly note?: string } {
  const first = packages[0];
  if (first === undefined) return {};
  return {
    note: `Go has no cgo for ${targetId(target)}: ${first.importPath} is built without its C parts, and may fail when it runs.`,
  };
}
