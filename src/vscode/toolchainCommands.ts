import * as vscode from 'vscode';
import { targetId, type Target } from '../core/target/target.js';
import { choiceName } from '../core/target/targetChoice.js';
import type { TargetNode } from '../core/target/targetTree.js';
import type { ProbedToolchain, ToolchainReport } from '../core/toolchain/toolchain.js';
import { changeConfig, configPath } from './configFile.js';
import { installWithConsent } from './installPackages.js';
import type { Session } from './session.js';
import { toolchainIcon } from './toolchainIcon.js';

/** Lists a target's C compilers with their verdicts; picking one that may serve writes it to crossbow.yaml. */
export async function chooseCompiler(session: Session, node: TargetNode | undefined): Promise<void> {
  const choice = node?.choice ?? session.active;
  if (choice === undefined) {
    throw new Error('Choose a target first.');
  }
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `Looking for C compilers for ${choiceName(choice)}` },
    () => session.toolchains.report(choice.target),
  );
  const picked = await vscode.window.showQuickPick(compilerItems(report), {
    title: `C compiler for ${targetId(choice.target)}`,
    placeHolder: 'Written to crossbow.yaml',
    matchOnDetail: true,
  });
  if (picked?.command !== undefined) {
    if (await installWithConsent('Install a C toolchain', picked.command)) {
      session.probeAgain(true);
    }
  } else if (picked?.candidate !== undefined) {
    await setCompiler(session, choice.target, picked.candidate);
  }
}

interface CompilerItem extends vscode.QuickPickItem {
  readonly candidate?: ProbedToolchain;
  readonly command?: string;
}

function compilerItems(report: ToolchainReport): readonly CompilerItem[] {
  const items = report.candidates.map((candidate): CompilerItem => ({
    label: candidate.toolchain.cc,
    description: candidate.verdict,
    detail: candidate.reason,
    iconPath: toolchainIcon(verdictIcon(candidate.verdict)),
    candidate,
  }));
  const isServed = report.candidates.some((it) => it.verdict === 'proven');
  if (isServed || report.packages.length === 0) {
    return items;
  }
  return [
    ...items,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: `Install ${report.packages.join(' ')}…`,
      iconPath: new vscode.ThemeIcon('cloud-download'),
      command: `sudo apt-get install -y ${report.packages.join(' ')}`,
    },
  ];
}

function verdictIcon(verdict: ProbedToolchain['verdict']): 'proven' | 'missing' | 'found' {
  switch (verdict) {
    case 'proven':
      return 'proven';
    case 'rejected':
      return 'missing';
    case 'unproven':
      return 'found';
  }
}

async function setCompiler(session: Session, target: Target, candidate: ProbedToolchain): Promise<void> {
  if (candidate.verdict === 'rejected') {
    const anyway = 'Use anyway';
    const detail = candidate.reason;
    const answer = await vscode.window.showWarningMessage(
      `${candidate.toolchain.cc} was rejected for ${targetId(target)}`,
      { modal: true, detail },
      anyway,
    );
    if (answer !== anyway) {
      return;
    }
  }
  const { cc, cxx } = candidate.toolchain;
  const path = ['toolchains', targetId(target)];
  await changeConfig(session, configPath(session), [
    { path: [...path, 'cc'], value: cc },
    ...(cxx === undefined ? [] : [{ path: [...path, 'cxx'], value: cxx }]),
  ]);
  session.probeAgain(false);
}

/** Opens a page with everything that is known of a target's C side. */
export async function showToolchain(session: Session, node: TargetNode | undefined): Promise<void> {
  const choice = node?.choice ?? session.active;
  if (choice === undefined) {
    throw new Error('Choose a target first.');
  }
  const report = await session.toolchains.report(choice.target);
  const lines = [
    `C toolchains for ${targetId(choice.target)}`,
    '',
    ...report.candidates.flatMap((it) => [
      `${it.verdict.padEnd(9)} ${it.toolchain.cc}`,
      `          ${it.reason}`,
      ...(it.version === undefined ? [] : [`          ${it.version}`]),
      ...(it.toolchain.sysroot === undefined ? [] : [`          sysroot ${it.toolchain.sysroot}`]),
      ...Object.entries(it.toolchain.env).map(([key, value]) => `          ${key}=${value}`),
      '',
    ]),
    ...(report.packages.length === 0 ? [] : [`Debian packages: ${report.packages.join(' ')}`]),
  ];
  const document = await vscode.workspace.openTextDocument({
    content: lines.join('\n'),
    language: 'plaintext',
  });
  await vscode.window.showTextDocument(document, { preview: true });
}
