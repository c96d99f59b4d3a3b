import type { Target } from './target.js';

/**
 * Microarchitecture levels: the third part of a target's id and Go's variable for it.
 * Legal values and defaults are those of Go's internal/buildcfg/cfg.go. They are checked here because Go 1.24 to
 * 1.26 take an illegal GOARM or GOAMD64 without a word and build for the default instead.
 */
interface LevelRule {
  /** Go's variable, such as GOARM. */
  readonly variable: string;
  /** The variable's value for a target without a level. */
  readonly defaultValue: string;
  /** The levels worth listing beside the default; others may be legal too. */
  readonly listed: readonly string[];
  /** Every legal value, for people. */
  readonly legal: readonly string[];
  /** The canonical value of what somebody typed (lower case, no spaces), or undefined if it is illegal. */
  parse(text: string): string | undefined;
}

const armSteps = ['v8.1', 'v8.2', 'v8.3', 'v8.4', 'v8.5', 'v8.6', 'v8.7', 'v8.8', 'v8.9'];
const arm64Versions = ['v8.0', ...armSteps, 'v9.0', 'v9.1', 'v9.2', 'v9.3', 'v9.4', 'v9.5'];

const arm: LevelRule = {
  variable: 'GOARM',
  defaultValue: 'v7',
  listed: ['v5', 'v6'],
  legal: ['v5', 'v6', 'v7', 'each optionally with ,softfloat or ,hardfloat'],
  parse: (text) => {
    const [, version, float] =
      /^(?:arm)?v?([567])(?:te|tej|k|kz|-?a|l|hl|hnl)?(?:[,+ ]?((?:soft|hard)-?float|soft|hard|sf|hf))?$/.exec(
        text,
      ) ?? [];
    if (version === undefined) return /^(?:hard-?float|hf)$/.test(text) ? 'v7' : undefined;
    // Go's own rule: 5 is software floating point unless told otherwise, 6 and 7 are hardware.
    const implied = version === '5' ? 's' : 'h';
    const wanted = float?.[0] ?? implied;
    return wanted === implied ? `v${version}` : `v${version},${wanted === 's' ? 'softfloat' : 'hardfloat'}`;
  },
};

const arm64: LevelRule = {
  variable: 'GOARM64',
  defaultValue: 'v8.0',
  listed: arm64Versions.slice(1),
  legal: ['v8.0 to v8.9', 'v9.0 to v9.5', 'each optionally with ,lse and ,crypto'],
  parse: (text) => {
    const [, major, minor = '0', options = ''] =
      /^(?:arm)?v?([89])(?:\.(\d))?(?:-a)?((?:[,+](?:lse|crypto))*)$/.exec(text) ?? [];
    const version = `v${major}.${minor}`;
    if (!arm64Versions.includes(version)) return undefined;
    // From v8.1 on the atomics (LSE) are part of the version.
    const lse = version === 'v8.0' && options.includes('lse') ? ',lse' : '';
    return `${version}${lse}${options.includes('crypto') ? ',crypto' : ''}`;
  },
};

const mipsFloat = (variable: string): LevelRule => ({
  variable,
  defaultValue: 'hardfloat',
  listed: ['softfloat'],
  legal: ['hardfloat', 'softfloat'],
  parse: (text) =>
    /^(?:hard-?float|hard|hf)$/.test(text)
      ? 'hardfloat'
      : /^(?:soft-?float|soft|sf|nofpu)$/.test(text)
        ? 'softfloat'
        : undefined,
});

const oneOf = (
  variable: string,
  defaultValue: string,
  others: readonly string[],
  shape: RegExp,
  canonical: (core: string) => string,
): LevelRule => ({
  variable,
  defaultValue,
  listed: others,
  legal: [defaultValue, ...others],
  parse: (text) => {
    const core = shape.exec(text)?.[1];
    const value = core === undefined ? undefined : canonical(core);
    return value === defaultValue || (value !== undefined && others.includes(value)) ? value : undefined;
  },
});

