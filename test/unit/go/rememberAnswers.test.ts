import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rememberAnswers } from '../../../src/core/go/rememberAnswers.js';
import type { CommandRunner, Ports } from '../../../src/core/ports.js';
import { createPorts } from '../../../src/node/ports.js';

let folder = '';
let asked: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'crossbow-answers-'));
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A runner that counts what it is asked; what it says is given. */
function counting(code = 0, stdout = 'go1.99\n'): Ports {
  const runner: CommandRunner = {
    run: (_, args) => {
      asked.push(args.join(' '));
      return Promise.resolve({ outcome: { kind: 'exited', code }, stdout, stderr: '', durationMs: 1 });
    },
  };
  return { ...createPorts(), runner };
}

function goCommand(size = 2_000_000): string {
  const file = path.join(folder, 'go');
  writeFileSync(file, Buffer.alloc(size));
  return file;
}

const version = ['env', 'GOVERSION'];

describe('what go says of itself', () => {
  it('is asked once, by the next process too', async () => {
    const go = goCommand();
    const ports = counting();
    const first = rememberAnswers(ports, folder);
    expect((await first.run(go, version)).stdout).toBe('go1.99\n');
    expect((await first.run(go, version)).stdout).toBe('go1.99\n');
    expect((await rememberAnswers(ports, folder).run(go, version)).stdout).toBe('go1.99\n');
    expect(asked).toEqual(['env GOVERSION']);
  });

  it('is asked again of a new go command, and of a wrapper each time', async () => {
    const go = goCommand();
    const runner = rememberAnswers(counting(), folder);
    await runner.run(go, version);
    utimesSync(go, 1, 1);
    await runner.run(go, version);
    expect(asked).toHaveLength(2);
    goCommand(100);
    await runner.run(go, version);
    await runner.run(go, version);
    expect(asked).toHaveLength(4);
  });

  it('keeps no failure, and nothing that depends on a folder', async () => {
    const go = goCommand();
    const failing = rememberAnswers(counting(2), folder);
    await failing.run(go, version);
    await failing.run(go, version);
    const runner = rememberAnswers(counting(), folder);
    await runner.run(go, ['list', './...']);
    await runner.run(go, ['list', './...']);
    expect(asked).toHaveLength(4);
  });

  it('takes a damaged file for an empty one', async () => {
    const go = goCommand();
    writeFileSync(path.join(folder, 'go.json'), '[["x"], {');
    expect((await rememberAnswers(counting(), folder).run(go, version)).stdout).toBe('go1.99\n');
  });
});
