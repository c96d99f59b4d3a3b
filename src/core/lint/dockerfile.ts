import type { Instruction } from 'dockerfile-ast';
import { targetId, type Target } from '../target/target.js';
import {
  isInResult,
  platformOfStage,
  readDockerStages,
  type DockerStage,
  type DockerStages,
} from './dockerStages.js';
import type { FileLint, Interpreter, LintFinding, LintScene, SourceText, Splice } from './lint.js';

/** Stages that run commands on another CPU than the machine that builds the image. */
export const dockerfileLint: FileLint = {
  reads: (name) =>
    /^(?:.*\.)?(?:Dockerfile|Containerfile)(?:\..*)?$/i.test(name) && !/\.dockerignore$/i.test(name),
  run(file, scene) {
    const read = readDockerStages(file.text);
    return read.stages.flatMap((stage, index) => {
      if (!stage.instructions.some((it) => it.getKeyword() === 'RUN')) return [];
      return foreignTargets(read, index, scene).flatMap(({ target, runsOn }) => {
        const interpreter = scene.interpreter(runsOn);
        return interpreter.kind === 'native'
          ? []
          : [toFinding(file, read, index, { target, runsOn, interpreter })];
      });
    });
  },
};

interface Foreign {
  readonly target: Target;
  /** What the stage's commands are programs of. */
  readonly runsOn: Target;
  readonly interpreter: Interpreter;
}

function foreignTargets(
  read: DockerStages,
  index: number,
  { targets }: LintScene,
): readonly Omit<Foreign, 'interpreter'>[] {
  const platform = platformOfStage(read, index);
  const linux = targets.filter((it) => it.goos === 'linux');
  switch (platform.kind) {
    case 'build':
    case 'unknown':
      return [];
    case 'target':
      return linux.map((target) => ({ target, runsOn: target }));
    case 'fixed': {
      const runsOn = fixedPlatform(platform.id);
      return runsOn === undefined ? [] : linux.map((target) => ({ target, runsOn }));
    }
  }
}

/** Names that containerd's platforms package takes for the same CPU (platforms/database.go). */
const otherNames: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  i386: '386',
};

function fixedPlatform(id: string): Target | undefined {
  const [goos = '', cpu = ''] = id.toLowerCase().split('/');
  return goos === 'linux' ? { goos, goarch: otherNames[cpu] ?? cpu } : undefined;
}

function toFinding(file: SourceText, read: DockerStages, index: number, foreign: Foreign): LintFinding {
  const stage = read.stages[index] as DockerStage;
  const { target, runsOn, interpreter } = foreign;
  const count = stage.instructions.filter((it) => it.getKeyword() === 'RUN').length;
  const commands = count === 1 ? 'a command' : `${count} commands`;
  const cpu = stage.platform !== undefined && runsOn !== target ? targetId(runsOn) : 'the target';
  const splices = isInResult(read, index) ? [] : buildHere(file, stage);
  const advice =
    splices.length === 0 ? '' : ' A stage that only compiles can run on the machine that builds.';
  return {
    check: 'foreign-stage-runs',
    severity: interpreter.kind === 'missing' ? 'warning' : 'information',
    at: { file, ...spanOf(file.text, stage.from.getRange()) },
    message: `This stage runs ${commands} of ${cpu}, which needs emulation here: ${here(interpreter)}.${advice}`,
    target,
    fixes:
      splices.length === 0
        ? []
        : [{ title: 'Run this stage on the build platform, and compile for the target', splices }],
  };
}

function here(interpreter: Interpreter): string {
  switch (interpreter.kind) {
    case 'native':
      return 'this machine runs it by itself';
    case 'registered':
      return interpreter.fixed
        ? `binfmt_misc has ${interpreter.program} for it, so it works, but slowly`
        : `binfmt_misc has ${interpreter.program} for it, but without the flag F, so containers do not find it`;
    case 'missing':
      return 'binfmt_misc has no interpreter for it, so it ends with "exec format error"';
    case 'unknown':
      return 'the virtual machine that runs containers here must have it';
  }
}

const goBuild = /(^|[\s;&|(])(go(?:\s+-C\s+\S+)?\s+(?:build|install|test\s+-c)\b)/g;
const settings = 'GOOS=$TARGETOS GOARCH=$TARGETARCH GOARM=${TARGETVARIANT#v} ';
const declared = ['TARGETOS', 'TARGETARCH', 'TARGETVARIANT'];

/**
 * The form that needs no emulation: the stage on $BUILDPLATFORM, and go told what to build for by the variables that
 * BuildKit sets. Nothing where no go build is seen, for what else compiles must be told in its own way.
 */
function buildHere(file: SourceText, stage: DockerStage): readonly Splice[] {
  const { text } = file;
  const edits = stage.instructions.flatMap((it) => tellGo(file, it));
  if (edits.length === 0 || stage.base !== undefined) return [];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const flag = stage.from.getPlatformFlag();
  const keyword = spanOf(text, stage.from.getInstructionRange());
  const from = spanOf(text, stage.from.getRange());
  const missing = declared.filter(
    (name) =>
      !stage.instructions.some(
        (it) =>
          it.getKeyword() === 'ARG' && it.getArguments().some((arg) => arg.getValue().split('=')[0] === name),
      ),
  );
  const place = flag === null ? { start: keyword.end, end: keyword.end } : spanOf(text, flag.getRange());
  return [
    { file, ...place, text: `${flag === null ? ' ' : ''}--platform=$BUILDPLATFORM` },
    ...(missing.length === 0
      ? []
      : [{ file, start: from.end, end: from.end, text: `${newline}ARG ${missing.join(' ')}` }]),
    ...edits,
  ];
}

/** Commands in JSON form have no shell that would put the variables in; those that say GOARCH know what they build. */
function tellGo(file: SourceText, instruction: Instruction): readonly Splice[] {
  if (instruction.getKeyword() !== 'RUN') return [];
  const { start, end } = spanOf(file.text, instruction.getRange());
  const command = file.text.slice(start, end);
  if (/^RUN\s+(?:--\S+\s+)*\[/i.test(command) || /\bGOARCH=/.test(command)) return [];
  return [...command.matchAll(goBuild)].map((match) => {
    const at = start + match.index + (match[1] ?? '').length;
    return { file, start: at, end: at, text: settings };
  });
}

interface LspRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** The library counts lines and characters from 0, and takes \r\n, \n and \r for an end. */
function spanOf(text: string, range: LspRange): { readonly start: number; readonly end: number } {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  const offset = ({ line, character }: LspRange['start']): number =>
    (starts[line] ?? text.length) + character;
  return { start: offset(range.start), end: offset(range.end) };
}
