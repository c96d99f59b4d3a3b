import type { Command } from 'commander';
import { describeArtifact } from '../core/artifact/describeArtifact.js';
import { artifactPath } from '../core/build/outputFile.js';
import { compareSizes } from '../core/insight/size/compareSizes.js';
import type { LibraryOrigins } from '../core/insight/size/createLibraryOrigins.js';
import { originText } from '../core/insight/size/libraryOrigins.js';
import { ownerLabel } from '../core/insight/size/sizeGroups.js';
import { sizeNotes } from '../core/insight/size/sizeNotes.js';
import type { SizeReport } from '../core/insight/size/sizeReport.js';
import { targetId } from '../core/target/target.js';
import { formatCount, formatSize } from '../core/text/formatText.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { readProject, selectMainPackages } from './cliProject.js';
import { resolveTarget } from './cliTargets.js';

interface SizeFlags {
  readonly target?: string;
  readonly compare?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

interface Binary {
  readonly path: string;
  readonly report: SizeReport;
  readonly origins: LibraryOrigins;
}

/** Rows that are shown unless all are asked for: what is below them is a per mille each. */
const shownRows = 25;

export function addSizeCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('size')
    .summary('show what is in a binary')
    .description(
      'Adds up a program’s bytes by Go package and section, from its own tables: ELF, PE and Mach-O, stripped or not.\n' +
        'What nothing in the file claims is called unattributed, so that the sum is always the size of the file.',
    )
    .argument('[file]', 'the program; without it, the one that was built for --target')
    .option('-t, --target <target>', 'take the program below dist/ that was built for this target or device')
    .option('-c, --compare <file>', 'show both side by side, the largest difference first')
    .option('-a, --all', 'list every package, not the largest alone')
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .addHelpText(
      'after',
      `
Examples:
  crossbow size dist/linux/arm/v7/server
  crossbow size --target "pi 3b+"
  crossbow size old/server --compare new/server
  crossbow size server --json | jq '.packages[] | select(.kind == "c") | .bytes'`,
    )
    .action((file: string | undefined, flags: SizeFlags) =>
      run((context) => showSizes(context, file, flags)),
    );
}

async function showSizes(context: CliContext, file: string | undefined, flags: SizeFlags): Promise<number> {
  const { output } = context;
  const paths = file === undefined ? await builtPaths(context, flags.target) : [absolute(context, file)];
  const binaries = await Promise.all(paths.map((path) => read(context, path)));
  if (flags.compare !== undefined) {
    const [before] = binaries;
    if (before === undefined || binaries.length > 1)
      throw setupError('Name the file to compare: several programs were built for the target.');
    const after = await read(context, absolute(context, flags.compare));
    if (flags.json === true) output.json({ before: asJson(before), after: asJson(after) });
    else showDifference(context, before, after, flags.all === true);
    return exitCodes.done;
  }
  if (flags.json === true) {
    const documents = binaries.map(asJson);
    output.json(documents.length === 1 ? documents[0] : documents);
  } else {
    for (const binary of binaries) showBinary(context, binary, flags.all === true);
  }
  return exitCodes.done;
}

/** Where the build put what it made for a target. */
async function builtPaths(context: CliContext, spelling: string | undefined): Promise<readonly string[]> {
  if (spelling === undefined)
    throw setupError('Name a file, or a target that was built for: --target linux/arm/v7.');
  const { files, host } = context.ports;
  const { target } = await resolveTarget(context, spelling);
  const project = await readProject(context);
  const { packages, root } = await selectMainPackages(context, project, [], target);
  const paths = packages.map(({ name }) =>
    artifactPath(host, { target, root, name }, project.config.defaults.output),
  );
  const stats = await Promise.all(paths.map((path) => files.stat(path)));
  const there = paths.filter((_, at) => stats[at]?.kind === 'file');
  if (there.length > 0) return there;
  throw setupError(
    `Nothing was built for ${targetId(target)} yet: crossbow build --target ${targetId(target)}`,
    { looked: paths },
  );
}

function absolute({ cwd, ports: { host } }: CliContext, path: string): string {
  return host.isAbsolute(path) ? path : host.join(cwd, path);
}

async function read(context: CliContext, path: string): Promise<Binary> {
  const { crossbow } = context;
  const reading = await crossbow.size(path);
  if (reading.kind === 'read')
    return { path, report: reading.report, origins: await originsOf(context, reading.report) };
  throw setupError(`${path}: ${reading.message}`, { file: path, reason: reading.reason });
}

