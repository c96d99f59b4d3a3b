/**
 * What the core asks of the world. The adapters on Node are in `src/node`; tests may write their own
 * where a fault must be provoked. Nothing here names `vscode`, `node:` or the DOM.
 */

import type { ArchivePlan, ArchiveReading } from './archive/archive.js';

/** Ends long work early. The platform's own AbortSignal fits, and so does an adapter over an editor's token. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment of the process; nothing is inherited beside it. Absent: the host's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Milliseconds until the whole process group is ended and `outcome` is `timed-out`. */
  readonly timeoutMs?: number;
  readonly signal?: CancelSignal;
  /** Called with raw text as it arrives. What is streamed is not also collected in `stdout`/`stderr`. */
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
  /** Characters kept per stream when collecting; the rest is dropped, so a tool that prints garbage can't fill memory. Default 16 Mi. */
  readonly maxOutput?: number;
}

/** How a process ended. A failure is a value, not an exception: a tool's exit code is data here. */
export interface RunResult {
  readonly outcome:
    | { readonly kind: 'exited'; readonly code: number }
    | { readonly kind: 'signalled'; readonly signal: string }
    | { readonly kind: 'timed-out' }
    | { readonly kind: 'cancelled' }
    /** It never started: `code` is the system's, such as ENOENT, EACCES, ENOEXEC. */
    | { readonly kind: 'not-started'; readonly code: string; readonly message: string };
  readonly stdout: string;
  readonly stderr: string;
  /** Wall time in milliseconds. */
  readonly durationMs: number;
}

/** Runs a program with an argument list, never through a shell. On cancel or time-out the whole process group ends. */
export interface CommandRunner {
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly mtimeMs: number;
  /** False for a file that this user may not execute. On Windows decided by PATHEXT. */
  readonly executable: boolean;
}

/** Paths are the host's own, absolute. `undefined` means "not there"; other failures throw an Error with a readable message. */
export interface FileSystem {
  stat(path: string): Promise<FileStat | undefined>;
  readText(path: string): Promise<string | undefined>;
  /** Replaces the file in one step (temporary sibling, then rename), making parent folders. */
  writeText(path: string, text: string): Promise<void>;
  /** Names in a folder; empty when there is none. */
  list(path: string): Promise<readonly string[]>;
  makeDirectory(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or folder with everything in it; silent when it is not there. */
  remove(path: string): Promise<void>;
  /** Removes a folder that holds nothing; one that holds something, or is not there, stays as it is. */
  removeEmptyDirectory(path: string): Promise<void>;
  /** Makes `to` a hard link to, or else a copy of, `from`. */
  linkOrCopy(from: string, to: string): Promise<void>;
  /** A new private folder in the system's temporary folder. */
  makeTemporaryDirectory(prefix: string): Promise<string>;
  /** The path with symbolic links resolved, or `undefined` when it is not there. */
  realPath(path: string): Promise<string | undefined>;
  /** What a symbolic link holds, or `undefined` for what is none. */
  readLink(path: string): Promise<string | undefined>;
  /** SHA-256 of a file's content as hexadecimal digits, or `undefined` when there is no such file. */
  digest(path: string): Promise<string | undefined>;
  /** Reads part of a file without loading the rest; `undefined` when there is no such file. */
  open(path: string): Promise<RandomAccessFile | undefined>;
}

/** A file that is read piece by piece. Must be closed. */
export interface RandomAccessFile {
  readonly size: number;
  /** Fewer bytes than asked for only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Archives of the host's files. Failures throw an Error with a readable message. */
export interface Archives {
  /**
   * Writes an archive as it reads its files, in memory that does not grow with them, and puts it in its place in one
   * step. Throws where a file changes meanwhile, and an AbortError on cancel; nothing is left behind then.
   */
  write(path: string, plan: ArchivePlan, options?: { readonly signal?: CancelSignal }): Promise<void>;
  /** Reads an archive by its bytes, whatever its name; `undefined` for what is none. No content touches the disk under a name. */
  read(path: string, options?: { readonly signal?: CancelSignal }): Promise<ArchiveReading | undefined>;
}

/** Keeps two runs from writing the same files at once. */
export interface Locks {
  /**
   * Waits until the lock is free, takes it, and resolves with what gives it back; `undefined` when cancelled meanwhile.
   * `onWait` is called once with who holds it. One whose process has ended is taken over.
   */
  acquire(
    path: string,
    options: { readonly signal?: CancelSignal; readonly onWait?: (holder: string) => void },
  ): Promise<(() => Promise<void>) | undefined>;
}

/** What the host is, and its path rules; a value, so that a Windows host can be tested on Linux. */
export interface Host {
  /** Node's process.platform. */
  readonly platform: 'linux' | 'darwin' | 'win32' | (string & {});
  /** GOARCH of the host's CPU. */
  readonly goarch: string;
  readonly env: Readonly<Record<string, string>>;
  readonly homeDirectory: string;
  join(...parts: string[]): string;
  dirname(path: string): string;
  basename(path: string): string;
  relative(from: string, to: string): string;
  isAbsolute(path: string): boolean;
  /** PATH's folders, in order, empty entries left out. */
  readonly searchPath: readonly string[];
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The ports together, as the composition roots hand them to the core. */
export interface Ports {
  readonly runner: CommandRunner;
  readonly files: FileSystem;
  readonly archives: Archives;
  readonly locks: Locks;
  readonly host: Host;
  readonly clock: Clock;
}