const ppc64 = oneOf(
  'GOPPC64',
  'power8',
  ['power9', 'power10'],
  /^(?:power|pwr|p)?-?(\d+)$/,
  (n) => `power${n}`,
);
const mips = mipsFloat('GOMIPS');
const mips64 = mipsFloat('GOMIPS64');

const rules: Readonly<Record<string, LevelRule>> = {
  '386': oneOf('GO386', 'sse2', ['softfloat'], /^(sse2|soft-?float|soft)$/, (word) =>
    word.startsWith('soft') ? 'softfloat' : word,
  ),
  amd64: oneOf('GOAMD64', 'v1', ['v2', 'v3', 'v4'], /^(?:x86[-_]64[-_])?v?(\d)$/, (n) => `v${n}`),
  arm,
  arm64,
  mips,
  mipsle: mips,
  mips64,
  mips64le: mips64,
  ppc64,
  ppc64le: ppc64,
  riscv64: oneOf(
    'GORISCV64',
    'rva20u64',
    ['rva22u64', 'rva23u64'],
    /^(?:rva|rv)?(\d\d)(?:u64)?$/,
    (n) => `rva${n}u64`,
  ),
};

function ruleOf(goarch: string): LevelRule | undefined {
  return Object.hasOwn(rules, goarch) ? rules[goarch] : undefined;
}

/** A level that was understood (absent: the port's default), or the legal values (none: the port has no levels). */
export type ParsedLevel =
  { readonly ok: true; readonly level?: string } | { readonly ok: false; readonly legal: readonly string[] };

/**
 * Reads a level as people write it: `v7`, `7`, `armv7`, `v6,softfloat`, `x86-64-v3`, `armv8.2-a+crypto`, `soft-float`,
 * `p9`, `rva22`. An empty text is the default. The result is canonical, as `Target.level` wants it.
 */
export function parseLevel(goarch: string, text: string): ParsedLevel {
  const typed = text.trim().toLowerCase().replace(/\s+/g, '');
  const rule = ruleOf(goarch);
  if (typed === '') return defaultLevel(goarch);
  const value = rule?.parse(typed);
  if (rule === undefined || value === undefined) return { ok: false, legal: rule?.legal ?? [] };
  return value === rule.defaultValue ? defaultLevel(goarch) : { ok: true, level: value };
}

function defaultLevel(goarch: string): ParsedLevel {
  return goarch === 'arm' ? { ok: true, level: arm.defaultValue } : { ok: true };
}

/** Go's variables for levels, each once: GO386, GOAMD64, GOARM, … */
export const levelVariables: readonly string[] = [
  ...new Set(Object.values(rules).map((rule) => rule.variable)),
];

/** Go's variable for the levels of this GOARCH, or undefined where there are none (s390x, loong64, wasm). */
export function levelVariable(goarch: string): string | undefined {
  return ruleOf(goarch)?.variable;
}

/**
 * The variable that makes Go build for the target's level. A default is set too, not left out: an inherited
 * GOAMD64=v3, a `go env -w`, or a distribution's own default (Debian's GO386=softfloat) would otherwise change what
 * the target's id means.
 */
export function levelEnvironment(target: Target): Record<string, string> {
  const rule = ruleOf(target.goarch);
  if (rule === undefined) return {};
  const value = target.level ?? rule.defaultValue;
  return { [rule.variable]: target.goarch === 'arm' ? value.replace(/^v/, '') : value };
}

/** The levels of a port that are worth listing, its default first; `undefined` stands for a default without a name. */
export function listedLevels(goos: string, goarch: string): readonly (string | undefined)[] {
  const rule = ruleOf(goarch);
  if (rule === undefined) return [undefined];
  if (goarch !== 'arm') return [undefined, ...rule.listed];
  // Android's 32-bit ARM has been ARMv7 from its first release with a stable ABI.
  return goos === 'android' ? [rule.defaultValue] : [rule.defaultValue, ...[...rule.listed].reverse()];
}