/** Told by the sources, where the folder of the command, or its crossbow.yaml's, has those of the program. */
async function originsOf(context: CliContext, { facts, build }: SizeReport): Promise<LibraryOrigins> {
  const { crossbow, cwd, signal } = context;
  if (facts.neededLibraries.length === 0 || build.path === undefined) return undefined;
  const { config, configFile } = await readProject(context);
  const folder = configFile === undefined ? cwd : context.ports.host.dirname(configFile);
  const hasC = facts.goBuildSettings?.['CGO_ENABLED'] === '1';
  const packages = hasC ? (await crossbow.mainPackages([folder])).packages : [];
  const options = { config, trusted: true, offline: true, signal };
  return crossbow.libraryOrigins({ facts, build }, packages, options);
}

function asJson({ path, report, origins }: Binary): Readonly<Record<string, unknown>> {
  const { facts, source, isPacked, entries, sections, build, versions } = report;
  return {
    file: path,
    bytes: facts.size,
    description: describeArtifact(facts),
    linkage: facts.linkage,
    attributedBy: source,
    packed: isPacked,
    packages: entries.map(({ owner, ...entry }) => ({ name: ownerLabel(owner), ...owner, ...entry })),
    sections,
    libraries: facts.neededLibraries.map((name) => ({
      name,
      versions: versions.find((it) => it.library === name)?.versions ?? [],
      origin: origins?.[name] ?? null,
    })),
    build: { goVersion: facts.goVersion ?? null, ...build, settings: facts.goBuildSettings ?? {} },
  };
}

function showBinary(context: CliContext, binary: Binary, all: boolean): void {
  const { output } = context;
  const { bold, dim } = output.stdout;
  const { facts, entries, sections, build, versions } = binary.report;
  output.result(`${bold(binary.path)}  ${formatSize(facts.size)} (${String(facts.size)} bytes)`);
  output.result(describeArtifact(facts));
  if (facts.goVersion !== undefined) {
    const modules = formatCount(build.modules.length, 'module');
    output.result([facts.goVersion, build.path, modules].filter((it) => it !== undefined).join(', '));
  }
  for (const library of facts.neededLibraries) {
    const needed = versions.find((it) => it.library === library)?.versions ?? [];
    const origin = binary.origins?.[library];
    const from = origin === undefined ? '' : `  ${originText(origin)}`;
    output.result(`needs ${library}${from}${needed.length === 0 ? '' : dim(`  ${needed.join(', ')}`)}`);
  }
  for (const note of sizeNotes(binary.report)) output.result(dim(note));
  output.result('');
  const rows = entries.map((it) => ({ name: ownerLabel(it.owner), bytes: it.bytes }));
  table(context, 'package', rows, facts.size, all);
  output.result('');
  table(
    context,
    'section',
    [...sections].sort((a, b) => b.bytes - a.bytes),
    facts.size,
    all,
  );
}

function table(
  { output }: CliContext,
  title: string,
  rows: readonly { readonly name: string; readonly bytes: number }[],
  size: number,
  all: boolean,
): void {
  const { dim, bold } = output.stdout;
  const line = (name: string, bytes: number): string =>
    `${String(bytes).padStart(12)} ${((bytes / size) * 100).toFixed(1).padStart(5)} %  ${name}`;
  output.result(dim(`${'bytes'.padStart(12)} ${'share'.padStart(7)}  ${title}`));
  const shown = all ? rows : rows.slice(0, shownRows);
  for (const { name, bytes } of shown) output.result(line(name, bytes));
  const rest = rows.slice(shown.length);
  const left = rest.reduce((sum, it) => sum + it.bytes, 0);
  if (rest.length > 0)
    output.result(dim(line(`${formatCount(rest.length, title)} more (--all lists them)`, left)));
  output.result(bold(line('the whole file', size)));
}

function showDifference({ output }: CliContext, before: Binary, after: Binary, all: boolean): void {
  const { bold, dim, red, green } = output.stdout;
  const line = (left: number, right: number, name: string): string => {
    const difference = right - left;
    const text = `${difference > 0 ? '+' : ''}${String(difference)}`.padStart(12);
    const paint = difference > 0 ? red : difference < 0 ? green : dim;
    return `${String(left).padStart(12)} ${String(right).padStart(12)} ${paint(text)}  ${name}`;
  };
  for (const { path, report } of [before, after])
    output.result(`${bold(path)}  ${describeArtifact(report.facts)}`);
  output.result(
    dim(`${'before'.padStart(12)} ${'after'.padStart(12)} ${'difference'.padStart(12)}  package`),
  );
  const rows = compareSizes(before.report, after.report);
  const shown = all ? rows : rows.slice(0, shownRows);
  for (const row of shown) output.result(line(row.before, row.after, ownerLabel(row.owner)));
  const rest = rows.slice(shown.length);
  if (rest.length > 0) {
    const sum = (side: 'before' | 'after'): number => rest.reduce((total, it) => total + it[side], 0);
    output.result(
      line(sum('before'), sum('after'), `${formatCount(rest.length, 'package')} more (--all lists them)`),
    );
  }
  output.result(bold(line(before.report.facts.size, after.report.facts.size, 'the whole file')));
}
