import type { Diagnosis } from '../core/diagnosis/diagnosis.js';
import type { Colours } from './cliOutput.js';

/** A diagnosis as the JSON documents show it; what is not known is null, so that every key is always there. */
export function diagnosisJson(diagnosis: Diagnosis): Readonly<Record<string, unknown>> {
  const { cause, confidence, title, target, package: importPath, location, evidence, fixes } = diagnosis;
  return {
    cause,
    confidence,
    title,
    target: target ?? null,
    package: importPath ?? null,
    location: location ?? null,
    evidence,
    fixes,
  };
}

/** A diagnosis for people: what, where, why, and what to do. */
export function diagnosisText(diagnosis: Diagnosis, colours: Colours): string {
  const { cause, confidence, title, location, evidence, fixes } = diagnosis;
  const mark = confidence === 'hint' ? colours.yellow('○') : colours.red('●');
  const lines = [`${mark} ${colours.bold(title)} ${colours.dim(`[${cause}]`)}`];
  if (location !== undefined) {
    const column = location.column === undefined ? '' : `:${location.column}`;
    lines.push(`  ${colours.cyan(`${location.file}:${location.line}${column}`)}`);
  }
  for (const { text } of evidence.slice(0, 3)) {
    if (text.trim() !== '' && text !== title) lines.push(`  ${colours.dim('│')} ${text.trim()}`);
  }
  for (const fix of fixes) {
    lines.push(`  ${colours.green('→')} ${fix.title}`);
    if (fix.edit.kind === 'command') lines.push(`    ${fix.edit.command}`);
    if (fix.edit.kind === 'config') {
      for (const { path, value } of fix.edit.changes) {
        lines.push(
          colours.dim(
            `    crossbow.yaml: ${path.join(' › ')}: ${value === null ? '(removed)' : String(value)}`,
          ),
        );
      }
    }
  }
  return `${lines.join('\n')}\n`;
}
