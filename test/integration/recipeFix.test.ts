import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { runCliIn } from './runCliIn.js';
import { createWorkspace, type Workspace } from './workspace.js';

let ws: Workspace;
afterEach(() => {
  ws.remove();
});

interface Healed {
  readonly ok: boolean;
  readonly fixes: readonly { readonly cause: string; readonly applied: boolean }[];
  readonly runs: readonly { readonly steps: readonly { readonly id: string; readonly state: string }[] }[];
}

interface Failed {
  readonly runs: readonly {
    readonly steps: readonly { readonly diagnoses: readonly { readonly cause: string }[] }[];
  }[];
}

/** The host's compiler where the target's is needed. */
const yaml = `# Ours.
toolchains:
  linux/arm/v7:
    cc: gcc # of this machine
recipes:
  kit:
    steps:
      - name: prog
        go: { packages: ., output: prog }
      - name: note
        file: { output: note, text: plain }
`;

const files = {
  'go.mod': 'module example.com/app\n\ngo 1.21\n',
  'main.go':
    'package main\n\n// static int one(void) { return 1; }\nimport "C"\n\nfunc main() { println(C.one()) }\n',
  'crossbow.yaml': yaml,
};

describe('crossbow recipe run --fix', () => {
  it('mends what made a step fail, and skips what was done before', async () => {
    ws = createWorkspace(files);
    const run = ['recipe', 'run', 'kit', '--target', 'linux/arm/v7'];
    const shown = await runCliIn(ws, [...run, '--fix', '--dry-run']);
    expect(shown.code).toBe(1);
    expect(shown.err).toMatch(/– not applied: .*\[wrong-c-compiler\] Only shown, as --dry-run asks\./);
    expect(readFileSync(ws.path('crossbow.yaml'), 'utf8')).toBe(yaml);

    const healed = await runCliIn(ws, [...run, '--fix', '--json']);
    expect(healed.code, healed.err).toBe(0);
    const { ok, fixes, runs } = healed.json() as Healed;
    expect({ ok, fixes }).toMatchObject({ ok: true, fixes: [{ cause: 'wrong-c-compiler', applied: true }] });
    expect(runs[0]?.steps.map((it) => [it.id, it.state])).toEqual([
      ['prog', 'done'],
      ['note', 'skipped'],
    ]);
    const after = readFileSync(ws.path('crossbow.yaml'), 'utf8');
    expect(after).toContain('# Ours.\n');
    expect(after).not.toMatch(/cc: gcc\b/);

    expect(await runCliIn(ws, [...run, '--yes'])).toMatchObject({ code: 2 });
  });

  it.each([
    // Each compiles, but for what the bytes then tell.
    ['this machine’s', 'gcc', 'wrong-c-compiler', /This is/],
    ['none', 'arm-none-such-gcc', 'c-compiler-not-found', /arm-none-such-gcc/],
  ])('sets the compiler of a C program where it is %s', async (_, cc, cause, title) => {
    ws = createWorkspace({
      'init.c': 'int main(void) { return 0; }\n',
      'crossbow.yaml': `toolchains:\n  linux/arm/v7:\n    cc: ${cc}\nrecipes:\n  kit:\n    steps:\n      - name: init\n        c: { sources: init.c, output: init, static: true }\n`,
    });
    const run = ['recipe', 'run', 'kit', '--target', 'linux/arm/v7'];
    const { runs } = (await runCliIn(ws, [...run, '--json'])).json() as Failed;
    expect(runs[0]?.steps[0]?.diagnoses[0]).toMatchObject({
      cause,
      title: expect.stringMatching(title) as string,
    });

    const healed = await runCliIn(ws, [...run, '--fix', '--json']);
    expect(healed.code, healed.err).toBe(0);
    expect(healed.json()).toMatchObject({ ok: true, fixes: [{ cause, applied: true }] });
    expect(readFileSync(ws.path('crossbow.yaml'), 'utf8')).not.toContain(`cc: ${cc}\n`);
  });
});
