import type { ConfigChange } from '../../../config/config.js';
import type { Fix } from '../../diagnosis.js';
import { onPath } from './compilerFixes.js';
import { advice, type FixBuilder, targetChange, withoutVariables } from './fixScene.js';
import { lackingLibraries } from './askedLibraries.js';
import { installForTarget, installLibrary } from './libraryFixes.js';
import { installCommand, installerOf } from './packages.js';
import { pkgConfigChanges, usePkgConfigFolder } from './pkgConfigFolders.js';

export const missingPkgConfig: FixBuilder = async (scene) => {
  const { pkgConfig } = scene.finding.facts;
  const changes = pkgConfigChanges(scene);
  const isWrapper = pkgConfig !== undefined && !/^(?:.*[\\/])?pkg-?conf(?:ig)?(?:\.exe)?$/.test(pkgConfig);
  const isHere = await onPath(scene, 'pkg-config');
  const useHosts: readonly ConfigChange[] = [
    ...(isWrapper
      ? [
          ...targetChange(scene, ['pkg-config', 'command'], 'pkg-config'),
          ...withoutVariables(scene, ['PKG_CONFIG']),
        ]
      : []),
    ...changes,
  ];
  const lacking = (await installerOf(scene)) === 'apt' ? await lackingLibraries(scene) : [];
  if (lacking.length > 0) {
    // pkg-config alone would have nothing to answer: what it is asked for is not here either.
    const names = lacking.map((it) => it.debian);
    const edit = await installForTarget(scene, names, true);
    return [
      {
        kind: 'install-packages',
        title: `Install ${isHere ? '' : 'pkg-config and '}${names.join(', ')}${scene.native ? '' : ` for ${scene.name}`}`,
        proven: false,
        edit: useHosts.length === 0 ? edit : { ...edit, changes: useHosts },
      },
    ];
  }
  if (isHere && useHosts.length > 0)
    return [
      {
        kind: 'set-environment',
        title: `Use pkg-config with the folders of ${scene.name}`,
        proven: false,
        edit: { kind: 'config', changes: useHosts },
      },
    ];
  const command = await installCommand(scene, {
    apt: ['pkg-config'],
    dnf: ['pkgconf-pkg-config'],
    apk: ['pkgconf'],
    pacman: ['pkgconf'],
    zypper: ['pkg-config'],
    brew: ['pkgconf'],
  });
  if (command === undefined)
    return [
      advice(
        'Install pkg-config',
        'Install pkg-config (or pkgconf), or set pkg-config.command in crossbow.yaml.',
      ),
    ];
  return [
    {
      kind: 'install-packages',
      title: 'Install pkg-config',
      proven: false,
      edit: { kind: 'command', command, ...(useHosts.length === 0 ? {} : { changes: useHosts }) },
    },
  ];
};

export const pkgConfigLeak: FixBuilder = async (scene) => {
  const here = await usePkgConfigFolder(scene);
  const install =
    scene.finding.facts.pkgConfigName === undefined && scene.finding.facts.library === undefined
      ? []
      : await installLibrary(scene);
  const changes = pkgConfigChanges(scene);
  const fallback: readonly Fix[] =
    changes.length === 0
      ? [
          advice(
            'Point pkg-config at the target',
            "Set pkg-config.libdir and pkg-config.sysroot-dir to the target's folders.",
          ),
        ]
      : [
          {
            kind: 'set-environment',
            title: `Let pkg-config answer for ${scene.name} only`,
            proven: false,
            edit: { kind: 'config', changes },
          },
        ];
  return [...here, ...install, ...(here.length > 0 ? [] : fallback)];
};
