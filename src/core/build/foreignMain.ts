/** Words of build constraints that name a platform or cgo: the installed Go knows more, these are what programs use. */
const platformWords = new Set(
  (
    'aix android darwin dragonfly freebsd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows unix ' +
    '386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x sparc64 wasm cgo'
  ).split(' '),
);

/**
 * Whether a Go file is part of a main program that only other platforms (or cgo) have: `package main`, and left out
 * here by its name (`_windows.go`), by a constraint that names a platform, or by `import "C"`. A file under
 * `//go:build ignore` is a script and no program of the workspace.
 */
export function isForeignMain(name: string, text: string): boolean {
  // Comments before the package clause may hold anything; the clause is the first line that is none.
  const clause = /^package\s+(\w+)/m.exec(withoutBlockComments(text));
  if (clause?.[1] !== 'main') return false;
  const head = text.slice(0, Math.max(0, text.search(/^package\s+\w+/m)));
  const constraint = /^\/\/go:build\s+(.+)$/m.exec(head)?.[1] ?? legacyConstraint(head);
  const words: readonly string[] = constraint?.match(/[\w.]+/g) ?? [];
  const byConstraint = words.some((word) => platformWords.has(word));
  const byName = name
    .replace(/\.go$/, '')
    .split('_')
    .slice(1)
    .slice(-2)
    .some((word) => platformWords.has(word));
  if (words.includes('ignore')) return false;
  return byConstraint || byName || /^\s*import\s+"C"/m.test(text) || /^\s+"C"\s*$/m.test(text);
}

function legacyConstraint(head: string): string | undefined {
  const lines = [...head.matchAll(/^\/\/ \+build\s+(.+)$/gm)].map((it) => it[1] ?? '');
  return lines.length === 0 ? undefined : lines.join(' ');
}

function withoutBlockComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '');
}
