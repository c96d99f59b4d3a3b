import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { emptyConfig } from '../../../src/core/config/config.js';
import { applyConfigChanges } from '../../../src/core/config/editConfig.js';
import { loadConfig } from '../../../src/core/config/loadConfig.js';
import { applyFixEdit } from '../../../src/core/diagnosis/resolve/applyFix.js';
import type { Target } from '../../../src/core/target/target.js';
import { createToolchainService } from '../../../src/core/toolchain/createToolchainService.js';
import { createPorts } from '../../../src/node/ports.js';
import { scratchModule } from './scratchModule.js';

const files = {
  'go.mod': 'module example.com/app\n\ngo 1.21\n',
  'main.go': 'package main\n\nfunc main() { println(one()) }\n',
  'one.go':
    'package main\n\n// static int one(void) { return 1; }\nimport "C"\n\nfunc one() int { return int(C.one()) }\n',
};

/** Every failure here is made by real tools, and healed by the first fix alone. */
describe('the first fix', () => {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'crossbow-cache-'));
  const module = scratchModule(files);
  const service = createToolchainService(createPorts(), { cacheFolder });
  afterAll(() => {
    module.remove();
    rmSync(cacheFolder, { recursive: true, force: true });
  });

  const cases: readonly (readonly [string, Target, Readonly<Record<string, string>>])[] = [
    [
      "the host's gcc for linux/arm/v7",
      { goos: 'linux', goarch: 'arm', level: 'v7' },
      { CGO_ENABLED: '1', CC: 'gcc' },
    ],
    [
      "the host's gcc for linux/riscv64",
      { goos: 'linux', goarch: 'riscv64' },
      { CGO_ENABLED: '1', CC: 'gcc' },
    ],
    [
      "the host's gcc for windows/amd64",
      { goos: 'windows', goarch: 'amd64' },
      { CGO_ENABLED: '1', CC: 'gcc' },
    ],
    [
      'a compiler that is not there',
      { goos: 'linux', goarch: 'arm64' },
      { CGO_ENABLED: '1', CC: 'no-such-gcc' },
    ],
    ['cgo off', { goos: 'linux', goarch: 'arm64' }, { CGO_ENABLED: '0' }],
  ];
  for (const [name, target, env] of cases)
    it(`heals ${name}`, async () => {
      const toolchains = (wanted: Target) => service.report(wanted, { config: emptyConfig, trusted: true });
      const [diagnosis] = await module.diagnose(target, env, { toolchains });
      const [fix] = diagnosis?.fixes ?? [];
      expect(fix?.proven).toBe(true);
      if (fix?.edit.kind !== 'config') throw new Error('the first fix is no edit');
      const path = join(module.directory, 'crossbow.yaml');
      const { files: port } = createPorts();
      expect(await applyFixEdit(fix.edit, port, path)).toEqual({ kind: 'written', path });
      const text = (await port.readText(path)) ?? '';
      const [own] = Object.values(loadConfig(text).config.toolchains);
      await port.remove(path);
      expect(applyConfigChanges('', fix.edit.changes)).toEqual({ kind: 'changed', text });
      expect(await module.build(target, { CGO_ENABLED: '1', CC: own?.cc ?? '', ...own?.env })).toBe('');
    }, 120_000);
});
