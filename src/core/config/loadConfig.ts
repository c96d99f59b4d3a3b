import { type Document, LineCounter, parseDocument } from 'yaml';

import type { BuildDefaults, ConfigProblem, LoadedConfig, ToolchainConfig } from './config.js';
import { readRecipes } from './configRecipes.js';
import { cgoMode } from './configSteps.js';
import { readPinned, readToolchains } from './configTargets.js';
import type { Catalogue } from '../target/catalogue.js';
import { readNode, type Reader, type Span } from './readNode.js';
import { type ConfigFile, configSchema } from './schema.js';
import { tagsOf } from './textLists.js';

/**
 * Reads crossbow.yaml. Never throws: what can't be used is left out and reported at its place, and an empty text gives
 * the defaults. `catalogue`: the installed Go's; without it the built-in list judges the targets.
 */
export function loadConfig(text: string, catalogue?: Catalogue): LoadedConfig {
  const lines = new LineCounter();
  const problems: ConfigProblem[] = [];
  const document = parseYaml(text, lines);
  const reader: Reader = {
    document,
    problem(span, message, severity) {
      problems.push({ ...placeOf(lines, span, text), message, severity });
    },
  };
  for (const error of document.errors)
    reader.problem({ start: error.pos[0], end: error.pos[1] }, sentence(error.message), 'error');
  for (const warning of document.warnings)
    reader.problem({ start: warning.pos[0], end: warning.pos[1] }, sentence(warning.message), 'warning');

  const file = (readNode(reader, document.contents, configSchema) ?? {}) as Partial<ConfigFile>;
  const pinned = readPinned(reader, file.pinned ?? [], catalogue);
  const toolchains = readToolchains(reader, file.toolchains ?? {}, catalogue);
  const lineOf = (span: Span): number => position(lines, span.start).line;
  const recipes = readRecipes(reader, file.recipes ?? {}, lineOf, catalogue);
  return {
    config: {
      pinned,
      toolchains: mapValues(toolchains, toToolchain),
      defaults: toDefaults(file.defaults ?? {}),
      recipes,
    },
    problems: problems.sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** The text as YAML, with places. Duplicate keys are errors, merge keys (`<<`) are understood. */
function parseYaml(text: string, lineCounter: LineCounter): Document {
  return parseDocument(text, { lineCounter, prettyErrors: false, merge: true });
}

type ToolchainFile = NonNullable<ConfigFile['toolchains']>[string];

function toToolchain(file: ToolchainFile): ToolchainConfig {
  const { 'pkg-config': pkgConfig, cgo, env, ...commands } = file;
  return {
    ...commands,
    ...(cgo === undefined ? {} : { cgo: cgoMode(cgo) }),
    ...(env === undefined ? {} : { env: mapValues(env, String) }),
    ...(pkgConfig === undefined ? {} : { pkgConfig: toPkgConfig(pkgConfig) }),
  };
}

function toPkgConfig(
  file: NonNullable<ToolchainFile['pkg-config']>,
): NonNullable<ToolchainConfig['pkgConfig']> {
  const { 'sysroot-dir': sysrootDir, ...rest } = file;
  return { ...rest, ...(sysrootDir === undefined ? {} : { sysrootDir }) };
}

function toDefaults(file: Partial<NonNullable<ConfigFile['defaults']>>): BuildDefaults {
  const { tags, cgo, env, ...rest } = file;
  return {
    ...rest,
    ...(tags === undefined ? {} : { tags: tagsOf(tags) }),
    ...(cgo === undefined ? {} : { cgo: cgoMode(cgo) }),
    ...(env === undefined ? {} : { env: mapValues(env, String) }),
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function placeOf(
  lines: LineCounter,
  span: Span,
  text: string,
): Pick<ConfigProblem, 'line' | 'column' | 'endLine' | 'endColumn'> {
  const start = position(lines, span.start);
  // A problem is marked on its first line only: a whole block underlined tells nothing.
  const lineEnd = text.slice(span.start).search(/\r?\n|$/) + span.start;
  const end = position(lines, Math.max(span.start, Math.min(span.end, lineEnd)));
  return {
    line: start.line,
    column: start.col,
    endLine: end.line,
    endColumn: Math.max(end.col, start.col + 1),
  };
}

function position(lines: LineCounter, offset: number): { line: number; col: number } {
  const { line, col } = lines.linePos(offset);
  // A text without any line yields 0.
  return { line: Math.max(1, line), col: Math.max(1, col) };
}

function sentence(message: string): string {
  return message.replace(/\s+/g, ' ').trim();
}
