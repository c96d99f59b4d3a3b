import type { ConfigChange } from '../../../config/config.js';
import type { Catalogue } from '../../../target/catalogue.js';
import { createCatalogue } from '../../../target/createCatalogue.js';
import { levelVariable, parseLevel } from '../../../target/levels.js';
import { parseTarget } from '../../../target/parseTarget.js';
import { targetId } from '../../../target/target.js';
import type { Fix } from '../../diagnosis.js';
import { ownerOf } from '../../rules/headerTable.js';
import { setCompiler } from './compilerFixes.js';
import { portableSource, widerInts } from './sourceFixes.js';
import {
  advice,
  type FixBuilder,
  type FixScene,
  targetChange,
  trimmedVariable,
  withoutVariables,
} from './fixScene.js';

/** The nearest platforms that this Go has. */
export const unsupportedTarget: FixBuilder = (scene) => {
  const wanted = scene.finding.facts.value ?? scene.finding.target ?? '';
  const catalogue = scene.inquiry.context.catalogue ?? createCatalogue();
  const nearest = nearestTargets(wanted, catalogue);
  return [
    ...nearest.map((target): Fix => ({
      kind: 'change-target',
      title: `Build for ${target}`,
      proven: false,
      edit: { kind: 'target', target },
    })),
    advice('List the targets', 'Run `crossbow targets` or `go tool dist list`; a newer Go may have more.'),
  ];
};

/** Ids of what `goos/goarch` was meant to be: each part read by itself first, then the other CPUs of that system. */
export function nearestTargets(wanted: string, catalogue: Catalogue): readonly string[] {
  const [system = '', cpu = ''] = wanted.split('/');
  // `win32` alone names a CPU too; here only its system counts.
  const alone = parseTarget(system, catalogue);
  const goos =
    alone.ok && !catalogue.ports.some((port) => port.goarch === system) ? alone.target.goos : system;
  const others = cpu === 'wasm' ? ['js/wasm', 'wasip1/wasm'] : cpu === '386' ? [`${goos}/amd64`] : [];
  // A CPU that Go has elsewhere leaves the system as what was meant; one that it has nowhere says nothing.
  const sameSystem = catalogue.ports.some((port) => port.goarch === cpu)
    ? [`${goos}/arm64`, `${goos}/amd64`]
    : [];
  const guesses = cpu === '' ? [wanted] : [`${goos}/${cpu}`, ...others, ...sameSystem];
  const found = guesses
    .map((guess) => parseTarget(guess, catalogue))
    .flatMap((it) => (it.ok ? [targetId(it.target)] : []));
  const parsed = parseTarget(wanted, catalogue);
  const nearest = parsed.ok ? [] : parsed.nearest;
  return [...new Set(found.length > 0 ? found : nearest)].slice(0, 2);
}

export const invalidLevel: FixBuilder = (scene) => {
  const { variable, value } = scene.finding.facts;
  const name = variable ?? (scene.target === undefined ? undefined : levelVariable(scene.target.goarch));
  if (name === undefined)
    return [
      advice(
        'Set a legal level',
        'See `go help environment` for the values of GOARM, GOAMD64 and the others.',
      ),
    ];
  const { target } = scene;
  const meant = legalLevel(target?.goarch ?? architectureOf(name), name, value);
  const removals = withoutVariables(scene, [name]);
  if (target === undefined) {
    const title = meant === undefined ? `Leave ${name} out` : `Set ${name} to ${asVariable(name, meant)}`;
    return [advice(title, `${title}, or name the level in the target, as in linux/arm/v7.`)];
  }
  const id = targetId(meant === undefined ? target : { ...target, level: meant });
  const change: Fix = {
    kind: 'set-level',
    title: `Build for ${id}`,
    proven: false,
    edit: { kind: 'target', target: id, ...(removals.length === 0 ? {} : { changes: removals }) },
  };
  const remove: Fix = {
    kind: 'set-level',
    title: `Take ${name} out of crossbow.yaml: the target says it`,
    proven: false,
    edit: { kind: 'config', changes: removals },
  };
  // Without the variable the target's own level counts, which is another one than what was meant.
  if (id !== targetId(target)) return [change, remove];
  return removals.length > 0 ? [remove] : [change];
};

function architectureOf(variable: string): string {
  switch (variable) {
    case 'GOMIPS':
      return 'mips';
    case 'GO386':
      return '386';
    default:
      return variable.slice(2).toLowerCase();
  }
}

/** The level that the value means, as a target writes it: `v7`, `v3`, `softfloat`. Undefined: nothing near. */
function legalLevel(goarch: string, variable: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  for (const guess of [value, `v${value}`, value.replace(/^v/, ''), `v${value}.0`]) {
    const parsed = parseLevel(goarch, guess);
    if (parsed.ok && parsed.level !== undefined) return parsed.level;
  }
  const soft = /^(?:soft|sf|387|none)/i.test(value);
  return soft && /^(?:GOMIPS|GOMIPS64|GO386)$/.test(variable) ? 'softfloat' : undefined;
}

/** As Go's variable wants the level: GOARM has no `v`. */
function asVariable(variable: string, level: string): string {
  return variable === 'GOARM' ? level.replace(/^v/, '') : level;
}

