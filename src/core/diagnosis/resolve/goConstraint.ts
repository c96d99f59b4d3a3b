import type { Target } from '../../target/target.js';

/** What decides whether a file takes part in a build. */
export interface BuildSetting {
  readonly target: Target;
  readonly cgo: boolean;
  readonly tags: readonly string[];
}

/** Names of go/build's syslist.go: a file name that ends in one of them is for that system or CPU only. */
const systems = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);
const cpus = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ' +
    'ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
);
const unixSystems = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris'.split(' '),
);

/** The part of a Go file that decides. */
export interface ConstrainedFile {
  /** File name without folder. */
  readonly name: string;
  /** Everything before the package clause. */
  readonly head: string;
  /** Whether it has `import "C"`. */
  readonly usesC: boolean;
}

/** Whether go takes the file into a build (go/build, matchFile). Test files are judged like others. */
export function isIncluded(file: ConstrainedFile, setting: BuildSetting): boolean {
  if (/^[_.]/.test(file.name)) return false;
  if (file.usesC && !setting.cgo) return false;
  const holds = (word: string): boolean => tagHolds(word, setting);
  return nameWords(file.name).every(holds) && constraintOf(file.head).every((line) => evaluate(line, holds));
}

/** Words of the constraints that are neither a platform nor a Go version: tags a person sets with -tags. */
export function customTags(file: ConstrainedFile): readonly string[] {
  const words = constraintOf(file.head).flatMap((line) => line.match(/[\w.]+/g) ?? []);
  return [...new Set(words)].filter((word) => !isKnownWord(word));
}

/** Why a file is out, for a sentence: `its name`, `//go:build cgo`, `import "C"`. */
export function exclusionReason(file: ConstrainedFile, setting: BuildSetting): string | undefined {
  const holds = (word: string): boolean => tagHolds(word, setting);
  const word = nameWords(file.name).find((part) => !holds(part));
  if (word !== undefined) return `its name is for ${word}`;
  const constraint = constraintOf(file.head).find((line) => !evaluate(line, holds));
  if (constraint !== undefined) return `//go:build ${constraint}`;
  return file.usesC && !setting.cgo ? 'import "C"' : undefined;
}

/** `x_linux_arm64_test.go` → linux, arm64. A name that is nothing but the words (`linux.go`) is no constraint. */
function nameWords(name: string): readonly string[] {
  const parts = name
    .replace(/\.[^.]*$/, '')
    .replace(/_test$/, '')
    .split('_')
    .slice(1);
  const last = parts.at(-1) ?? '';
  const before = parts.at(-2) ?? '';
  if (cpus.has(last)) return systems.has(before) ? [before, last] : [last];
  return systems.has(last) ? [last] : [];
}

/** Expressions that must all hold: the one `//go:build`, or else the old `// +build` lines made into expressions. */
function constraintOf(head: string): readonly string[] {
  const modern = /^\/\/go:build[ \t]+(.+)$/m.exec(head)?.[1];
  if (modern !== undefined) return [modern.trim()];
  return [...head.matchAll(/^\/\/[ \t]*\+build[ \t]+(.+)$/gm)].map(([, line = '']) =>
    line
      .trim()
      .split(/\s+/)
      .map((option) => `(${option.split(',').join(' && ')})`)
      .join(' || '),
  );
}

function isKnownWord(word: string): boolean {
  return (
    systems.has(word) ||
    cpus.has(word) ||
    ['cgo', 'gc', 'gccgo', 'unix', 'ignore', 'race', 'msan', 'asan'].includes(word) ||
    /^go1(\.\d+)*$/.test(word)
  );
}

function tagHolds(word: string, { target, cgo, tags }: BuildSetting): boolean {
  const { goos, goarch } = target;
  if (word === goos || word === goarch || tags.includes(word)) return true;
  switch (word) {
    case 'cgo':
      return cgo;
    case 'gc':
      return true;
    case 'unix':
      return unixSystems.has(goos);
    // go/build, matchTag: these systems are special kinds of others.
    case 'linux':
      return goos === 'android';
    case 'solaris':
      return goos === 'illumos';
    case 'darwin':
      return goos === 'ios';
    default:
      return /^go1(\.\d+)*$/.test(word);
  }
}

/** `a && (b || !c)`; what can't be read counts as true, so that no file is called excluded by mistake. */
function evaluate(expression: string, holds: (word: string) => boolean): boolean {
  const tokens = expression.match(/&&|\|\||[!()]|[\w.]+/g) ?? [];
  let at = 0;
  function either(): boolean {
    let value = both();
    while (tokens[at] === '||') {
      at++;
      const right = both();
      value = value || right;
    }
    return value;
  }
  function both(): boolean {
    let value = one();
    while (tokens[at] === '&&') {
      at++;
      const right = one();
      value = value && right;
    }
    return value;
  }
  function one(): boolean {
    const token = tokens[at++];
    if (token === '!') return !one();
    if (token === '(') {
      const value = either();
      if (tokens[at] === ')') at++;
      return value;
    }
    return token === undefined || holds(token);
  }
  return either();
}
