import { cpuNames } from './cpuNames.js';
import type { Device } from './devices.js';
import { levelEnvironment } from './levels.js';
import { platformOf } from './platforms.js';
import { targetId, type Target } from './target.js';

const systemWords: Readonly<Record<string, readonly string[]>> = {
  darwin: ['macos', 'osx'],
  windows: ['win'],
  wasip1: ['wasi'],
};

/**
 * Every spelling a filter should find a target by, lower case: its id, Go's variables, what CPU, distributions and
 * compilers call it, and the device's name and aliases.
 */
export function searchTerms(target: Target, device?: Device): readonly string[] {
  const { goos, goarch } = target;
  const platform = platformOf(target);
  const cpus = cpuNames(goarch).spellings;
  const level = target.level?.split(',')[0];
  const systems = [goos, ...(systemWords[goos] ?? [])];
  const levelWords = Object.entries(levelEnvironment(target)).map(([name, value]) => `${name}=${value}`);
  return [
    ...new Set(
      [
        targetId(target),
        `${goos}-${goarch}`,
        ...systems.map((system) => `${system} ${goarch}`),
        ...(level === undefined ? [] : [`${goos}/${goarch}${level}`, `${goarch}${level}`]),
        ['GOOS=' + goos, 'GOARCH=' + goarch, ...levelWords].join(' '),
        ...cpus,
        ...(platform?.dpkgArch === undefined ? [] : [platform.dpkgArch]),
        ...(platform?.triplets.slice(0, 3) ?? []),
        ...(goos === 'windows' ? [`win${goarch === 'amd64' ? '64' : goarch === '386' ? '32' : goarch}`] : []),
        ...(device === undefined ? [] : [device.name, device.id, ...device.aliases]),
      ].map((term) => term.toLowerCase()),
    ),
  ];
}
