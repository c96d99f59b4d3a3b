import { Option, type Command } from 'commander';
import type { CrossbowConfig } from '../core/config/config.js';
import { findPackage, type FoundFunction } from '../core/ssa/findPackage.js';
import type { SsaRequest, SsaResult } from '../core/ssa/ssa.js';
import { targetId, type Target } from '../core/target/target.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { readProject } from './cliProject.js';
import { resolveTarget, resolveTargets } from './cliTargets.js';
import { onEverySave, readSavedPage } from './ssaInputs.js';
import { pagePath, writePage } from './ssaPages.js';
import {
  choosePasses,
  showAssembly,
  showComparison,
  showOverview,
  type Dumped,
  type PassChoice,
} from './ssaText.js';

const rawEnding = '.ssa.html';

interface SsaFlags {
  readonly target?: string;
  readonly compare?: string;
  readonly pass?: string;
  readonly diff?: string;
  readonly list?: boolean;
  readonly asm?: boolean;
  readonly json?: boolean;
  readonly html?: string | true;
  readonly rawHtml?: string | true;
  readonly test?: boolean;
  readonly race?: boolean;
  readonly watch?: boolean;
  readonly cgo?: 'auto' | 'on' | 'off';
  readonly tags?: string;
  readonly env?: readonly string[];
}

export function addSsaCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  program
    .command('ssa')
    .summary('show what the Go compiler makes of a function, pass by pass')
    .description(
      'Compiles one package for a target, as its build would, and shows one function of it: every pass of the\n' +
        'compiler, what a pass changed, the machine code. Only that package is compiled, and nothing else again.\n' +
        'FUNCTION is PACKAGE.NAME, with the name as the compiler says it; --list shows the names. It can also be the\n' +
        'path of an ssa.html that was saved before.',
    )
    .argument('<function>', 'such as ./web.handler, net/http.(*conn).serve, main.main.func1')
    .option('-t, --target <target>', 'target or device; default: the first pinned one, else this machine')
    .option('--compare <target>', 'set beside another target: instructions, bytes, calls, spills')
    .option('--pass <pass>', 'the function after one pass: start, lower, regalloc, …; also AST and genssa')
    .option(
      '--diff <passes>',
      'what changed between two passes: start..lower, or one pass against the one before',
    )
    .option('--asm', 'the machine code, with addresses and what the linker fills in')
    .option('--list', "the package's functions, as the compiler names them; FUNCTION is then a package")
    .option('--test', "the package's tests, too")
    .option('--race', 'with the race detector')
    .option('--watch', 'again whenever a file of the package is saved')
    .addOption(new Option('--cgo <mode>', 'auto: on where a package needs C').choices(['auto', 'on', 'off']))
    .option('--tags <tags>', "build tags, comma-separated, as go's -tags")
    .option('--env <name=value>', 'variable for the build; wins over everything else (repeatable)', collect)
    .option('--json', 'print the whole model as one JSON document on standard output and nothing else there')
    .option(
      '--html [file]',
      'write the view as one HTML file for any browser; default: named after the function',
    )
    .option('--raw-html [file]', "write the compiler's own ssa.html, as GOSSAFUNC would")
    .addHelpText(
      'after',
      `
Examples:
  crossbow ssa ./web.handler --target linux/arm/v7           the passes, and how much each changed
  crossbow ssa main.main --pass lower                        the function after the pass "lower"
  crossbow ssa 'net/http.(*conn).serve' --diff opt           what the pass "opt" changed
  crossbow ssa ./web.handler -t linux/arm/v6 --compare linux/arm64
  crossbow ssa ssa.html --diff opt                           of a page that GOSSAFUNC wrote
  crossbow ssa ./web.handler --html                          the passes side by side, in a browser
  crossbow ssa ./web --list                                  names of functions and closures

Exit codes: 0 done, 1 the package does not compile or has no such function, 2 wrong usage or set-up.`,
    )
    .action((name: string, flags: SsaFlags) => run((context) => showSsa(context, name, flags)));
}

