import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createCrossbow } from '../../src/core/createCrossbow.js';
import type { BuildEvent, MainPackage } from '../../src/core/build/build.js';
import { emptyConfig } from '../../src/core/config/config.js';
import type { Crossbow } from '../../src/core/crossbow.js';
import type { Ports } from '../../src/core/ports.js';
import { createHost } from '../../src/node/host.js';
import { createPorts } from '../../src/node/ports.js';

/** A folder with files, and the ports of this machine with a changed environment. */
export interface Workspace {
  readonly root: string;
  readonly ports: Ports;
  readonly crossbow: Crossbow;
  path(...parts: string[]): string;
  write(files: Readonly<Record<string, string>>): void;
  /** The only main package, or the one of that folder. */
  main(folder?: string): Promise<MainPackage>;
  remove(): void;
}

/** Probes are remembered for all tests of a run, as they are between runs of the command line. */
export const cacheFolder = path.join(os.tmpdir(), 'crossbow-integration-cache');

export function createWorkspace(
  files: Readonly<Record<string, string>>,
  {
    name = 'crossbow-ws-',
    env = {},
  }: { name?: string; env?: Readonly<Record<string, string | undefined>> } = {},
): Workspace {
  const base = mkdtempSync(path.join(os.tmpdir(), 'crossbow-test-'));
  const root = mkdtempSync(path.join(base, name));
  const host = createHost({
    platform: process.platform,
    arch: process.arch,
    env: { ...process.env, ...env },
    homeDirectory: os.homedir(),
  });
  const ports: Ports = { ...createPorts(), host };
  const crossbow = createCrossbow(ports, { cacheFolder, recipesFolder: path.resolve('recipes') });
  const write = (more: Readonly<Record<string, string>>): void => {
    for (const [file, text] of Object.entries(more)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
  };
  write(files);
  return {
    root,
    ports,
    crossbow,
    path: (...parts) => path.join(root, ...parts),
    write,
    async main(folder = '') {
      const { packages, problems } = await crossbow.mainPackages([root]);
      const found = packages.find((it) => it.directory === path.join(root, folder));
      if (found === undefined) throw new Error(`no main package in ${folder}: ${JSON.stringify(problems)}`);
      return found;
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

/** Options of a trusted build without crossbow.yaml, and everything it said. */
export function listening(): {
  readonly options: {
    readonly config: typeof emptyConfig;
    readonly trusted: true;
    onEvent(event: BuildEvent): void;
  };
  readonly events: BuildEvent[];
  text(): string;
} {
  const events: BuildEvent[] = [];
  return {
    events,
    options: { config: emptyConfig, trusted: true, onEvent: (event) => void events.push(event) },
    text: () => events.map((it) => (it.kind === 'output' ? it.text : '')).join(''),
  };
}

/** A program whose C part doubles a number. */
export const cgoProgram: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/doubler\n\ngo 1.21\n',
  'main.go': `package main

/*
#include <stdlib.h>
static int twice(int x) { return 2 * x; }
*/
import "C"

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println("twice 21 is", C.twice(21))
	if len(os.Args) > 1 {
		os.Exit(int(C.twice(3)))
	}
}
`,
};

export const pureProgram: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/pure\n\ngo 1.21\n',
  'main.go': 'package main\n\nfunc main() { println("pure") }\n',
};
