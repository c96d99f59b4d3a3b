import * as vscode from 'vscode';
import { stepPage } from '../core/recipe/stepPage.js';
import type { StepNode } from '../core/recipe/recipeTree.js';
import { targetId } from '../core/target/target.js';
import { statusId } from './recipeBook.js';
import type { Session } from './session.js';

/** The scheme of read-only documents with what a step of a recipe printed. */
const scheme = 'crossbow-step';

/** What a step did and printed, as a document that grows while the step runs. */
export interface StepOutput {
  readonly dispose: () => void;
  readonly show: (node: StepNode) => Promise<void>;
}

export function createStepOutput(session: Session): StepOutput {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const open = new Map<string, vscode.Uri>();
  let pending: NodeJS.Timeout | undefined;
  // Tools print many times a second; the page is read at most five times.
  const read = (): void => {
    pending ??= setTimeout(() => {
      pending = undefined;
      open.forEach((uri) => {
        changed.fire(uri);
      });
    }, 200);
  };
  const owned = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri): Promise<string> {
        const [id = '', step = ''] = JSON.parse(uri.query) as readonly string[];
        open.set(uri.toString(), uri);
        const status = session.recipes.statuses.find((it) => statusId(it) === id);
        const log = await session.recipes.logs.of(id, step);
        return stepPage(status, step, log);
      },
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      open.delete(uri.toString());
    }),
    session.recipes.onDidChange(read),
    session.recipes.logs.onDidChange(read),
  );
  return {
    async show({ key, target, step }) {
      const name = step.id.replaceAll('/', ' › ');
      const uri = vscode.Uri.from({
        scheme,
        path: `/${targetId(target).replaceAll('/', '-')}/${key.split(' ')[0] ?? ''}/${name}.log`,
        query: JSON.stringify([statusId({ key, target }), step.id]),
      });
      // It may have been open before a run that ended meanwhile.
      changed.fire(uri);
      await vscode.window.showTextDocument(uri, { preview: true });
    },
    dispose() {
      clearTimeout(pending);
      owned.dispose();
    },
  };
}
