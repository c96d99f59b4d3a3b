import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const packageCount = 1000;
/** Every so many packages one that uses C, a third of them with a file for `!cgo`. */
export const everyC = 40;

/** Packages p0000 to p0999, each imported by others of lower number, so that chains are several steps long. */
export async function writeBigModule(folder: string): Promise<void> {
  const files = new Map([['go.mod', 'module example.com/big\n\ngo 1.21\n']]);
  const name = (index: number): string => `p${String(index).padStart(4, '0')}`;
  const imports = (indices: readonly number[]): string =>
    indices
      .filter((index) => index < packageCount)
      .map((index) => `import _ "example.com/big/${name(index)}"\n`)
      .join('');
  files.set('main.go', `package main\n\n${imports([0, 1, 2, 3])}\nfunc main() {}\n`);
  for (let index = 0; index < packageCount; index++) {
    const children = imports([index * 3 + 1, index * 3 + 2, index * 3 + 3, index + 7]);
    const body = Array.from({ length: 20 }, (_, at) => `func F${at}() int { return ${at} }\n`).join('');
    files.set(`${name(index)}/a.go`, `package ${name(index)}\n\n${children}\n${body}`);
    files.set(
      `${name(index)}/b.go`,
      `package ${name(index)}\n\nimport "strings"\n\nvar b = strings.ToUpper("b")\n`,
    );
    if (index % everyC !== 0) continue;
    files.set(
      `${name(index)}/c.go`,
      `package ${name(index)}\n\n// #cgo LDFLAGS: -lm\n// static int c(void) { return 1; }\nimport "C"\n\nfunc C1() int { return int(C.c()) }\n`,
    );
    if (index % 3 === 0)
      files.set(
        `${name(index)}/n.go`,
        `//go:build !cgo\n\npackage ${name(index)}\n\nfunc C1() int { return 1 }\n`,
      );
  }
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
