import type { Target } from '../../target/target.js';
import { targetId } from '../../target/target.js';
import type { Finding, LoggedPlace } from '../finding.js';
import { type BuildSetting, customTags, exclusionReason, isIncluded } from './goConstraint.js';
import type { Inquiry, ReadFile } from './inquiry.js';

/**
 * Holds a finding about missing names or files against the files themselves. `build constraints exclude all Go files`
 * and `undefined: X` have three reasons: cgo is off; the package has no port for this target; or a plain mistake.
 * The answer confirms the finding, changes its cause, or is undefined where it was a plain mistake. Where the files
 * aren't here the finding stays as it was.
 */
export async function lookAround(
  inquiry: Inquiry,
  finding: Finding,
  target: Target | undefined,
): Promise<Finding | undefined> {
  if (target === undefined) return finding;
  if (finding.cause !== 'cgo-disabled' && finding.cause !== 'not-on-this-target') return finding;
  const setting: Omit<BuildSetting, 'cgo'> = {
    target,
    tags: inquiry.context.tags ?? inquiry.context.config.defaults.tags ?? [],
  };
  const { directory, importPath } = finding.facts;
  if (directory !== undefined || finding.detail === 'all-files-excluded')
    return aboutFolder(inquiry, finding, setting, await folderOf(inquiry, directory, importPath, target));
  const isAboutNames = finding.evidence.some(({ text }) => /(?:undefined|undeclared name): /.test(text));
  return isAboutNames ? aboutNames(inquiry, finding, setting) : finding;
}

async function folderOf(
  inquiry: Inquiry,
  directory: string | undefined,
  importPath: string | undefined,
  target: Target,
): Promise<string | undefined> {
  const { host } = inquiry.ports;
  if (directory !== undefined && directory !== '') {
    if (host.isAbsolute(directory)) return directory;
    const { directory: start } = inquiry.context;
    return start === undefined ? undefined : host.join(start, directory);
  }
  if (importPath === undefined) return undefined;
  return (await inquiry.graph(target))?.packages.get(importPath)?.directory;
}

async function aboutFolder(
  inquiry: Inquiry,
  finding: Finding,
  setting: Omit<BuildSetting, 'cgo'>,
  folder: string | undefined,
): Promise<Finding> {
  const files = folder === undefined ? [] : await inquiry.goFiles(folder);
  const code = files.filter(
    (file) => !file.name.endsWith('_test.go') && !customTags(file).includes('ignore'),
  );
  if (code.length === 0) return finding;
  const what = `package ${finding.facts.importPath ?? folder ?? ''}`.trimEnd();
  const judged = judge(inquiry, finding, setting, code, { what, kind: 'package' });
  return judged === undefined ? finding : { ...judged, facts: { place: placeOf(code), ...judged.facts } };
}

/** The `import "C"` of files that are left out, else the top of the first. */
function placeOf(files: readonly ReadFile[]): LoggedPlace {
  const user = files.find((file) => file.usesC) ?? files[0];
  const spec = user?.source.imports.find((item) => item.path === 'C');
  return { file: user?.path ?? '', line: spec?.line ?? 1, column: spec?.column ?? 1 };
}

async function aboutNames(
  inquiry: Inquiry,
  finding: Finding,
  setting: Omit<BuildSetting, 'cgo'>,
): Promise<Finding | undefined> {
  const symbols = finding.facts.symbols ?? (finding.facts.symbol === undefined ? [] : [finding.facts.symbol]);
  let seen = false;
  for (const symbol of symbols) {
    const found = await filesOf(inquiry, finding, setting.target, symbol);
    if (found === undefined) continue;
    seen = true;
    const declaring = found.files.filter((file) => file.source.declared.includes(found.name));
    if (declaring.length === 0) continue;
    const judged = judge(inquiry, finding, setting, declaring, { what: symbol, kind: 'name' });
    if (judged !== undefined) return { ...judged, facts: { ...judged.facts, symbol } };
  }
  // The package is here, and nothing of the kind is declared in it for any platform: a plain mistake in the code.
  return seen && finding.confidence !== 'certain' ? undefined : finding;
}

