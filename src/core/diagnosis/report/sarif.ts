import type { Host } from '../../ports.js';
import type { Confidence, Diagnosis, Place } from '../diagnosis.js';

/** Where the diagnoses come from. */
export interface ReportSource {
  /** Absolute: places below it are written relative to it, as code scanning wants them. */
  readonly root: string;
  /** The log's absolute path, where it is a file: what has no place in the sources is shown there. */
  readonly log?: string;
  readonly host: Pick<Host, 'relative' | 'isAbsolute'>;
}

/** Name of the folder that relative addresses start from; GitHub's own tools use this one. */
const rootId = '%SRCROOT%';

/**
 * Diagnoses as a SARIF 2.1.0 log (OASIS, "Static Analysis Results Interchange Format"), which code scanning and editors
 * read. Fixes are told in the message: SARIF's own are replacements of text, and ours also run commands.
 */
export function sarifLog(
  diagnoses: readonly Diagnosis[],
  source: ReportSource,
  version: string,
): Readonly<Record<string, unknown>> {
  const rules = [...new Set(diagnoses.map((it) => it.cause))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'crossbow',
            version,
            rules: rules.map((id) => ({ id, shortDescription: { text: words(id) } })),
          },
        },
        originalUriBaseIds: { [rootId]: { uri: `${fileUri(source.root)}/` } },
        columnKind: 'utf16CodeUnits',
        results: diagnoses.map((it) => sarifResult(it, rules.indexOf(it.cause), source)),
      },
    ],
  };
}

function sarifResult(
  diagnosis: Diagnosis,
  ruleIndex: number,
  source: ReportSource,
): Readonly<Record<string, unknown>> {
  const { cause, confidence, title, target, package: importPath, fixes } = diagnosis;
  const place = placeOf(diagnosis, source);
  const location = place && {
    physicalLocation: {
      artifactLocation: artifactLocation(place.file, source),
      region: {
        startLine: place.line,
        ...(place.column === undefined ? {} : { startColumn: place.column }),
        ...(place.endColumn === undefined ? {} : { endColumn: place.endColumn }),
      },
    },
  };
  return {
    ruleId: cause,
    ruleIndex,
    level: levels[confidence],
    message: { text: messageOf(diagnosis) },
    locations: location === undefined ? [] : [location],
    properties: {
      confidence,
      ...(target === undefined ? {} : { target }),
      ...(importPath === undefined ? {} : { package: importPath }),
      title,
      fixes: fixes.map((it) => it.title),
    },
  };
}

const levels: Readonly<Record<Confidence, 'error' | 'warning' | 'note'>> = {
  certain: 'error',
  likely: 'warning',
  hint: 'note',
};

/** What happened, and how to mend it. */
export function messageOf({ title, fixes }: Diagnosis): string {
  const [best] = fixes;
  if (best === undefined) return title;
  const how =
    best.edit.kind === 'command' ? best.edit.command : best.edit.kind === 'none' ? best.edit.advice : '';
  return `${title}\nFix: ${best.title}${how === '' || how === best.title ? '' : ` (${how})`}`;
}

/** The place in the sources, else the line of the log that says so. */
export function placeOf({ location, evidence }: Diagnosis, { log }: ReportSource): Place | undefined {
  if (location !== undefined) return location;
  const [first] = evidence;
  return log === undefined || first === undefined ? undefined : { file: log, line: first.line };
}

/** The path below the root, with slashes; undefined for a file elsewhere. */
export function pathBelow({ root, host }: ReportSource, file: string): string | undefined {
  if (!host.isAbsolute(file)) return file.replaceAll('\\', '/');
  const relative = host.relative(root, file);
  if (relative === '' || /^\.\.(?:[\\/]|$)/.test(relative) || host.isAbsolute(relative)) return undefined;
  return relative.replaceAll('\\', '/');
}

function artifactLocation(file: string, source: ReportSource): Readonly<Record<string, string>> {
  const below = pathBelow(source, file);
  return below === undefined ? { uri: fileUri(file) } : { uri: encodePath(below), uriBaseId: rootId };
}

/** RFC 8089: file:///home/x, file:///C:/x, file://server/share. */
function fileUri(path: string): string {
  const slashes = path.replaceAll('\\', '/').replace(/\/$/, '');
  const drive = /^[A-Za-z]:/.exec(slashes)?.[0];
  if (drive !== undefined) return `file:///${drive}${encodePath(slashes.slice(drive.length))}`;
  return slashes.startsWith('//') ? `file:${encodePath(slashes)}` : `file://${encodePath(slashes)}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function words(id: string): string {
  const text = id.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
