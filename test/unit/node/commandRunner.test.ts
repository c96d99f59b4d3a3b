import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCommandRunner } from '../../../src/node/commandRunner.js';

const runner = createCommandRunner();
const run = (...args: Parameters<typeof runner.run>): ReturnType<typeof runner.run> => runner.run(...args);
const node = process.execPath;
const script = (code: string): string[] => ['-e', code];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'crossbow runner é '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function executable(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  await chmod(file, 0o755);
  return file;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Ended but not waited for by the container's first process.
    return process.platform !== 'linux' || !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a program that ends by itself', () => {
  it('hands over its exit code and both streams', async () => {
    const result = await run(node, script('console.log("out"); console.error("err"); process.exitCode = 3'));
    expect(result.outcome).toEqual({ kind: 'exited', code: 3 });
    expect(result.stdout).toBe('out\n');
    expect(result.stderr).toBe('err\n');
    expect(result.durationMs).toBeGreaterThan(0);
  });

  it('names the signal that ended it', async () => {
    const result = await run(node, script('process.kill(process.pid, "SIGSEGV")'));
    expect(result.outcome).toEqual({ kind: 'signalled', signal: 'SIGSEGV' });
  });

  it('gets its arguments untouched by any shell', async () => {
    const args = ['$HOME', 'a b', '"', '*', ';exit 1', ''];
    const result = await run(node, [
      ...script('console.log(JSON.stringify(process.argv.slice(1)))'),
      '--',
      ...args,
    ]);
    expect(JSON.parse(result.stdout)).toEqual(args);
  });

  it('gets exactly the environment it was given', async () => {
    const result = await run(node, script('console.log(JSON.stringify(process.env))'), {
      env: { ONLY: 'this' },
    });
    expect(JSON.parse(result.stdout)).toEqual({ ONLY: 'this' });
  });

  it('runs in a folder with spaces and accents, and reads its standard input', async () => {
    const result = await run(node, script('console.log(process.cwd()); process.stdin.pipe(process.stdout)'), {
      cwd: folder,
      stdin: 'größe',
    });
    expect(result.stdout).toContain(path.basename(folder));
    expect(result.stdout).toContain('größe');
  });

  it('may end without reading its standard input', async () => {
    const result = await run(node, script(''), { stdin: 'x'.repeat(1_000_000) });
    expect(result.outcome).toEqual({ kind: 'exited', code: 0 });
  });

  it('streams, with characters split over chunks put together again', async () => {
    const bytes = script(`
      const text = Buffer.from('ä€𝒳');
      (async () => { for (const byte of text) await new Promise((done) => process.stdout.write(Buffer.from([byte]), done)); })();`);
    const pieces: string[] = [];
    const result = await run(node, bytes, { onStdout: (text) => pieces.push(text) });
    expect(pieces.join('')).toBe('ä€𝒳');
    expect(result.stdout).toBe('');
  });

  it('keeps no more output than asked for', async () => {
    const result = await run(
      node,
      script('process.stdout.write("x".repeat(300000)); process.stderr.write("end")'),
      {
        maxOutput: 1000,
      },
    );
    expect(result.stdout).toHaveLength(1000);
    expect(result.stderr).toBe('end');
  });

  it('is not held back by a background child that keeps the pipes', async () => {
    const result = await run('/bin/sh', ['-c', 'setsid sleep 20 & echo started']);
    expect(result.stdout).toBe('started\n');
    expect(result.durationMs).toBeLessThan(5000);
  });
});

