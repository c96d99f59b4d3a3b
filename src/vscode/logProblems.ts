import * as vscode from 'vscode';
import type { BuildResult } from '../core/build/build.js';
import { passedSince, type TypedBuild } from '../core/diagnosis/command/passedSince.js';
import type { Diagnosis } from '../core/diagnosis/diagnosis.js';
import { targetId } from '../core/target/target.js';
import { toProblem, type Shown } from './buildProblems.js';
import type { CausePages } from './explainCause.js';

/** What the light bulb offers for a diagnosis, best first. */
export interface Offer {
  readonly title: string;
  readonly preferred: boolean;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** A build of a terminal or task that failed. */
interface FailedBuild extends TypedBuild {
  readonly diagnoses: readonly { readonly diagnosis: Diagnosis; readonly offers: readonly Offer[] }[];
}

/** Diagnoses of builds that were not ours, as problems with quick fixes. */
export interface LogProblems {
  readonly dispose: () => void;
  /** Shows why a build failed; a failure that says nothing we know leaves what was known before. */
  readonly failed: (build: FailedBuild) => void;
  /** Takes away what the same build, passing now, has mended. */
  readonly passed: (build: TypedBuild) => void;
  /** A build of ours for the same target and program says more than the older log. */
  readonly superseded: (result: BuildResult, directory: string) => void;
}

/** Owns the collection, and the light bulbs of what is in it. */
export function createLogProblems(codeOf: CausePages['code']): LogProblems {
  const collection = vscode.languages.createDiagnosticCollection('crossbow-terminal');
  const offers = new WeakMap<vscode.Diagnostic, readonly Offer[]>();
  let builds: readonly { readonly build: FailedBuild; readonly shown: readonly Shown[] }[] = [];

  const keep = (wanted: (build: FailedBuild) => boolean): void => {
    const rest = builds.filter(({ build }) => wanted(build));
    if (rest.length !== builds.length) {
      builds = rest;
      paint();
    }
  };
  const paint = (): void => {
    const byFile = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const { uri, diagnostic } of builds.flatMap((it) => it.shown)) {
      const entry = byFile.get(uri.toString()) ?? [uri, []];
      entry[1].push(diagnostic);
      byFile.set(uri.toString(), entry);
    }
    collection.clear();
    collection.set([...byFile.values()]);
  };
  const actions = vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions: (_document, _range, { diagnostics }) =>
        diagnostics.flatMap((diagnostic) =>
          (offers.get(diagnostic) ?? []).map((offer) => toAction(diagnostic, offer)),
        ),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );

  return {
    failed(build) {
      if (build.diagnoses.length === 0) {
        return;
      }
      const shown = build.diagnoses.map((it) => {
        const { target } = it.diagnosis;
        const problem = toProblem(it.diagnosis, { directory: build.directory, target }, codeOf);
        offers.set(problem.diagnostic, it.offers);
        return problem;
      });
      builds = [...builds.filter((it) => !passedSince(it.build, build)), { build, shown }];
      paint();
    },
    passed(later) {
      keep((build) => !passedSince(build, later));
    },
    superseded({ target, outcome }, directory) {
      if (outcome === 'cancelled') {
        return;
      }
      const id = targetId(target);
      keep((build) => {
        const sameTarget = build.diagnoses.some(
          ({ diagnosis }) => diagnosis.target !== undefined && `${id}/`.startsWith(`${diagnosis.target}/`),
        );
        const inside = directory === build.directory || isBelow(directory, build.directory);
        return !(sameTarget && (inside || isBelow(build.directory, directory)));
      });
    },
    dispose() {
      collection.dispose();
      actions.dispose();
    },
  };
}

function isBelow(folder: string, above: string): boolean {
  return folder.startsWith(above) && /^[\\/]/.test(folder.slice(above.length));
}

function toAction(diagnostic: vscode.Diagnostic, offer: Offer): vscode.CodeAction {
  const action = new vscode.CodeAction(offer.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = offer.preferred;
  action.command = { command: offer.command, title: offer.title, arguments: [...offer.arguments] };
  return action;
}
