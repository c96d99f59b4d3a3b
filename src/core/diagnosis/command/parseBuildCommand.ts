import { programName } from '../machines.js';
import { readBuildTool, type ToolReading } from './buildTools.js';
import { shellStatements } from './shellWords.js';

/** What a command line says about the build that it runs. */
export interface BuildCommand extends ToolReading {
  /** Variables that the line sets for it: before the command, by `export`, `$env:`, `set`, or as make's arguments. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs, as written, from the folder that the line was typed in: `cd x &&`, `go -C x`, `make -C x`. */
  readonly directories: readonly string[];
  /** Program and arguments without what the line sets: the same for the same work. */
  readonly what: string;
  /** The line builds for several platforms: none is known to be the one that failed. */
  readonly severalPlatforms: boolean;
}

/** Words that only say how the command behind them runs. */
const carriers = new Set(
  'time sudo nice ionice nohup command builtin exec stdbuf unbuffer caffeinate then do else if ! { cross-env cross-env-shell call start'.split(
    ' ',
  ),
);

/**
 * Reads a line typed in a terminal or written as a task: the build it runs, for what, where and with which settings.
 * Undefined where it runs nothing that builds. Knows how POSIX shells, fish, PowerShell and cmd set variables.
 */
export function parseBuildCommand(line: string): BuildCommand | undefined {
  return read(withoutTaskPrefix(line), 0);
}

/** VS Code starts the terminal of a task with this; it is what a process task has for a command line. */
function withoutTaskPrefix(line: string): string {
  return line.replace(/^\s*\*\s+Executing task(?: in folder [^:]{1,200})?:\s*/, '');
}

function read(line: string, depth: number): BuildCommand | undefined {
  const env: Record<string, string> = {};
  const directories: string[] = [];
  const found: BuildCommand[] = [];
  for (const statement of shellStatements(line)) {
    const own: Record<string, string> = {};
    const words = withoutCarriers(statement, own, directories);
    const [program = '', ...args] = words;
    if (program === '') {
      if (Object.keys(own).length > 0) Object.assign(env, own);
      continue;
    }
    if (readAssignment(program, args, env) || readMove(program, args, directories)) continue;
    const inner = innerLine(program, args);
    if (inner !== undefined) {
      const nested = depth < 3 ? read(inner, depth + 1) : undefined;
      if (nested !== undefined)
        found.push({
          ...nested,
          env: { ...env, ...own, ...nested.env },
          directories: [...directories, ...nested.directories],
        });
      if (nested !== undefined || args.some((it) => /^[-/][ck]/i.test(it))) continue;
    }
    const tool = readBuildTool(program, args);
    if (tool === undefined) continue;
    const { directory, assignments, ...rest } = tool;
    found.push({
      ...rest,
      env: { ...env, ...own, ...assignments },
      directories: [...directories, ...(directory === undefined ? [] : [directory])],
      what: [programName(program), ...args.filter((it) => !assignment.test(it))].join(' '),
      severalPlatforms: false,
    });
  }
  const [first] = found;
  if (first === undefined) return undefined;
  return { ...first, severalPlatforms: new Set(found.map(platformKey)).size > 1 };
}

function platformKey({ env, platform }: BuildCommand): string {
  return platform ?? `${env['GOOS'] ?? ''}/${env['GOARCH'] ?? ''}`;
}

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/;

/** Takes `A=b`, `env`, `sudo`, `time` and the like off the front. */
function withoutCarriers(
  statement: readonly string[],
  own: Record<string, string>,
  directories: string[],
): readonly string[] {
  let carried = false;
  for (let at = 0; at < statement.length; at++) {
    const word = statement[at] ?? '';
    const set = assignment.exec(word);
    if (set !== null) {
      own[set[1] ?? ''] = set[2] ?? '';
    } else if (word === 'env' || word.endsWith('/env') || carriers.has(word)) {
      carried = true;
    } else if (carried && /^(?:-u|--unset|-C|--chdir)$/.test(word)) {
      const value = statement[++at] ?? '';
      if (/^(?:-C|--chdir)$/.test(word)) directories.push(value);
    } else if (!(carried && word.startsWith('-'))) {
      return statement.slice(at);
    }
  }
  return [];
}

/** `export A=b`, `set A=b`, `set -gx A b`, `setenv A b`, `$env:A = 'b'`, `unset A`. */
function readAssignment(program: string, args: readonly string[], env: Record<string, string>): boolean {
  const power = /^\$env:(\w+)(=([\s\S]*))?$/i.exec(program);
  if (power !== null) {
    const value = power[2] === undefined ? args[0]?.replace(/^=/, '') || args[1] : power[3] || args[0];
    env[power[1] ?? ''] = value ?? '';
    return true;
  }
  const words = args.filter((it) => !/^-\w/.test(it));
  switch (program.toLowerCase()) {
    case 'export':
    case 'set':
    case 'setenv':
    case 'declare':
    case 'typeset': {
      const [name, value] = words;
      if (name !== undefined && !name.includes('=') && value !== undefined && !value.includes('=')) {
        env[name] = value;
      }
      for (const word of words) {
        const set = assignment.exec(word);
        // cmd keeps the spaces before `&&` in the value; Go takes them off neither, but nobody means them.
        if (set !== null) env[set[1] ?? ''] = (set[2] ?? '').trim();
      }
      return true;
    }
    case 'unset':
      // The line sets nothing for it: what the shell had is gone, as if it had never been set here.
      for (const word of words) Reflect.deleteProperty(env, word);
      return true;
    default:
      return false;
  }
}

function readMove(program: string, args: readonly string[], directories: string[]): boolean {
  if (!/^(?:cd|chdir|pushd|sl|set-location|push-location)$/i.test(program)) return false;
  const directory = args.find((it) => !/^(?:--?\w*|\/d)$/i.test(it));
  if (directory !== undefined) directories.push(directory);
  return true;
}

/** The command line that another shell is given: `bash -c '…'`, `pwsh -Command …`, `cmd /c …`. */
function innerLine(program: string, args: readonly string[]): string | undefined {
  const name = programName(program).toLowerCase();
  const at = args.findIndex((it) => /^(?:-\w{0,3}c|-command|\/[ck])$/i.test(it));
  if (at < 0) return undefined;
  if (/^(?:ba|z|da|k|fi|a)?sh$/.test(name)) return args[at + 1];
  return /^(?:pwsh|powershell|cmd)$/.test(name) ? args.slice(at + 1).join(' ') : undefined;
}