async function showSsa(context: CliContext, text: string, flags: SsaFlags): Promise<number> {
  if (/\.html?$/i.test(text)) {
    const saved = await readSavedPage(
      context.ports.host.isAbsolute(text) ? text : context.ports.host.join(context.cwd, text),
    );
    if (flags.rawHtml !== undefined) throw setupError(`${text} is that page already.`);
    await writePages(context, saved, flags);
    return print(context, saved, undefined, flags);
  }
  const { config } = await readProject(context);
  const target = await chooseTarget(context, config, flags);
  const found = await lookUp(context, text, flags, target);
  const once = async (): Promise<number> => {
    const result = await dump(context, config, found, target, flags);
    if (flags.list === true) return listFunctions(context, found, result, flags);
    if (result.kind !== 'dumped') return explain(context, text, result, flags);
    await writePages(context, result, flags);
    if (flags.compare === undefined) return print(context, result, undefined, flags);
    const { target: second } = await resolveTarget(context, flags.compare);
    const other = await dump(context, config, found, second, withoutPages(flags));
    return other.kind === 'dumped'
      ? print(context, result, other, flags)
      : explain(context, text, other, flags);
  };
  const code = await once();
  if (flags.watch !== true || code === exitCodes.cancelled) return code;
  context.output.note(`Watching ${found.directory}; Ctrl-C ends.\n`);
  await onEverySave(context, found.directory, once);
  return exitCodes.done;
}

/** The pages that were asked for; says where they are. That of the compiler it has written itself. */
async function writePages(context: CliContext, result: Dumped, { html, rawHtml }: SsaFlags): Promise<void> {
  const { name, origin } = result.dump.func;
  const proposed = { name, target: origin?.target ?? '' };
  if (rawHtml !== undefined)
    context.output.note(`Wrote ${pagePath(context, rawHtml, { ...proposed, ending: rawEnding })}\n`);
  if (html === undefined) return;
  const path = pagePath(context, html, proposed);
  await writePage(context, result, path);
  context.output.note(`Wrote ${path}\n`);
}

function withoutPages({ html: _html, rawHtml: _rawHtml, ...flags }: SsaFlags): SsaFlags {
  return flags;
}

function print(context: CliContext, result: Dumped, other: Dumped | undefined, flags: SsaFlags): number {
  const passes = choosePasses(result.dump, flags);
  for (const note of [...result.notes, ...(other?.notes ?? [])]) context.output.note(`note: ${note}\n`);
  if (flags.json === true) writeJson(context, result, other, flags);
  else show(context, result, other, passes, flags);
  return exitCodes.done;
}

function show(
  { output }: CliContext,
  result: Dumped,
  other: Dumped | undefined,
  passes: PassChoice | undefined,
  { asm, html, rawHtml }: SsaFlags,
): void {
  if (passes !== undefined) for (const line of passes.lines) output.result(line);
  else if (asm === true) for (const line of showAssembly(result)) output.result(line);
  // Who asks for a page wants to look there.
  else if (other === undefined && html === undefined && rawHtml === undefined)
    for (const line of showOverview(result, output.stdout)) output.result(line);
  if (other !== undefined)
    for (const line of showComparison(result, other, output.stdout)) output.result(line);
}

/** The model is large: it is printed without blanks. */
function writeJson(
  { output }: CliContext,
  result: Dumped,
  other: Dumped | undefined,
  { asm }: SsaFlags,
): void {
  const document = ({
    dump,
    assembly,
    boundsChecks,
    decisions,
    method,
  }: Dumped): Readonly<Record<string, unknown>> => ({
    ...dump,
    boundsChecks,
    decisions,
    method,
    ...(asm === true && assembly !== undefined ? { assembly } : {}),
  });
  const compared = other === undefined ? {} : { compared: document(other) };
  output.result(JSON.stringify({ ...document(result), ...compared }));
}

async function chooseTarget(
  context: CliContext,
  config: CrossbowConfig,
  { target }: SsaFlags,
): Promise<Target> {
  if (target !== undefined) return (await resolveTarget(context, target)).target;
  const [first] = await resolveTargets(context, config, undefined);
  if (first === undefined) throw setupError('There is no target to compile for.');
  return first.target;
}

