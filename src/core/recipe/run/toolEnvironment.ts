import { buildEnvironment, type BuildEnvironment } from '../../build/buildEnvironment.js';
import { targetId } from '../../target/target.js';
import type { ProbedToolchain } from '../../toolchain/toolchain.js';
import { toolchainEnvironment } from '../../toolchain/toolchainEnvironment.js';
import type { StepJob } from './stepJob.js';

/** The environment in which a toolchain's own tools run for a step's target: the compiler, pkg-config. */
export function toolEnvironment(
  { services, options, target }: StepJob,
  { toolchain }: ProbedToolchain,
): BuildEnvironment {
  const { defaults, toolchains } = options.config;
  return buildEnvironment(services.ports.host, {
    target,
    level: {},
    cgo: 'default',
    toolchain: toolchainEnvironment(toolchain),
    config: { ...defaults.env, ...toolchains[targetId(target)]?.env },
    task: {},
  });
}
