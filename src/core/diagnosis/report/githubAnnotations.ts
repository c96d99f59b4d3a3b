import type { Confidence, Diagnosis } from '../diagnosis.js';
import { messageOf, pathBelow, placeOf, type ReportSource } from './sarif.js';

const commands: Readonly<Record<Confidence, 'error' | 'warning' | 'notice'>> = {
  certain: 'error',
  likely: 'warning',
  hint: 'notice',
};

/**
 * Diagnoses as workflow commands, one a line, which GitHub Actions shows beside the changed lines
 * (docs.github.com, "Workflow commands for GitHub Actions").
 */
export function githubAnnotations(diagnoses: readonly Diagnosis[], source: ReportSource): readonly string[] {
  return diagnoses.map((diagnosis) => {
    const place = placeOf(diagnosis, source);
    const properties: readonly (readonly [string, string | number | undefined])[] = [
      ['file', place && (pathBelow(source, place.file) ?? place.file)],
      ['line', place?.line],
      ['col', place?.column],
      ['endColumn', place?.endColumn],
      ['title', diagnosis.cause],
    ];
    const list = properties
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]))
      .join(',');
    return `::${commands[diagnosis.confidence]} ${list}::${escapeData(messageOf(diagnosis))}`;
  });
}

/** As the runner's own toolkit escapes (actions/toolkit, packages/core/src/command.ts). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
