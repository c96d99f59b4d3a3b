import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCommandLine, formatShellCommand, quotePosix } from '../../../src/core/build/shellCommand.js';

const command = {
  directory: "/home/me/it's mine",
  environment: {
    added: [
      ['GOOS', 'linux'],
      ['CC', 'zig cc -target arm-linux-musleabihf'],
    ],
    removed: ['CGO_CFLAGS'],
  },
  program: 'go',
  args: ['build', '-ldflags', '-s -w', './cmd/x'],
} as const;

describe('a build as a shell line', () => {
  it('is quoted for a POSIX shell', () => {
    expect(formatShellCommand(command, 'linux')).toBe(
      `cd '/home/me/it'\\''s mine' && env -u CGO_CFLAGS GOOS=linux ` +
        `CC='zig cc -target arm-linux-musleabihf' go build -ldflags '-s -w' ./cmd/x`,
    );
  });

  it('is quoted for PowerShell on Windows', () => {
    expect(formatShellCommand({ ...command, directory: "C:\\it's" }, 'win32')).toBe(
      "Set-Location -LiteralPath 'C:\\it''s'; Remove-Item -ErrorAction Ignore Env:CGO_CFLAGS; $env:GOOS='linux'; " +
        "$env:CC='zig cc -target arm-linux-musleabihf'; & go build -ldflags '-s -w' ./cmd/x",
    );
  });

  it('does in a real shell what was meant', () => {
    const base = mkdtempSync(path.join(os.tmpdir(), 'crossbow-shell-'));
    try {
      const directory = path.join(base, "wörk 'n' $HOME späce");
      mkdirSync(directory);
      const line = formatShellCommand(
        {
          directory,
          environment: { added: [['X', 'a "b" $c `d` \\ \n e']], removed: ['GONE'] },
          program: process.execPath,
          args: [
            '-e',
            'console.log(JSON.stringify([process.env.X, process.env.GONE ?? null, process.cwd(), process.argv[1]]))',
            "it's",
          ],
        },
        'linux',
      );
      const out = execFileSync('/bin/sh', ['-c', line], {
        env: { ...process.env, GONE: 'here' },
        encoding: 'utf8',
      });
      expect(JSON.parse(out)).toEqual(['a "b" $c `d` \\ \n e', null, directory, "it's"]);
    } finally {
      rmSync(base, { recursive: true });
    }
  });

  it('quotes any word so that a shell reads it back', () => {
    const words = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 12 }).filter((it) => !it.includes('\0')),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(words, (list) => {
        const out = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${list.map(quotePosix).join(' ')}`], {
          encoding: 'utf8',
        });
        expect(out.split('\0').slice(0, -1)).toEqual(list);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves the folder out of the first line of the output', () => {
    expect(formatCommandLine(command, 'linux')).toMatch(/^env -u CGO_CFLAGS GOOS=linux /);
  });
});
