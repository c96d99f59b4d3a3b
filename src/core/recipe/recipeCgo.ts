import type { ToolchainOptions } from '../crossbow.js';
import type { GoStatus } from '../go/goTool.js';
import type { WhyCgo } from '../insight/whyCgo/whyCgo.js';
import type { MainPackage } from '../build/build.js';
import type { Ports } from '../ports.js';
import { levelEnvironment } from '../target/levels.js';
import type { Target } from '../target/target.js';
import { resolveProgram } from './discovery/resolveProgram.js';
import type { GoStep, Recipe, Step } from './recipe.js';
import { cgoText } from './run/goProgram.js';
import { listGoInputs } from './run/goInputs.js';

/** Whether a Go program of a recipe needs C for a target. */
export interface ProgramCgo {
  /** Name of the step that builds it. */
  readonly step: string;
  /** Import path. */
  readonly program: string;
  /** In one sentence. */
  readonly text: string;
}

interface RecipeCgoServices {
  readonly ports: Ports;
  go(): Promise<GoStatus>;
  whyCgo(
    target: Target,
    packages: readonly MainPackage[],
    options: ToolchainOptions & { readonly offline?: boolean },
  ): Promise<WhyCgo>;
}

/**
 * What becomes of cgo in the programs whose steps leave it to us: asked of go, before anything is built, in a second or
 * two for a large module. Programs that can't be listed, and steps whose packages depend on other steps, are left out.
 */
export async function recipeCgo(
  services: RecipeCgoServices,
  { definition, directory }: Recipe,
  target: Target,
  options: ToolchainOptions,
): Promise<readonly ProgramCgo[]> {
  const go = await services.go();
  if (go.kind !== 'found' || !options.trusted) return [];
  const found: ProgramCgo[] = [];
  for (const written of definition.steps) {
    const step = await asGoStep(services.ports, written, directory, target);
    if (step === undefined) continue;
    for (const main of await mainsOf(services.ports, go.path, step, directory, target)) {
      const text = cgoText(main.name, await services.whyCgo(target, [main], options));
      if (text !== undefined) found.push({ step: step.name, program: main.importPath, text });
    }
  }
  return found;
}

async function asGoStep(
  ports: Ports,
  step: Step,
  directory: string,
  target: Target,
): Promise<GoStep | undefined> {
  const resolved = step.kind === 'program' ? await resolveProgram(ports, step, directory, target) : step;
  if (resolved?.kind !== 'go' || (resolved.cgo ?? 'auto') !== 'auto') return undefined;
  return resolved.packages.some((it) => it.includes('${')) ? undefined : resolved;
}

async function mainsOf(
  ports: Ports,
  go: string,
  { packages, tags = [] }: GoStep,
  directory: string,
  target: Target,
): Promise<readonly MainPackage[]> {
  const plain = tags.filter((it) => !it.includes('${'));
  const listing = await listGoInputs(ports, go, directory, packages, {
    env: { ...ports.host.env, GOOS: target.goos, GOARCH: target.goarch, ...levelEnvironment(target) },
    flags: plain.length === 0 ? [] : ['-tags', plain.join(',')],
  });
  return listing.kind === 'ok' ? listing.inputs.mains : [];
}
