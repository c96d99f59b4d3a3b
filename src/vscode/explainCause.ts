import * as vscode from 'vscode';
import { causePage } from '../core/diagnosis/causePage.js';
import { causeIds } from '../core/diagnosis/causes.js';
import { checkIds } from '../core/lint/lint.js';
import type { Diagnosis } from '../core/diagnosis/diagnosis.js';

/** The scheme of read-only documents with the page of a cause; package.json opens them as a preview. */
const causeScheme = 'crossbow-cause';

/** As many diagnoses as are remembered for their links; older links show the page without the lines of the log. */
const remembered = 500;

/** The pages of causes. */
export interface CausePages {
  readonly dispose: () => void;
  /** What `Diagnostic.code` is for a diagnosis: the cause, linked to its page with this diagnosis's evidence. */
  readonly code: (diagnosis: Diagnosis) => NonNullable<vscode.Diagnostic['code']>;
  /** The same for a check, whose page is all there is to say. */
  readonly checkCode: (check: string) => NonNullable<vscode.Diagnostic['code']>;
}

/**
 * Serves pages under a scheme of our own. A link to it opens in any window, on the desktop, in a browser and
 * remotely, for it is answered by this extension. `command:` links are not opened from every place that shows a
 * code, and `vscode://` links ask for permission first and differ by product.
 */
export function createCausePages(extension: vscode.Uri): CausePages {
  const diagnoses = new Map<string, Diagnosis>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(causeScheme, {
    async provideTextDocumentContent({ path, query }) {
      const check = checkIds.find((it) => path === `/${it}.md`);
      if (check !== undefined) {
        const file = vscode.Uri.joinPath(extension, 'docs', 'checks', `${check}.md`);
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      }
      const cause = causeIds.find((it) => path === `/${it}.md`);
      if (cause === undefined) {
        throw vscode.FileSystemError.FileNotFound(path);
      }
      const file = vscode.Uri.joinPath(extension, 'docs', 'causes', `${cause}.md`);
      const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      const diagnosis = diagnoses.get(query);
      // A page that is reached by a link of another keeps that one's query: its evidence is not of this cause.
      return diagnosis?.cause === cause ? causePage(page, diagnosis) : page;
    },
  });
  return {
    code(diagnosis) {
      const { cause, title, target = '', evidence } = diagnosis;
      if (!causeIds.some((it) => it === cause)) {
        return cause;
      }
      // The same finding keeps its link from build to build, and so its tab.
      const key = hash(JSON.stringify([cause, title, target, evidence]));
      diagnoses.delete(key);
      diagnoses.set(key, diagnosis);
      for (const oldest of diagnoses.keys()) {
        if (diagnoses.size <= remembered) break;
        diagnoses.delete(oldest);
      }
      return {
        value: cause,
        target: vscode.Uri.from({ scheme: causeScheme, path: `/${cause}.md`, query: key }),
      };
    },
    checkCode: (check) => ({
      value: check,
      target: vscode.Uri.from({ scheme: causeScheme, path: `/${check}.md` }),
    }),
    dispose: () => {
      provider.dispose();
    },
  };
}

/** Opens the page of the problem at the cursor; of the only one, or the one that is picked, elsewhere. */
export async function explainProblem(): Promise<void> {
  const page = pageAtCursor() ?? (await pickPage());
  if (page !== undefined) {
    await vscode.commands.executeCommand('vscode.openWith', page, 'vscode.markdown.preview.editor');
  }
}

function pageAtCursor(): vscode.Uri | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const { active } = editor.selection;
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((it) => it.range.start.line <= active.line && active.line <= it.range.end.line)
    .map(pageOf)
    .find((it) => it !== undefined);
}

async function pickPage(): Promise<vscode.Uri | undefined> {
  const items = vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
    diagnostics.flatMap((diagnostic) => {
      const page = pageOf(diagnostic);
      const line = String(diagnostic.range.start.line + 1);
      const description = `${vscode.workspace.asRelativePath(uri)}:${line}`;
      return page === undefined ? [] : [{ label: diagnostic.message, description, page }];
    }),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage('There is no problem of a build to explain.');
    return undefined;
  }
  const [only] = items;
  if (items.length === 1) {
    return only?.page;
  }
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which problem?' }))?.page;
}

function pageOf({ code }: vscode.Diagnostic): vscode.Uri | undefined {
  return typeof code === 'object' && code.target.scheme === causeScheme ? code.target : undefined;
}

/** FNV-1a, 32 bits: short, and good enough to tell some hundred diagnoses apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 0).toString(36);
}
