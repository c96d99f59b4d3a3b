import type { Rule } from '../rule.js';
import { buildSystemRules } from './buildSystems.js';
import { cgoOffRules } from './cgoOff.js';
import { compilerNotFoundRules } from './compilerNotFound.js';
import { cSourceRules } from './cPortability.js';
import { appleObjectRules } from './appleObjects.js';
import { cpuFlagRules } from './cpuFlags.js';
import { cpuRules } from './cpu.js';
import { goFlagRules } from './goFlags.js';
import { goToolchainRules } from './goToolchain.js';
import { headerRules } from './headers.js';
import { ownNameOfDependency } from './leftOutNames.js';
import { libraryRules } from './libraries.js';
import { targetRules } from './levelsAndTargets.js';
import { linkerRules } from './linker.js';
import { machineRules } from './machine.js';
import { noMobileCompiler } from './mobile.js';
import { objectRules } from './archMismatch.js';
import { observingRules } from './observe.js';
import { pkgConfigRules } from './pkgConfig.js';
import { referenceRules } from './undefinedReferences.js';
import { refusedFlagRules } from './refusedFlags.js';
import { runRules } from './run.js';
import { sourceRules } from './sourcePortability.js';
import { nameOfOtherSystem } from './systemNames.js';
import { windowsStatus } from './windowsStatus.js';
import { wrongCompilerRules } from './wrongCompiler.js';
import { zigRules } from './zig.js';

/** Every rule, those that only observe first: what a line tells of its surroundings holds for its own meaning too. */
export const rules: readonly Rule[] = [
  ...observingRules,
  ...machineRules,
  ...targetRules,
  ...goFlagRules,
  ...goToolchainRules,
  ...compilerNotFoundRules,
  noMobileCompiler,
  ...buildSystemRules,
  ...cgoOffRules,
  ...wrongCompilerRules,
  ...refusedFlagRules,
  ...cpuFlagRules,
  ...zigRules,
  ...headerRules,
  ...pkgConfigRules,
  ...objectRules,
  ...appleObjectRules,
  ...linkerRules,
  ...libraryRules,
  ...referenceRules,
  ownNameOfDependency,
  ...sourceRules,
  ...cSourceRules,
  nameOfOtherSystem,
  ...runRules,
  windowsStatus,
  ...cpuRules,
];