/** The flag that asks for the mode, out of the variable or the linker flags that it stands in. */
export const unsupportedMode: FixBuilder = async (scene) => {
  const { detail, facts } = scene.finding;
  const { ldflags } = scene.inquiry.context.config.defaults;
  if (detail === 'compressed-dwarf') {
    const off = '-compressdwarf=false';
    return [
      ...(await setCompiler(scene)),
      {
        kind: 'set-ldflags',
        title: 'Leave the debug sections uncompressed',
        proven: false,
        edit: {
          kind: 'config',
          changes: [
            { path: ['defaults', 'ldflags'], value: ldflags === undefined ? off : `${ldflags} ${off}` },
          ],
        },
      },
    ];
  }
  const mode = facts.mode ?? 'the mode';
  const name = /^-?([a-z]+)/.exec(mode)?.[1];
  const kept = name === 'linkmode' ? ldflags?.replace(/\s*-linkmode[= ]\S+/g, '').trim() : ldflags;
  const changes: readonly ConfigChange[] = [
    ...(name === undefined
      ? []
      : trimmedVariable(scene, 'GOFLAGS', new RegExp(`(?:^|\\s+)--?${name}(?:=\\S+)?(?=\\s|$)`, 'g'))),
    ...(kept === undefined || kept === ldflags
      ? []
      : [{ path: ['defaults', 'ldflags'], value: kept === '' ? null : kept }]),
  ];
  const title = `Leave ${mode} out for ${scene.name}`;
  return changes.length > 0
    ? [{ kind: 'set-environment', title, proven: false, edit: { kind: 'config', changes } }]
    : [advice(title, `${mode} does not work for ${scene.name}: drop it, or use it on a target that has it.`)];
};

export const overflow: FixBuilder = async (scene) => {
  const path = scene.finding.facts.importPath ?? scene.finding.package;
  return [
    ...(await widerInts(scene)),
    advice(
      'Use int64 where the value needs it',
      `An int has 32 bits on ${scene.name}: declare int64 or uint64, or update ${path ?? 'the package'}.`,
    ),
  ];
};

export const noPort: FixBuilder = async (scene) => {
  const { value } = scene.finding.facts;
  const { defaults } = scene.inquiry.context.config;
  if (scene.finding.detail === 'needs-tag' && value !== undefined)
    return [
      {
        kind: 'set-tags',
        title: `Build with the tag ${value}`,
        proven: false,
        edit: {
          kind: 'config',
          changes: [{ path: ['defaults', 'tags'], value: [...new Set([...(defaults.tags ?? []), value])] }],
        },
      },
    ];
  const path = scene.finding.facts.importPath ?? scene.finding.package ?? 'the package';
  return [
    ...(await portableSource(scene)),
    ...systemOfCode(scene),
    {
      kind: 'edit-source',
      title: `Add files for ${scene.name}`,
      proven: false,
      edit: {
        kind: 'none',
        advice: `Write what is missing for ${scene.name} in a file of its own (name_${scene.target?.goos ?? 'linux'}.go, or //go:build), use a version of ${path} that has it, or leave the code out for this target.`,
      },
    },
  ];
};

/** C that is for another system, met in a build for this machine: that system is what it was meant to be built for. */
function systemOfCode({ finding, target, native }: FixScene): readonly Fix[] {
  const { header } = finding.facts;
  const isForeign = native && finding.detail === 'header-of-other-system' && header !== undefined;
  const owner = isForeign ? ownerOf(header) : undefined;
  const goos = owner?.kind === 'system' ? owner.goos[0] : undefined;
  // Compilers of the others' C do not come as packages.
  if (target === undefined || (goos !== 'windows' && goos !== 'linux')) return [];
  const id = `${goos}/${target.goarch}`;
  return [
    {
      kind: 'change-target',
      title: `Build for ${id}, which ${header ?? ''} is for`,
      proven: false,
      edit: { kind: 'target', target: id },
    },
  ];
}

export const gobin: FixBuilder = () => [
  advice(
    'Use go build -o',
    'go install refuses GOBIN when cross-compiling: use `go build -o`, or unset GOBIN and take the file from GOPATH/bin/GOOS_GOARCH.',
  ),
];

export const oldGo: FixBuilder = ({ finding }) => {
  const { goVersion } = finding.facts;
  return [
    goVersion === undefined
      ? advice('Use a newer Go', 'Install a newer Go, or set GOTOOLCHAIN=auto.')
      : {
          kind: 'advice',
          title: `Get Go ${goVersion}`,
          proven: false,
          edit: {
            kind: 'command',
            command: `go install golang.org/dl/go${fullVersion(goVersion)}@latest && go${fullVersion(goVersion)} download`,
          },
        },
  ];
};

/** Go 1.21 and later begin with .0. */
function fullVersion(version: string): string {
  const minor = Number(/^1\.(\d+)$/.exec(version)?.[1] ?? 0);
  return minor >= 21 ? `${version}.0` : version;
}

export const brokenGo: FixBuilder = () => [
  advice(
    'Install Go afresh',
    'Remove the Go folder and unpack one version into an empty place; unset GOROOT.',
  ),
];

export const outOfMemory: FixBuilder = () => [
  advice(
    'Give the build more memory',
    'Build fewer packages at a time (`go build -p 1`), or give the machine or container more memory.',
  ),
];

export const diskFull: FixBuilder = () => [
  {
    kind: 'advice',
    title: 'Make room',
    proven: false,
    edit: { kind: 'command', command: 'go clean -cache' },
  },
];

export const tmpNoExec: FixBuilder = (scene) => {
  const folder = scene.host.join(scene.host.homeDirectory, '.cache', 'go-tmp');
  const title = 'Let go use a temporary folder that may run programs';
  const changes = targetChange(scene, ['env', 'GOTMPDIR'], folder);
  return [
    changes.length === 0
      ? advice(title, `Make ${folder} and set GOTMPDIR to it.`)
      : {
          kind: 'set-environment',
          title,
          proven: false,
          edit: { kind: 'command', command: `mkdir -p '${folder}'`, changes },
        },
  ];
};
