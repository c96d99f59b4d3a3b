import * as vscode from 'vscode';
import type { EmulationPlan } from '../core/emulation/emulation.js';
import { choiceName, type TargetChoice } from '../core/target/targetChoice.js';
import type { Artifact } from '../core/build/build.js';
import { artifactOf, type ArtifactRow } from './artifactCommands.js';
import { installWithConsent } from './installPackages.js';
import { runTask } from './runTask.js';
import type { Session } from './session.js';

/** Runs an artifact here, through an emulator where it is for another machine, in a terminal that stays. */
export async function runArtifact(session: Session, row: ArtifactRow | undefined): Promise<void> {
  const node = await artifactOf(session, row);
  if (node === undefined) {
    return;
  }
  const plan = await planRun(session, node.artifact, node.choice);
  switch (plan.kind) {
    case 'run':
      await runInTerminal(plan, node.artifact, node.choice);
      return;
    case 'missing':
      await offerEmulator(session, plan, node);
      return;
    case 'impossible':
      await vscode.window.showWarningMessage(plan.message);
      return;
  }
}

async function planRun(session: Session, artifact: Artifact, choice: TargetChoice): Promise<EmulationPlan> {
  const engine = await session.engine();
  return engine.crossbow.emulation(artifact, {
    ...session.options(),
    ...(choice.device === undefined ? {} : { device: choice.device }),
  });
}

async function runInTerminal(
  plan: EmulationPlan & { kind: 'run' },
  artifact: Artifact,
  choice: TargetChoice,
): Promise<void> {
  const uri = vscode.Uri.file(artifact.path);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const program = uri.path.split('/').at(-1) ?? artifact.path;
  const task = new vscode.Task(
    { type: 'process' },
    folder ?? vscode.TaskScope.Workspace,
    `run ${program} as ${choiceName(choice)}`,
    'crossbow',
    new vscode.ProcessExecution(plan.program, [...plan.args], {
      env: { ...plan.env },
      ...(folder === undefined ? {} : { cwd: folder.uri.fsPath }),
    }),
    [],
  );
  task.detail = plan.description;
  // The terminal stays open after the program's end, with its output and, where it failed, its exit code.
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    focus: true,
    clear: true,
    echo: true,
    showReuseMessage: false,
  };
  const code = await runTask(task);
  if (code !== undefined) {
    const icon = code === 0 ? '$(pass)' : '$(error)';
    vscode.window.setStatusBarMessage(`${icon} ${program} exited with code ${String(code)}`, 10_000);
  }
}

async function offerEmulator(
  session: Session,
  plan: EmulationPlan & { kind: 'missing' },
  row: ArtifactRow,
): Promise<void> {
  const install = 'Install…';
  const actions = plan.packages.length === 0 ? [] : [install];
  if ((await vscode.window.showWarningMessage(plan.message, ...actions)) !== install) {
    return;
  }
  const command = `sudo apt-get install -y ${plan.packages.join(' ')}`;
  if (await installWithConsent('Install the emulator', command)) {
    await runArtifact(session, row);
  }
}
