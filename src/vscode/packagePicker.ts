import * as vscode from 'vscode';
import type { MainPackage } from '../core/build/build.js';
import type { Session } from './session.js';

/** What a build is of: one program, or every one of the workspace. */
export type PackageChoice =
  { readonly kind: 'one'; readonly package: MainPackage } | { readonly kind: 'all' };

const all = '*';

/**
 * The program to build: the only one, the remembered one, or the one a person picks. Undefined when they
 * leave without picking; throws where the workspace has none.
 */
export async function packageToBuild(session: Session): Promise<PackageChoice | undefined> {
  const { packages, problems } = await session.discover();
  const [first] = packages;
  if (first === undefined) {
    const [problem] = problems;
    throw new Error(
      problem === undefined
        ? 'This workspace has no Go program (package main) to build.'
        : `No Go program could be listed: ${problem.message}`,
    );
  }
  if (packages.length === 1) {
    return { kind: 'one', package: first };
  }
  const remembered = session.chosenPackage;
  if (remembered === all) {
    return { kind: 'all' };
  }
  const known = packages.find((it) => it.importPath === remembered);
  return known === undefined ? pickPackage(session) : { kind: 'one', package: known };
}

/** Asks which program to build and remembers the answer for this workspace. */
export async function pickPackage(session: Session): Promise<PackageChoice | undefined> {
  const { packages } = await session.discover();
  const items: (vscode.QuickPickItem & { readonly choice?: PackageChoice })[] = [
    ...packages.map((it) => ({
      label: it.name,
      description: it.importPath,
      iconPath: new vscode.ThemeIcon('package'),
      choice: { kind: 'one', package: it } as const,
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: 'All programs',
      description: `${String(packages.length)} in this workspace`,
      iconPath: new vscode.ThemeIcon('run-all'),
      choice: { kind: 'all' },
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Program to build',
    placeHolder: 'Remembered for this workspace',
    matchOnDescription: true,
  });
  const choice = picked?.choice;
  if (choice !== undefined) {
    await session.choosePackage(choice.kind === 'all' ? all : choice.package.importPath);
  }
  return choice;
}
