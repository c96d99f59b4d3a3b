import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RunOptions, RunResult } from '../core/ports.js';

type NotStarted = Extract<RunResult['outcome'], { kind: 'not-started' }>;

/**
 * Refuses a file that the kernel would refuse. The C library's execvp, which Node uses, hands such a file to
 * /bin/sh instead; Go's os/exec does not, so a compiler that "works" that way would still fail in the build.
 */
export async function unrunnableFormat(
  program: string,
  env: RunOptions['env'],
): Promise<NotStarted | undefined> {
  if (process.platform === 'win32') return undefined;
  const file = await locate(program, env);
  const head = file === undefined ? undefined : await readHead(file);
  if (file === undefined || head === undefined || isProgram(head)) return undefined;
  return {
    kind: 'not-started',
    code: 'ENOEXEC',
    message: `${file} is not a program: neither a binary nor a script with a #! line.`,
  };
}

/**
 * A binary for another machine ends in /bin/sh too, with one of the shell's own exit codes. Whether the kernel
 * has an interpreter registered for it (binfmt_misc) shows only afterwards, so this asks after the fact.
 */
export async function refusedByKernel(
  program: string,
  env: RunOptions['env'],
  exitCode: number,
): Promise<NotStarted | undefined> {
  if (process.platform !== 'linux' || ![2, 126, 127].includes(exitCode)) return undefined;
  const [file, own] = [await locate(program, env), await readHead(process.execPath)];
  const head = file === undefined ? undefined : await readHead(file);
  if (
    head === undefined ||
    own === undefined ||
    !isElf(head) ||
    head.subarray(18, 20).equals(own.subarray(18, 20))
  ) {
    return undefined;
  }
  return { kind: 'not-started', code: 'ENOEXEC', message: `${file} is a program for another machine.` };
}

/** Says what was not there: the folder to run in, the program, or the interpreter a script names. */
export async function explainStartFailure(
  program: string,
  options: RunOptions,
  code = 'UNKNOWN',
  message = '',
): Promise<NotStarted> {
  if (options.cwd !== undefined) {
    const folder = await stat(options.cwd).catch(() => undefined);
    if (!folder?.isDirectory()) {
      const what = folder ? 'is not a folder' : 'does not exist';
      return {
        kind: 'not-started',
        code: 'ENOTDIR',
        message: `The folder to run in ${what}: ${options.cwd}`,
      };
    }
  }
  const file = await locate(program, options.env);
  if (code === 'ENOENT' && file !== undefined) {
    return {
      kind: 'not-started',
      code: 'ENOEXEC',
      message: `${file} is there, but the interpreter or loader it names is not.`,
    };
  }
  if (code === 'ENOENT') return { kind: 'not-started', code, message: `${program} was not found.` };
  if (code === 'EACCES') return { kind: 'not-started', code, message: `${program} may not be executed.` };
  return {
    kind: 'not-started',
    code,
    message: message === '' ? `${program} could not be started.` : message,
  };
}

/** The file that would be started: the program itself if it is a path, else the first of its name on PATH. */
async function locate(program: string, env: RunOptions['env']): Promise<string | undefined> {
  const folders = program.includes('/') ? [''] : ((env ?? process.env)['PATH'] ?? '').split(path.delimiter);
  for (const folder of folders) {
    const file = path.join(folder, program);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile()) return file;
  }
  return undefined;
}

async function readHead(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(20), 0, 20, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    // A program may be executable and not readable; then the system decides.
    return undefined;
  }
}

function isElf(head: Buffer): boolean {
  return head.subarray(0, 4).toString('latin1') === '\x7fELF';
}

/** `#!`, ELF, MZ (Wine may be registered for it), and Mach-O in both byte orders and as a universal file. */
function isProgram(head: Buffer): boolean {
  const magic = head.subarray(0, 4).toString('hex');
  return (
    ['2321', '4d5a'].includes(magic.slice(0, 4)) ||
    ['7f454c46', 'cffaedfe', 'cefaedfe', 'feedfacf', 'feedface', 'cafebabe', 'cafebabf'].includes(magic)
  );
}
