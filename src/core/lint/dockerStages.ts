import { DockerfileParser, type From, type Instruction } from 'dockerfile-ast';

/** A stage of a Dockerfile with what decides about its platform. */
export interface DockerStage {
  readonly from: From;
  readonly name: string | undefined;
  readonly image: string;
  /** The flag's value, unresolved: `$BUILDPLATFORM`, `linux/arm/v7`. */
  readonly platform: string | undefined;
  readonly instructions: readonly Instruction[];
  /** Index of the stage that it goes on from, where it does. */
  readonly base: number | undefined;
}

export interface DockerStages {
  readonly stages: readonly DockerStage[];
  /** Defaults of the ARGs before the first stage. */
  readonly globals: ReadonlyMap<string, string | null>;
}

/** Reads the stages; none where the file is no Dockerfile. */
export function readDockerStages(text: string): DockerStages {
  const stages: { -readonly [K in keyof DockerStage]: DockerStage[K] }[] = [];
  const globals = new Map<string, string | null>();
  let instructions: Instruction[] = [];
  const dockerfile = DockerfileParser.parse(text);
  for (const argument of dockerfile.getInitialARGs()) {
    const property = argument.getProperty();
    if (property !== null) globals.set(property.getName(), property.getValue());
  }
  const froms = [...dockerfile.getFROMs()];
  for (const instruction of dockerfile.getInstructions()) {
    const from = instruction.getKeyword() === 'FROM' ? froms.shift() : undefined;
    if (from !== undefined) {
      const image = from.getImage() ?? '';
      instructions = [];
      const base = stages.findIndex((it) => it.name !== undefined && it.name === image.toLowerCase());
      stages.push({
        from,
        // Names of stages are compared without case (BuildKit, dockerfile2llb).
        name: from.getBuildStage()?.toLowerCase() ?? undefined,
        image,
        platform: from.getPlatformFlag()?.getValue() ?? undefined,
        instructions,
        base: base < 0 ? undefined : base,
      });
    } else instructions.push(instruction);
  }
  return { stages, globals };
}

/** What a platform is of: the machine that builds, the one that is built for, a fixed one, or unknown. */
export type StagePlatform =
  | { readonly kind: 'build' }
  | { readonly kind: 'target' }
  | { readonly kind: 'fixed'; readonly id: string }
  | { readonly kind: 'unknown' };

/** The platform that a stage runs on; a stage that goes on from another has that one's. */
export function platformOfStage({ stages, globals }: DockerStages, index: number): StagePlatform {
  const stage = stages[index];
  if (stage === undefined) return { kind: 'unknown' };
  if (stage.base !== undefined && stage.base < index) return platformOfStage({ stages, globals }, stage.base);
  return stage.platform === undefined ? { kind: 'target' } : resolve(stage.platform, globals, 0);
}

function resolve(value: string, globals: DockerStages['globals'], depth: number): StagePlatform {
  const variable = /^\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))$/.exec(value);
  if (variable === null) {
    return /^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)?$/.test(value)
      ? { kind: 'fixed', id: value }
      : { kind: 'unknown' };
  }
  const name = variable[1] ?? variable[3] ?? '';
  if (name === 'BUILDPLATFORM') return { kind: 'build' };
  if (name === 'TARGETPLATFORM') return { kind: 'target' };
  const fallback = globals.get(name) ?? variable[2];
  return fallback === undefined || depth > 5 ? { kind: 'unknown' } : resolve(fallback, globals, depth + 1);
}

/** Whether the image that comes out is the stage, or goes on from it: its files must be the target's. */
export function isInResult({ stages }: DockerStages, index: number): boolean {
  for (let at: number | undefined = stages.length - 1; at !== undefined && at >= 0;) {
    if (at === index) return true;
    const base: number | undefined = stages[at]?.base;
    at = base !== undefined && base < at ? base : undefined;
  }
  return false;
}
