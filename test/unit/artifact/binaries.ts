import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { readArtifact } from '../../../src/core/artifact/readArtifact.js';
import type { ArtifactFacts } from '../../../src/core/artifact/facts.js';
import type { ArtifactReading } from '../../../src/core/artifact/reading.js';
import type { RandomAccessFile } from '../../../src/core/ports.js';

export const run = promisify(execFile);

/** Whether a program is on PATH: what only some machines have is skipped by name, visibly. */
export function has(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** A file that counts its reads. */
export async function openCounted(
  path: string,
): Promise<RandomAccessFile & { reads: number; bytesRead: number }> {
  const handle = await open(path);
  const { size } = await handle.stat();
  const file = {
    size,
    reads: 0,
    bytesRead: 0,
    read: async (offset: number, length: number) => {
      const buffer = new Uint8Array(length);
      const { bytesRead } = await handle.read(buffer, 0, length, offset);
      file.reads++;
      file.bytesRead += bytesRead;
      return buffer.subarray(0, bytesRead);
    },
    close: () => handle.close(),
  };
  return file;
}

export function inMemory(bytes: Uint8Array): RandomAccessFile {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

export async function read(path: string): Promise<ArtifactReading> {
  const file = await openCounted(path);
  try {
    return await readArtifact(file);
  } finally {
    await file.close();
  }
}

export async function factsOf(path: string): Promise<ArtifactFacts> {
  const reading = await read(path);
  if (reading.kind === 'unreadable') {
    throw new Error(`${path}: ${reading.message}`);
  }
  return reading.facts;
}

const cgoProgram = `package main

// #include <stdio.h>
// #include <stdlib.h>
// #include <math.h>
// #cgo LDFLAGS: -lm
// static double root(double x) { return sqrt(x); }
// static void greet(double x) { printf("root %.0f\\n", root(x)); fflush(stdout); }
import "C"
import "os"

func main() {
	C.greet(C.double(len(os.Args) * len(os.Args)))
	if len(os.Args) > 1 {
		os.Exit(7)
	}
}
`;
const pureProgram = `package main

import "os"

func main() {
	println("pure", len(os.Args))
	if len(os.Args) > 1 {
		os.Exit(7)
	}
}
`;

/** A scratch folder with two Go modules, and what it takes to build them for any platform. */
export interface Workshop {
  readonly folder: string;
  path(name: string): string;
  go(
    kind: 'pure' | 'cgo',
    name: string,
    env: Record<string, string>,
    flags?: readonly string[],
  ): Promise<string>;
  c(compiler: string, name: string, source: string, flags?: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

export async function createWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'crossbow artifacts ü '));
  const path = (name: string): string => join(folder, name);
  await writeFile(path('go.mod'), 'module example.org/hello\n\ngo 1.21\n');
  await writeFile(path('pure.go'), pureProgram);
  await writeFile(path('cgo.go'), cgoProgram);
  return {
    folder,
    path,
    go: async (kind, name, env, flags = []) => {
      await run('go', ['build', '-o', path(name), ...flags, `${kind}.go`], {
        cwd: folder,
        env: { ...process.env, CGO_ENABLED: kind === 'cgo' ? '1' : '0', GOFLAGS: '', GOWORK: 'off', ...env },
      });
      return path(name);
    },
    c: async (compiler, name, source, flags = []) => {
      await writeFile(path(`${name}.c`), source);
      await run(compiler, ['-o', path(name), path(`${name}.c`), ...flags]);
      return path(name);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export const readBytes = (path: string): Promise<Uint8Array> => readFile(path);