async function lookUp(
  context: CliContext,
  text: string,
  { list }: SsaFlags,
  target: Target,
): Promise<FoundFunction> {
  const go = await context.crossbow.go();
  if (go.kind !== 'found') throw setupError(go.message);
  const lookup = await findPackage(context.ports, {
    text,
    alone: list === true,
    cwd: context.cwd,
    go: go.path,
    env: { ...context.ports.host.env, GOOS: target.goos, GOARCH: target.goarch },
    signal: context.signal,
  });
  if (!lookup.ok) throw setupError(lookup.message);
  return lookup.found;
}

function dump(
  context: CliContext,
  config: CrossbowConfig,
  found: FoundFunction,
  target: Target,
  flags: SsaFlags,
): Promise<SsaResult> {
  const env = Object.fromEntries(
    (flags.env ?? []).map((it) => {
      const at = it.indexOf('=');
      if (at <= 0) throw setupError(`--env wants NAME=VALUE, not ${it}`);
      return [it.slice(0, at), it.slice(at + 1)];
    }),
  );
  const request: SsaRequest = {
    target,
    directory: found.directory,
    moduleDirectory: found.moduleDirectory,
    // No function has this name, so that a list costs no dump.
    name: flags.list === true ? '-' : found.name,
    test: flags.test === true,
    env,
    ...(flags.cgo === undefined ? {} : { cgo: flags.cgo }),
    ...(flags.tags === undefined ? {} : { tags: flags.tags.split(/[\s,]+/).filter((tag) => tag !== '') }),
    ...(flags.race === true ? { flags: ['-race'] } : {}),
    ...(flags.rawHtml === undefined
      ? {}
      : {
          page: pagePath(context, flags.rawHtml, {
            name: found.name,
            target: targetId(target),
            ending: rawEnding,
          }),
        }),
  };
  const { crossbow, signal } = context;
  return crossbow.ssa(request, { config, trusted: true, signal });
}

function listFunctions(
  context: CliContext,
  found: FoundFunction,
  result: SsaResult,
  flags: SsaFlags,
): number {
  if (result.kind === 'failed' || result.kind === 'cancelled')
    return explain(context, found.importPath, result, flags);
  const functions = result.functions.filter((it) => !it.wrapper);
  if (flags.json === true) {
    context.output.json(functions.map(({ name, symbol, size, locals }) => ({ name, symbol, size, locals })));
  } else {
    for (const { name, size } of functions) context.output.result(`${String(size).padStart(8)}  ${name}`);
  }
  return exitCodes.done;
}

/** Why there is nothing to show. */
function explain(
  { output }: CliContext,
  text: string,
  result: Exclude<SsaResult, { kind: 'dumped' }>,
  { json }: SsaFlags,
): number {
  switch (result.kind) {
    case 'cancelled':
      return exitCodes.cancelled;
    case 'failed':
      if (json === true)
        output.json({ error: { message: 'The package does not compile.', problems: result.problems } });
      for (const { file, line, column, message } of result.problems) {
        const place =
          file === undefined ? '' : `${file}:${line ?? 0}:${column === undefined ? '' : `${column}:`} `;
        output.note(`${output.stderr.red(`${place}${message}`)}\n`);
      }
      return exitCodes.failed;
    case 'no-function': {
      const { nearest, inlinedAt } = result;
      const why =
        inlinedAt.length > 0
          ? `${text} has no code of its own: it is inlined everywhere. Look at the functions that call it:`
          : `The compiler made no function ${text}.`;
      if (json === true) output.json({ error: { message: why, nearest, inlinedAt } });
      output.note(`${why}\n`);
      for (const { file, line } of inlinedAt) output.note(`  ${file ?? ''}:${line ?? 0}\n`);
      if (nearest.length > 0) output.note(`Did you mean ${nearest.join(', ')}?\n`);
      else if (inlinedAt.length === 0)
        output.note('crossbow ssa PACKAGE --list shows the names there are.\n');
      return exitCodes.failed;
    }
  }
}
