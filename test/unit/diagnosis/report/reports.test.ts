import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../../src/core/diagnosis/diagnosis.js';
import { githubAnnotations } from '../../../../src/core/diagnosis/report/githubAnnotations.js';
import { sarifLog, type ReportSource } from '../../../../src/core/diagnosis/report/sarif.js';
import { createHost } from '../../../../src/node/host.js';

const hostOf = (platform: string) => createHost({ platform, arch: 'x64', env: {}, homeDirectory: '/' });
const source: ReportSource = { root: '/src/app', host: hostOf('linux'), log: '/src/app/ci.log' };
const wrongCompiler: Diagnosis = {
  cause: 'wrong-c-compiler',
  confidence: 'certain',
  title: "100% wrong: gcc, the host's",
  target: 'linux/arm/v7',
  package: 'example.com/app',
  location: { file: '/src/app/a b/c:d,e.go', line: 3, column: 8, endColumn: 11 },
  evidence: [{ line: 7, text: "gcc: error: unrecognized option '-marm'" }],
  fixes: [
    { kind: 'set-compiler', title: 'Set CC', proven: true, edit: { kind: 'config', changes: [] } },
    {
      kind: 'install-packages',
      title: 'Install',
      proven: false,
      edit: { kind: 'command', command: 'apt-get x' },
    },
  ],
};
const hint: Diagnosis = {
  cause: 'static-glibc-warning',
  confidence: 'hint',
  title: 'A warning',
  evidence: [{ line: 12, text: 'warning' }],
  fixes: [],
};

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly unknown[];
    }[];
  }[];
}
const sarif = (diagnoses: readonly Diagnosis[], from = source): Sarif =>
  JSON.parse(JSON.stringify(sarifLog(diagnoses, from, '1.2.3'))) as Sarif;

describe('SARIF', () => {
  it('has what the schema requires, and rules that the results point to', () => {
    const log = sarif([wrongCompiler, hint, wrongCompiler]);
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run?.tool.driver.name).toBe('crossbow');
    expect(run?.results).toHaveLength(3);
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.message.text).not.toBe('');
      expect(['error', 'warning', 'note']).toContain(result.level);
    }
    expect(run?.tool.driver.rules).toHaveLength(2);
  });

  it('writes places below the root relative to it, and escapes them as addresses', () => {
    expect(sarif([wrongCompiler]).runs[0]?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b/c%3Ad%2Ce.go', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 8, endColumn: 11 },
        },
      },
    ]);
  });

  it('shows what has no place in the log, and nowhere where that is no file', () => {
    expect(sarif([hint]).runs[0]?.results[0]?.locations).toMatchObject([
      { physicalLocation: { artifactLocation: { uri: 'ci.log' }, region: { startLine: 12 } } },
    ]);
    const fromInput = { root: source.root, host: source.host };
    expect(sarif([hint], fromInput).runs[0]?.results[0]?.locations).toEqual([]);
  });

  it('knows addresses of Windows, and of files elsewhere', () => {
    const at = (file: string): Diagnosis => ({ ...hint, location: { file, line: 1 } });
    const windows = { root: 'C:\\app', host: hostOf('win32') };
    const uri = (file: string, from: ReportSource): unknown =>
      sarif([at(file)], from).runs[0]?.results[0]?.locations[0];
    expect(uri('C:\\app\\x\\y.go', windows)).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'x/y.go' } },
    });
    expect(uri('D:\\go\\y.go', windows)).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'file:///D:/go/y.go' } },
    });
    expect(uri('/root/go/y.go', source)).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'file:///root/go/y.go' } },
    });
  });
});

describe('GitHub annotations', () => {
  it('escape as the runner reads them back', () => {
    expect(githubAnnotations([wrongCompiler], source)).toEqual([
      "::error file=a b/c%3Ad%2Ce.go,line=3,col=8,endColumn=11,title=wrong-c-compiler::100%25 wrong: gcc, the host's%0AFix: Set CC",
    ]);
  });

  it('are notices for hints, and have no place where none is known', () => {
    const fromInput = { root: source.root, host: source.host };
    expect(githubAnnotations([hint], fromInput)).toEqual(['::notice title=static-glibc-warning::A warning']);
  });
});
