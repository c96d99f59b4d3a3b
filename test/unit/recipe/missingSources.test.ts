import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { missingSources } from '../../../src/core/recipe/run/missingSources.js';
import { createPorts } from '../../../src/node/ports.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'crossbow-sources-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

const advice = (log: string, folder = ''): Promise<string | undefined> =>
  missingSources(createPorts(), log, path.join(root, folder));

describe('files that are embedded and not there', () => {
  const log =
    'package a/cmd\n\timports a/web: web/embed.go:5:12: pattern public: cannot embed directory public: contains no embeddable files\n';

  it('are made by the script of the nearest package.json', async () => {
    write({ 'web/embed.go': '', 'package.json': '{"scripts": {"build": "x"}}', 'yarn.lock': '' });
    expect(await advice('web/embed.go:5:12: pattern all:public/*: no matching files found\n')).toContain(
      'There are no files public/* for the //go:embed in web/embed.go:5. They are made by another build: `yarn install && yarn build` is likely',
    );
  });

  it('are made by go generate where the file says so', async () => {
    write({ 'web/embed.go': 'package web\n\n//go:generate make-it\n' });
    expect(await advice(log)).toMatch(/public for the .*embed\.go:5\. That file has a \/\/go:generate/);
  });

  it('are not sought above the module', async () => {
    write({ 'package.json': '{"scripts": {"build": "x"}}', 'module/web/embed.go': '' });
    expect(await advice(log, 'module')).toMatch(/made by another build, or are not checked out\.$/);
  });
});

describe('a module that go.mod replaces by a folder that is not there', () => {
  it('is named, with the submodule that it is', async () => {
    write({
      'src/guardian/go.mod': '',
      '.gitmodules': '[submodule "src/garden"]\n\tpath = src/garden\n\turl = x\n',
    });
    expect(
      await advice(
        'go: code.example.org/garden@v0.0.0 (replaced by ../garden): reading ../garden/go.mod: open /x/garden/go.mod: no such file or directory\n',
        'src/guardian',
      ),
    ).toBe(
      `go.mod takes code.example.org/garden from ../garden, and ${path.join(root, 'src/garden')} is not there. It is a submodule: \`git submodule update --init src/garden\` in ${root} brings it.`,
    );
    expect(
      await advice(
        'cmd/gdn/main.go:3:8: code.example.org/grootfs@v0.1.0: replacement directory ../grootfs does not exist\n',
        'src/guardian',
      ),
    ).toMatch(
      /^go\.mod takes code\.example\.org\/grootfs from .*-dropreplace=code\.example\.org\/grootfs`\.$/,
    );
  });

  it('is nothing that other failures are taken for', async () => {
    expect(await advice('main.go:3:8: undefined: x\n')).toBeUndefined();
  });
});
