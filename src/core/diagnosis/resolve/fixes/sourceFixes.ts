import type { LineEdit, NewFile } from '../../../text/lineEdits.js';
import type { Fix } from '../../diagnosis.js';
import type { FixScene } from './fixScene.js';
import {
  clockForRdtsc,
  eitherCharacter,
  laterSystemCalls,
  portableTime,
  type Rewrite,
  scopedFlags,
  smallerView,
  widerInt,
} from './sourceRewrites.js';
import { copyForOtherCpus } from './otherCpus.js';
import { perSystemFields } from './systemFields.js';
import { scanGoSource } from '../goSource.js';

/** A line of the compiler: where, and what. */
interface Complaint {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a line of the code has to become for this target and stays right for the others. Nothing for code that is not the person's own. */
export async function portableSource(scene: FixScene): Promise<readonly Fix[]> {
  const complaints = complaintsOf(scene);
  const { target } = scene;
  const messages = complaints.map((it) => it.message);
  const some = (pattern: RegExp): boolean => messages.some((it) => pattern.test(it));
  const [, taker] = messages.map((it) => charTaker.exec(it)).find((it) => it !== null) ?? [];
  const fixes = [
    await fieldsPerSystem(scene, complaints),
    ...(scene.finding.detail === 'excluded-for-target' ? [await codeOfOtherCpu(scene, complaints)] : []),
    ...(some(/impossible constraint in .asm|invalid output constraint '=a' in asm/)
      ? [await clockWithoutRdtsc(scene, complaints)]
      : []),
    ...(target?.goos === 'linux' &&
    some(/(?:undefined|undeclared name): (?:syscall|unix)\.(?:SYS_\w+|Dup2)\b/)
      ? [await rewritten(scene, complaints, laterSystemCalls, `Use the system calls that ${scene.name} has`)]
      : []),
    ...(some(/ as (?:type )?int32 (?:value )?in struct literal/)
      ? [await rewritten(scene, complaints, portableTime, 'Let package syscall make the time')]
      : []),
    ...(taker === undefined || !(await hasGenerics(scene))
      ? []
      : [
          await rewritten(
            scene,
            complaints,
            eitherCharacter(taker),
            `Let ${taker} take signed and unsigned characters`,
          ),
        ]),
  ];
  return fixes.filter((it) => it !== undefined);
}

const charTaker =
  /cannot use .{1,80} \(.{0,40}\[\d*\]uint8\) as (?:type )?\[\d*\]int8 (?:value )?in argument to (\w+)$/;

/** Fields that some systems have, in functions with a file for those that do and one for the others. */
async function fieldsPerSystem(scene: FixScene, complaints: readonly Complaint[]): Promise<Fix | undefined> {
  const { host, inquiry } = scene;
  const edits: LineEdit[] = [];
  const creates = new Map<string, string>();
  for (const [path, ofFile] of await byOwnFile(scene, complaints)) {
    const lines = await linesOf(scene, path);
    const rewritten = perSystemFields(lines.join('\n'), ofFile);
    const { packageName } = scanGoSource(lines.join('\n'));
    if (rewritten === undefined || packageName === undefined) continue;
    const after = rewritten.text.split('\n');
    edits.push(
      ...lines.flatMap((before, index) => {
        const now = after[index] ?? '';
        return now === before
          ? []
          : [{ file: path, line: index + 1, before, after: now.trim() === '' ? null : now }];
      }),
    );
    for (const { name, constraint, body } of rewritten.beside) {
      const file = host.join(host.dirname(path), name);
      const text = `//go:build ${constraint}\n\npackage ${packageName}\n\n${body}`;
      const there = creates.get(file) ?? (await inquiry.text(file));
      if (there !== undefined && there !== text) return undefined;
      if (there === undefined) creates.set(file, text);
    }
  }
  const added = [...creates].map(([file, text]) => ({ file, text }));
  return edits.length === 0
    ? undefined
    : sourceFix(scene, 'Set what only some systems have in files of their own', edits, added);
}

/** The clock where C reads x86's time stamp, with the header that declares it. */
async function clockWithoutRdtsc(
  scene: FixScene,
  complaints: readonly Complaint[],
): Promise<Fix | undefined> {
  const edits: LineEdit[] = [];
  for (const path of (await byOwnFile(scene, complaints)).keys()) {
    const lines = await linesOf(scene, path);
    const include = lines.findIndex((it) => /^#include\b/.test(it));
    const rewrites = rewriteAll(path, lines, clockForRdtsc);
    const before = lines[include];
    if (before === undefined || rewrites.length === 0) continue;
    if (!lines.some((it) => /^#include\s*<time\.h>/.test(it)))
      edits.push({ file: path, line: include + 1, before, after: `#include <time.h>\n${before}` });
    edits.push(...rewrites);
  }
  return edits.length === 0 ? undefined : sourceFix(scene, 'Read the clock where there is no rdtsc', edits);
}

/** Names that only files for other CPUs declare, though their code is for any. */
async function codeOfOtherCpu(scene: FixScene, complaints: readonly Complaint[]): Promise<Fix | undefined> {
  const missing = complaints.filter(({ message }) => /^undefined: \w+$/.test(message));
  const path = missing[0] && (await ownFile(scene, missing[0].file));
  if (path === undefined) return undefined;
  const folder = scene.host.dirname(path);
  const names = missing
    .filter((it) => scene.host.dirname(it.file) === scene.host.dirname(missing[0]?.file ?? ''))
    .map((it) => it.message.replace('undefined: ', ''));
  const found = await copyForOtherCpus(scene, folder, names);
  return found && sourceFix(scene, `Build the code of ${found.of} for other CPUs too`, [], [found.copy]);
}

/** The complaints by the files of the module that they are about. */
async function byOwnFile(
  scene: FixScene,
  complaints: readonly Complaint[],
): Promise<ReadonlyMap<string, readonly Complaint[]>> {
  const files = new Map<string, Complaint[]>();
  for (const complaint of complaints) {
    const path = await ownFile(scene, complaint.file);
    if (path !== undefined) files.set(path, [...(files.get(path) ?? []), complaint]);
  }
  return files;
}

/** int64 where the compiler says that an int is too small, and a bound that fits where an array is too long. */
export async function widerInts(scene: FixScene): Promise<readonly Fix[]> {
  const edits: LineEdit[] = [];
  const seen = new Set<string>();
  for (const { file, line, column, message } of complaintsOf(scene)) {
    const path = await ownFile(scene, file);
    const before = path === undefined ? undefined : (await linesOf(scene, path))[line - 1];
    // Two on one line: the columns of the second are those of the line as it is.
    if (path === undefined || before === undefined || seen.has(`${path}:${String(line)}`)) continue;
    const after = widerInt(before, column, message) ?? smallerView(before, message);
    if (after === undefined) continue;
    seen.add(`${path}:${String(line)}`);
    edits.push({ file: path, line, before, after });
  }
  return edits.length === 0 ? [] : [sourceFix(scene, 'Use int64 where the value needs it', edits)];
}

/** Machine flags of #cgo lines for their machines alone. */
export async function scopedCgoFlags(scene: FixScene, flag: string): Promise<readonly Fix[]> {
  const { target, inquiry } = scene;
  const graph = target === undefined ? undefined : await inquiry.graph(target);
  if (target === undefined || graph === undefined) return [];
  for (const item of graph.packages.values()) {
    if (item.standard) continue;
    for (const name of item.cgoFiles) {
      const path = await ownFile(scene, inquiry.ports.host.join(item.directory, name));
      const lines = path === undefined ? [] : await linesOf(scene, path);
      if (path === undefined || !lines.some((it) => it.includes('#cgo') && it.includes(flag))) continue;
      const edits = rewriteAll(path, lines, scopedFlags(target.goarch));
      if (edits.length > 0) return [sourceFix(scene, `Scope ${flag} to its CPU`, edits)];
    }
  }
  return [];
}

async function rewritten(
  scene: FixScene,
  complaints: readonly Complaint[],
  rewrite: Rewrite,
  title: string,
): Promise<Fix | undefined> {
  const edits: LineEdit[] = [];
  for (const path of (await byOwnFile(scene, complaints)).keys())
    edits.push(...rewriteAll(path, await linesOf(scene, path), rewrite));
  return edits.length === 0 ? undefined : sourceFix(scene, title, edits);
}

function rewriteAll(file: string, lines: readonly string[], rewrite: Rewrite): readonly LineEdit[] {
  return lines.flatMap((before, index) => {
    const after = rewrite(before);
    return after === undefined || after === before ? [] : [{ file, line: index + 1, before, after }];
  });
}

function sourceFix(
  { host }: FixScene,
  title: string,
  edits: readonly LineEdit[],
  creates: readonly NewFile[] = [],
): Fix {
  const names = [...new Set([...edits, ...creates].map((it) => host.basename(it.file)))].join(', ');
  return {
    kind: 'edit-source',
    title: `${title} (${names})`,
    proven: false,
    edit: { kind: 'source', edits, ...(creates.length === 0 ? {} : { creates }) },
  };
}

function complaintsOf({ finding }: FixScene): readonly Complaint[] {
  return finding.evidence.flatMap(({ text }) => {
    const [, file = '', line, column, message = ''] =
      /^(\S+\.(?:go|c|h)):(\d+):(\d+): (.*)$/.exec(text.trim()) ?? [];
    return file === '' ? [] : [{ file, line: Number(line), column: Number(column), message }];
  });
}

/** The file's absolute path, where it is of the module that is built and not a copy of someone else's. */
async function ownFile({ inquiry, host }: FixScene, file: string): Promise<string | undefined> {
  const { directory } = inquiry.context;
  const root = (await inquiry.moduleDirectory()) ?? directory;
  if (root === undefined || directory === undefined) return undefined;
  const path = host.isAbsolute(file) ? file : host.join(directory, file);
  const relative = host.relative(root, path);
  const isOwn =
    !relative.startsWith('..') && !host.isAbsolute(relative) && !/(?:^|[\\/])vendor[\\/]/.test(relative);
  return isOwn && (await inquiry.exists(path)) ? path : undefined;
}

async function linesOf({ inquiry }: FixScene, path: string): Promise<readonly string[]> {
  return ((await inquiry.text(path)) ?? '').split('\n').map((it) => it.replace(/\r$/, ''));
}

async function hasGenerics({ inquiry, host }: FixScene): Promise<boolean> {
  const root = await inquiry.moduleDirectory();
  const text = root === undefined ? undefined : await inquiry.text(host.join(root, 'go.mod'));
  const minor = /^go 1\.(\d+)/m.exec(text ?? '')?.[1];
  return minor !== undefined && Number(minor) >= 18;
}
