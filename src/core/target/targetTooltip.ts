import { code, escapeMarkdown, markdownTable } from '../text/markdown.js';
import { formatDuration, formatSize } from '../text/formatText.js';
import type { Artifact } from '../build/build.js';
import type { BuildRecord } from '../build/buildHistory.js';
import type { ProbedToolchain, ToolchainReport } from '../toolchain/toolchain.js';
import { toolchainStateText } from '../toolchain/toolchainState.js';
import type { ToolchainKnowledge, TargetNode } from './targetTree.js';
import { targetId } from './target.js';

/** A target's tooltip as Markdown with theme icons. Texts of tools are escaped: they can't add links or images. */
export function targetTooltip(node: TargetNode, knowledge: ToolchainKnowledge | undefined): string {
  const id = targetId(node.choice.target);
  const device = node.choice.device;
  const head =
    device === undefined
      ? `**${escapeMarkdown(id)}**`
      : `**${escapeMarkdown(device.name)}** — ${escapeMarkdown(id)}${device.emulatorCpu === undefined ? '' : `, CPU ${escapeMarkdown(device.emulatorCpu)}`}`;
  const records = 'records' in node.build ? node.build.records : [];
  return [head, toolchainSection(node, knowledge), ...records.map(buildSection)].join('\n\n---\n\n');
}

/** An artifact's tooltip as Markdown: what was read from its bytes. */
export function artifactTooltip(artifact: Artifact): string {
  const facts = artifact.facts;
  const rows: (readonly [string, string])[] = [
    ['Target', targetId(artifact.target)],
    ['Package', artifact.importPath],
    ['Format', `${facts.format} ${String(facts.bits)}-bit, ${facts.endianness}-endian`],
    ['Machine', machineText(artifact)],
    ['Linkage', facts.linkage],
  ];
  if (facts.interpreter !== undefined) {
    rows.push(['Loader', facts.interpreter]);
  }
  if (facts.neededLibraries.length > 0) {
    rows.push(['Needs', facts.neededLibraries.join(', ')]);
  }
  if (facts.glibc !== undefined) {
    rows.push(['glibc', `${facts.glibc} or newer`]);
  }
  rows.push(['Size', formatSize(facts.size)]);
  const mismatches = artifact.mismatches.map((it) => `$(error) ${escapeMarkdown(it.message)}`);
  return [`**${escapeMarkdown(artifact.path)}**`, markdownTable(rows), ...mismatches].join('\n\n');
}

function machineText(artifact: Artifact): string {
  const { machine, arm } = artifact.facts;
  if (arm === undefined) {
    return machine;
  }
  const float = arm.floatAbi === undefined ? '' : `, ${arm.floatAbi}-float`;
  return `${machine}${float}`;
}

function toolchainSection(node: TargetNode, knowledge: ToolchainKnowledge | undefined): string {
  const report = knowledge?.kind === 'known' ? knowledge.report : knowledge?.previous;
  const state = toolchainStateText(node.toolchain);
  const title = `**${state.charAt(0).toUpperCase()}${state.slice(1)}**`;
  if (report === undefined) {
    return title;
  }
  return [title, ...candidateLines(report)].join('\n\n');
}

function candidateLines(report: ToolchainReport): readonly string[] {
  if (report.candidates.length === 0) {
    return report.packages.length === 0
      ? ['No compiler for this target was found.']
      : [`No compiler for this target was found. Debian brings one: ${code(report.packages.join(' '))}`];
  }
  return report.candidates.map(candidateLine);
}

/** One candidate: its verdict's icon, the command, and the reason. */
function candidateLine(candidate: ProbedToolchain): string {
  return `${verdictIcon(candidate.verdict)} ${code(candidate.toolchain.cc)} — ${escapeMarkdown(candidate.reason)}`;
}

function verdictIcon(verdict: ProbedToolchain['verdict']): string {
  switch (verdict) {
    case 'proven':
      return '$(pass)';
    case 'rejected':
      return '$(error)';
    case 'unproven':
      return '$(question)';
  }
}

function buildSection(record: BuildRecord): string {
  const when = new Date(record.endedAt).toISOString().slice(0, 16).replace('T', ' ');
  const what = record.outcome === 'ok' ? '$(pass) built' : '$(error) failed';
  const lines = [
    `${what} ${code(record.importPath)} in ${formatDuration(record.durationMs)}, ${when} UTC${record.stale ? ', sources changed since' : ''}`,
    ...(record.problem === undefined ? [] : [escapeMarkdown(record.problem)]),
    ...record.artifacts.map((it) => `$(file-binary) ${code(it.path)} ${formatSize(it.facts.size)}`),
  ];
  return lines.join('\n\n');
}