describe('a program that does not start', () => {
  it('is not found', async () => {
    const result = await run('no-such-program-here', []);
    expect(result.outcome).toMatchObject({ kind: 'not-started', code: 'ENOENT' });
  });

  it('has no folder to run in: that is what is said, not that the program is missing', async () => {
    const result = await run(node, [], { cwd: path.join(folder, 'gone') });
    expect(result.outcome).toMatchObject({ kind: 'not-started', code: 'ENOTDIR' });
    expect(result.outcome).toHaveProperty('message', expect.stringContaining('gone'));
  });

  it('is a folder, or may not be executed', async () => {
    const plain = path.join(folder, 'plain');
    await writeFile(plain, '#!/bin/sh\n');
    expect((await run(folder, [])).outcome).toMatchObject({ kind: 'not-started', code: 'EACCES' });
    expect((await run(plain, [])).outcome).toMatchObject({ kind: 'not-started', code: 'EACCES' });
  });

  it('is garbage, which no shell gets to interpret', async () => {
    const garbage = await executable('garbage', 'echo interpreted; exit 0\n');
    const result = await run(garbage, []);
    expect(result.outcome).toMatchObject({ kind: 'not-started', code: 'ENOEXEC' });
    expect(result.stdout).toBe('');
  });

  it('is a binary for another machine', async () => {
    const bytes = await readFile(node);
    const header = Buffer.from(bytes.subarray(0, 4096));
    header.writeUInt16LE(0x1234, 18);
    const foreign = await executable('foreign', header);
    expect((await run(foreign, [])).outcome).toMatchObject({ kind: 'not-started', code: 'ENOEXEC' });
  });

  it('names an interpreter that is not there', async () => {
    const orphan = await executable('orphan', '#!/no/such/interpreter\n');
    expect((await run(orphan, [])).outcome).toMatchObject({
      kind: 'not-started',
      code: 'ENOEXEC',
      message: expect.stringContaining('interpreter') as string,
    });
  });
});

describe('a program that is ended', () => {
  /** Starts a grandchild, prints its process id, and waits; `stubborn` ones ignore SIGTERM. */
  const tree = (stubborn: boolean): string => {
    const ignore = stubborn ? 'process.on("SIGTERM", () => {});' : '';
    const grandchild = `${ignore} setInterval(() => {}, 1000); process.stdout.write(String(process.pid) + "\\n")`;
    return `${ignore} require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}], { stdio: "inherit" }); setInterval(() => {}, 1000);`;
  };

  async function cancelled(code: string): Promise<{ grandchild: number; tookMs: number; kind: string }> {
    const controller = new AbortController();
    let grandchild = 0;
    let aborted = 0;
    const result = await run(node, script(code), {
      signal: controller.signal,
      onStdout: (text) => {
        grandchild = Number(text);
        aborted = performance.now();
        controller.abort();
      },
    });
    return { grandchild, tookMs: performance.now() - aborted, kind: result.outcome.kind };
  }

  it('takes its grandchild with it', async () => {
    const { grandchild, tookMs, kind } = await cancelled(tree(false));
    expect(kind).toBe('cancelled');
    expect(grandchild).toBeGreaterThan(0);
    expect(isAlive(grandchild)).toBe(false);
    expect(tookMs).toBeLessThan(1000);
  });

  it('is killed when it and its grandchild ignore SIGTERM', async () => {
    const { grandchild, tookMs, kind } = await cancelled(tree(true));
    expect(kind).toBe('cancelled');
    expect(isAlive(grandchild)).toBe(false);
    expect(tookMs).toBeGreaterThan(900);
    expect(tookMs).toBeLessThan(20_000);
  });

  it('takes a stubborn grandchild with it even when it ends politely itself', async () => {
    const code = tree(true).replace('process.on("SIGTERM", () => {});', '');
    const { grandchild, tookMs } = await cancelled(code);
    expect(isAlive(grandchild)).toBe(false);
    expect(tookMs).toBeLessThan(20_000);
  });

  it('has run out of time', async () => {
    const result = await run(node, script('console.log("so far"); setInterval(() => {}, 1000)'), {
      timeoutMs: 400,
    });
    expect(result.outcome).toEqual({ kind: 'timed-out' });
    expect(result.stdout).toBe('so far\n');
  });

  it('never starts when it was cancelled before', async () => {
    const result = await run(node, script('console.log("ran")'), { signal: AbortSignal.abort() });
    expect(result.outcome).toEqual({ kind: 'cancelled' });
    expect(result.stdout).toBe('');
  });
});
