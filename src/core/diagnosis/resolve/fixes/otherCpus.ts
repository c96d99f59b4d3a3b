import { builtInPorts } from '../../../target/builtInPorts.js';
import type { NewFile } from '../../../text/lineEdits.js';
import { isIncluded } from '../goConstraint.js';
import { tokenizeGo } from '../goTokens.js';
import type { ReadFile } from '../inquiry.js';
import type { FixScene } from './fixScene.js';

/** What another CPU's file has to offer. */
export interface CpuCopy {
  /** Name of the file that is copied. */
  readonly of: string;
  readonly copy: NewFile;
}

/**
 * A file that only its name or constraint keeps to one CPU, and whose code is plain Go, for all CPUs that have none of their
 * own. Nothing where the code asks for its CPU: assembly, C, memory, numbers of system calls.
 *
 * @param folder where the names are missing.
 */
export async function copyForOtherCpus(
  { inquiry, host, target }: FixScene,
  folder: string,
  names: readonly string[],
): Promise<CpuCopy | undefined> {
  if (target === undefined || names.length === 0) return undefined;
  const code = (await inquiry.goFiles(folder)).filter((it) => !it.name.endsWith('_test.go'));
  const tags = inquiry.context.tags ?? inquiry.context.config.defaults.tags ?? [];
  const isIn = (file: ReadFile, goos: string, goarch: string): boolean =>
    isIncluded(file, { target: { ...target, goos, goarch }, cgo: true, tags });
  const present = new Set(
    code
      .filter((it) => isIn(it, target.goos, target.goarch))
      .flatMap(({ source }) => source.declared.filter((name) => name !== 'init' && name !== '_')),
  );
  const cpus = [...new Set(builtInPorts.filter((it) => it.goos === target.goos).map((it) => it.goarch))];
  const declaring = code.filter(({ source }) => names.every((name) => source.declared.includes(name)));
  for (const file of declaring) {
    if (!cpus.some((goarch) => isIn(file, target.goos, goarch))) continue;
    if (file.source.declared.some((name) => present.has(name))) continue;
    const text = await inquiry.text(file.path);
    if (text === undefined || !isPlainGo(text, file)) continue;
    const served = cpus.filter((goarch) => declaring.some((it) => isIn(it, target.goos, goarch)));
    const elsewhere = target.goos === 'windows' ? 'linux' : 'windows';
    const isForSystem = !served.some((goarch) => isIn(file, elsewhere, goarch));
    const constraint = [...(isForSystem ? [target.goos] : []), ...served.map((it) => `!${it}`)].join(' && ');
    const path = host.join(folder, `${stemOf(file.name, cpus)}_other.go`);
    if (await inquiry.exists(path)) return undefined;
    const body = text.slice(file.source.head.length);
    return {
      of: file.name,
      copy: { file: path, text: `//go:build ${constraint}\n\n${headOf(file)}${body}` },
    };
  }
  return undefined;
}

/** `page_linux_amd64.go` → page_linux. */
function stemOf(name: string, cpus: readonly string[]): string {
  const stem = name.replace(/\.go$/, '');
  const cpu = cpus.find((it) => stem.endsWith(`_${it}`));
  return cpu === undefined ? stem : stem.slice(0, -cpu.length - 1);
}

/** What stands before the package clause, without constraints. */
function headOf({ source }: ReadFile): string {
  return source.head
    .split('\n')
    .filter((it) => !/^\/\/(?:go:build\b|[ \t]*\+build\b)/.test(it))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimStart();
}

function isPlainGo(text: string, { source, usesC }: ReadFile): boolean {
  const asksForCpu = source.imports.some(({ path }) =>
    /^(?:unsafe|syscall|golang\.org\/x\/sys\/.*|.*\/cpu(?:id)?)$/.test(path),
  );
  return !usesC && !asksForCpu && !/^\/\/go:(?:noescape|linkname|cgo_)/m.test(text) && hasBodies(text);
}

/** Whether each function at the top level has its body here and not in assembly. */
function hasBodies(text: string): boolean {
  let depth = 0;
  let awaitsBody = false;
  let previous = '\n';
  for (const token of tokenizeGo(text)) {
    if (depth === 0) {
      if (token.text === 'func' && previous === '\n') awaitsBody = true;
      else if (token.text === '\n' && awaitsBody) return false;
      // A type in braces before the body, such as interface{}, is none.
      else if (token.text === '{' && !/^(?:interface|struct)$/.test(previous)) awaitsBody = false;
    }
    if (/^[([{]$/.test(token.text)) depth++;
    else if (/^[)\]}]$/.test(token.text)) depth--;
    previous = token.text;
  }
  return !awaitsBody;
}
