import type { ConfigChange } from '../../../config/config.js';
import type { Fix } from '../../diagnosis.js';
import { type FixScene, targetChange, withoutVariables } from './fixScene.js';

/** Folders with the target's .pc files on Debian: the architecture's own, then what is the same for all. */
function pkgConfigFolders({ platform, own }: FixScene): readonly string[] {
  const multiarch = platform?.multiarch;
  if (own.sysroot !== undefined) {
    const libraries = multiarch === undefined ? [] : [`${own.sysroot}/usr/lib/${multiarch}/pkgconfig`];
    return [...libraries, `${own.sysroot}/usr/lib/pkgconfig`, `${own.sysroot}/usr/share/pkgconfig`];
  }
  return multiarch === undefined ? [] : [`/usr/lib/${multiarch}/pkgconfig`, '/usr/share/pkgconfig'];
}

/** Makes pkg-config answer for the target only. */
export function pkgConfigChanges(scene: FixScene): readonly ConfigChange[] {
  const folders = pkgConfigFolders(scene);
  if (folders.length === 0 || scene.native) return [];
  const { sysroot } = scene.own;
  return [
    ...targetChange(scene, ['pkg-config', 'libdir'], folders.join(':')),
    ...(sysroot === undefined ? [] : targetChange(scene, ['pkg-config', 'sysroot-dir'], sysroot)),
    ...withoutVariables(scene, ['PKG_CONFIG_LIBDIR', 'PKG_CONFIG_PATH']),
  ];
}

/** Points pkg-config at the target's files, where they are there already. */
export async function usePkgConfigFolder(scene: FixScene): Promise<readonly Fix[]> {
  const name = scene.finding.facts.pkgConfigName;
  const changes = pkgConfigChanges(scene);
  if (changes.length === 0 || name === undefined) return [];
  for (const folder of pkgConfigFolders(scene)) {
    if (!(await scene.inquiry.exists(`${folder}/${name}.pc`))) continue;
    return [
      {
        kind: 'set-environment',
        title: `Let pkg-config look in ${folder} for ${scene.name}`,
        proven: false,
        edit: { kind: 'config', changes },
      },
    ];
  }
  return [];
}