/** The files that a name would be declared in: its own package's, or those of the package before the dot. */
async function filesOf(
  inquiry: Inquiry,
  finding: Finding,
  target: Target,
  symbol: string,
): Promise<{ readonly name: string; readonly files: readonly ReadFile[] } | undefined> {
  const { host } = inquiry.ports;
  const { place } = finding.facts;
  const { directory } = inquiry.context;
  if (place === undefined) return undefined;
  const isAbsolute = host.isAbsolute(place.file);
  if (!isAbsolute && directory === undefined) return undefined;
  const path = isAbsolute ? place.file : host.join(directory ?? '', place.file);
  const folder = host.dirname(path);
  const own = await inquiry.goFiles(folder);
  const user = own.find((file) => file.name === host.basename(path));
  const [first = '', member] = symbol.split('.');
  if (member === undefined) return own.length === 0 ? undefined : { name: first, files: own };
  if (user === undefined) return undefined;

  const graph = await inquiry.graph(target);
  for (const spec of user.source.imports) {
    const imported = graph?.packages.get(spec.path);
    const name = spec.alias ?? imported?.name ?? spec.path.split('/').at(-1);
    if (name !== first || imported === undefined || imported.directory === '') continue;
    return { name: member, files: await inquiry.goFiles(imported.directory) };
  }
  return undefined;
}

/** What keeps these files out; undefined where nothing does, so that the log must mean something else. */
function judge(
  inquiry: Inquiry,
  finding: Finding,
  setting: Omit<BuildSetting, 'cgo'>,
  files: readonly ReadFile[],
  { what, kind }: { readonly what: string; readonly kind: 'package' | 'name' },
): Finding | undefined {
  const off: BuildSetting = { ...setting, cgo: false };
  const on: BuildSetting = { ...setting, cgo: true };
  const cgoIsOn = inquiry.context.cgoEnabled === true;
  const needCgo = files.filter((file) => isIncluded(file, on) && !isIncluded(file, off));
  if (files.some((file) => isIncluded(file, cgoIsOn ? on : off))) return undefined;
  if (needCgo.length > 0) {
    const subject = kind === 'name' ? `${what} is missing` : `${what} has no files`;
    const verb = needCgo.length === 1 ? 'needs' : 'need';
    return {
      ...finding,
      cause: 'cgo-disabled',
      confidence: 'certain',
      detail: finding.cause === 'cgo-disabled' ? finding.detail : 'name-of-cgo-file',
      title: `cgo is off, so ${subject}: ${list(needCgo)} ${verb} cgo`,
    };
  }
  const tag = files.flatMap(customTags).find((word) => files.some((file) => bringsIn(file, setting, word)));
  if (tag !== undefined)
    return {
      ...finding,
      cause: 'not-on-this-target',
      confidence: 'certain',
      detail: 'needs-tag',
      title: `${what} is only built with the tag ${tag} (${list(files)})`,
      facts: { ...finding.facts, value: tag },
    };
  const reason = files[0] === undefined ? undefined : exclusionReason(files[0], on);
  const id = targetId(setting.target);
  const why = reason === undefined ? '' : ` (${reason})`;
  return {
    ...finding,
    cause: 'not-on-this-target',
    confidence: 'certain',
    detail: 'excluded-for-target',
    title:
      kind === 'name'
        ? `${what} is declared in ${list(files)}, which ${id} leaves out${why}`
        : `${what} has no files for ${id}: ${list(files)} ${files.length === 1 ? 'is' : 'are'} left out${why}`,
  };
}

function bringsIn(file: ReadFile, setting: Omit<BuildSetting, 'cgo'>, tag: string): boolean {
  return isIncluded(file, { ...setting, cgo: true, tags: [...setting.tags, tag] });
}

function list(files: readonly ReadFile[]): string {
  const names = files.slice(0, 3).map((file) => file.name);
  const more = files.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${String(more)} more`;
}
