import type { BuildEnvironment } from './buildEnvironment.js';

export interface ShellCommand {
  readonly directory: string;
  readonly environment: Pick<BuildEnvironment, 'added' | 'removed'>;
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * One line that does the same as a build does, for a terminal: a POSIX shell's on Linux and macOS, PowerShell's on
 * Windows (its variables outlive the line, as PowerShell has no other way).
 */
export function formatShellCommand(command: ShellCommand, platform: string): string {
  return platform === 'win32' ? powerShellLine(command) : posixLine(command);
}

/** The command with its variables as the first line of a build's output: no folder, the shell's own quoting. */
export function formatCommandLine(command: Omit<ShellCommand, 'directory'>, platform: string): string {
  return platform === 'win32' ? powerShellCommand(command) : posixCommand(command);
}

/** Words as one command that a shell reads back: a POSIX shell's, PowerShell's on Windows. */
export function formatShellWords(words: readonly string[], platform: string): string {
  return platform === 'win32' ? powerShellWords(words) : words.map(quotePosix).join(' ');
}

function powerShellWords(words: readonly string[]): string {
  return `& ${words.map((word) => (plainWord.test(word) ? word : quotePowerShell(word))).join(' ')}`;
}

function posixLine(command: ShellCommand): string {
  return `cd ${quotePosix(command.directory)} && ${posixCommand(command)}`;
}

function posixCommand({ environment, program, args }: Omit<ShellCommand, 'directory'>): string {
  const assignments = environment.added.map(([name, value]) => `${name}=${quotePosix(value)}`);
  const words = [program, ...args].map(quotePosix);
  // `env -u` is in every system that Go runs on, though not in POSIX; a subshell with unset would hide the variables.
  const unset = environment.removed.flatMap((name) => ['-u', quotePosix(name)]);
  const prefix = unset.length === 0 ? [] : ['env', ...unset];
  return [...prefix, ...assignments, ...words].join(' ');
}

function powerShellLine(command: ShellCommand): string {
  return `Set-Location -LiteralPath ${quotePowerShell(command.directory)}; ${powerShellCommand(command)}`;
}

function powerShellCommand({ environment, program, args }: Omit<ShellCommand, 'directory'>): string {
  const statements = [
    ...environment.removed.map((name) => `Remove-Item -ErrorAction Ignore Env:${name}`),
    ...environment.added.map(([name, value]) => `$env:${name}=${quotePowerShell(value)}`),
    powerShellWords([program, ...args]),
  ];
  return statements.join('; ');
}

const plainWord = /^[A-Za-z0-9_./:=+-]+$/;

/** A word as a POSIX shell reads it back; plain words stay plain. */
export function quotePosix(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function quotePowerShell(word: string): string {
  return `'${word.replaceAll("'", "''")}'`;
}
