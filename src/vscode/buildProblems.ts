import * as vscode from 'vscode';
import type { BuildRequest, BuildResult } from '../core/build/build.js';
import type { Diagnosis, Evidence } from '../core/diagnosis/diagnosis.js';
import type { CausePages } from './explainCause.js';
import type { StepResult } from '../core/recipe/recipeRun.js';
import { targetId, type Target } from '../core/target/target.js';
import type { TargetChoice } from '../core/target/targetChoice.js';

/** The task that a build came from, so that it can be done again. */
export interface BuildOrigin {
  readonly definition: vscode.TaskDefinition;
  readonly folder: vscode.WorkspaceFolder | undefined;
  /** What was picked: the target, and the device where one was. */
  readonly choice: TargetChoice;
  /** The crossbow.yaml that the build read, or would have read: there its fixes go. */
  readonly configPath: string;
  /** The task's name, so that a build done again uses the same terminal. */
  readonly name: string;
}

/** What a problem stands for. */
interface Finding {
  readonly diagnosis: Diagnosis;
  readonly origin: BuildOrigin;
}

/** A step of a recipe that ended. */
interface EndedStep {
  readonly recipe: string;
  readonly target: Target;
  /** Absolute: where paths in its output start from. */
  readonly directory: string;
  readonly id: string;
  readonly state: StepResult['state'];
  readonly diagnoses: readonly Diagnosis[];
}

/** Diagnoses of builds as problems of the editor. */
export interface BuildProblems {
  readonly dispose: () => void;
  /** Replaces what is shown for the build's target and package; a build that passed clears it. */
  readonly set: (result: BuildResult, request: BuildRequest, origin: BuildOrigin) => void;
  /** The same for a step of a recipe. */
  readonly setStep: (step: EndedStep, origin: BuildOrigin) => void;
  /** Whether an editor shows the line of what was last set for the build's target and package. */
  readonly inSight: (result: BuildResult) => boolean;
  /** The finding behind one of our problems. */
  readonly finding: (diagnostic: vscode.Diagnostic) => Finding | undefined;
}

export interface Shown {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

/** Owns the collection of build problems. */
export function createBuildProblems(enabled: () => boolean, codeOf: CausePages['code']): BuildProblems {
  const collection = vscode.languages.createDiagnosticCollection('crossbow');
  const shown = new Map<string, readonly Shown[]>();
  const findings = new WeakMap<vscode.Diagnostic, Finding>();

  const paint = (): void => {
    const byFile = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const { uri, diagnostic } of [...shown.values()].flat()) {
      const entry = byFile.get(uri.toString()) ?? [uri, []];
      entry[1].push(diagnostic);
      byFile.set(uri.toString(), entry);
    }
    collection.clear();
    collection.set([...byFile.values()]);
  };

  const show = (
    key: string,
    diagnoses: readonly Diagnosis[],
    place: BuildPlace,
    origin: BuildOrigin,
  ): void => {
    shown.set(
      key,
      (enabled() ? diagnoses : []).map((diagnosis) => {
        const problem = toProblem(diagnosis, place, codeOf);
        findings.set(problem.diagnostic, { diagnosis, origin });
        return problem;
      }),
    );
    paint();
  };

  return {
    set(result, request, origin) {
      if (result.outcome !== 'cancelled') {
        const diagnoses = result.outcome === 'failed' ? result.diagnoses : [];
        const place = { directory: request.package.moduleDirectory, target: targetId(request.target) };
        show(keyOf(result), diagnoses, place, origin);
      }
    },
    setStep({ recipe, target, directory, id, state, diagnoses }, origin) {
      if (state !== 'cancelled' && state !== 'blocked') {
        // A step of another recipe has that recipe's step before it, which is mostly called like the recipe: both
        // ways to run it are one.
        const key = `${targetId(target)} ${(id.includes('/') ? id : `${recipe}/${id}`).split('/').slice(-2).join('/')}`;
        show(key, state === 'failed' ? diagnoses : [], { directory, target: targetId(target) }, origin);
      }
    },
    inSight: (result) =>
      (shown.get(keyOf(result)) ?? []).some(({ uri, diagnostic }) =>
        vscode.window.visibleTextEditors.some(
          ({ document, visibleRanges }) =>
            document.uri.toString() === uri.toString() &&
            visibleRanges.some((it) => it.contains(diagnostic.range.start)),
        ),
      ),
    finding: (diagnostic) => findings.get(diagnostic),
    dispose() {
      collection.dispose();
    },
  };
}

function keyOf({ target, importPath }: BuildResult): string {
  return `${targetId(target)} ${importPath}`;
}

/** Where a build happened, for a diagnosis that names no place of its own. */
interface BuildPlace {
  /** Absolute folder of the module. */
  readonly directory: string;
  readonly target?: string | undefined;
}

/** A diagnosis as a problem of the file it is about, else of go.mod. */
export function toProblem(
  diagnosis: Diagnosis,
  { directory, target }: BuildPlace,
  codeOf: CausePages['code'],
): Shown {
  const goMod = vscode.Uri.joinPath(vscode.Uri.file(directory), 'go.mod');
  const place = diagnosis.location;
  const uri = place === undefined ? goMod : fileUri(place.file, directory);
  const line = Math.max(0, (place?.line ?? 1) - 1);
  const column = Math.max(0, (place?.column ?? 1) - 1);
  // A diagnosis has a start: what it is about goes on to the end of the line, such as an import.
  const range = new vscode.Range(line, column, line, 1000);
  const title = target === undefined ? diagnosis.title : `${diagnosis.title} (${target})`;
  const diagnostic = new vscode.Diagnostic(range, title, severity(diagnosis));
  diagnostic.source = 'crossbow';
  diagnostic.code = codeOf(diagnosis);
  diagnostic.relatedInformation = diagnosis.evidence
    .slice(0, 5)
    .map((it) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, range), evidenceText(it)));
  return { uri, diagnostic };
}

function fileUri(file: string, directory: string): vscode.Uri {
  const absolute = /^([/\\]|[A-Za-z]:)/.test(file);
  return absolute ? vscode.Uri.file(file) : vscode.Uri.joinPath(vscode.Uri.file(directory), file);
}

function evidenceText(evidence: Evidence): string {
  return `log line ${String(evidence.line)}: ${evidence.text.trim()}`;
}

function severity(diagnosis: Diagnosis): vscode.DiagnosticSeverity {
  switch (diagnosis.confidence) {
    case 'certain':
    case 'likely':
      return vscode.DiagnosticSeverity.Error;
    case 'hint':
      return vscode.DiagnosticSeverity.Information;
  }
}
