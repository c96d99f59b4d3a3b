import type { ConfigChange } from '../../../config/config.js';
import type { Fix } from '../../diagnosis.js';
import { advice, type FixBuilder, trimmedVariable } from './fixScene.js';

/** -fuse-ld names a linker that isn't there: the default one links as well. */
export const missingLinker: FixBuilder = (scene) => {
  const flags = ['CGO_LDFLAGS', 'CGO_CFLAGS'].flatMap((name) =>
    trimmedVariable(scene, name, /\s*-fuse-ld=\S+/g),
  );
  const ldflags = scene.inquiry.context.config.defaults.ldflags;
  const kept = withoutLinkerChoice(ldflags);
  const changes: readonly ConfigChange[] = [
    ...flags,
    ...(kept === undefined || kept === ldflags
      ? []
      : [{ path: ['defaults', 'ldflags'], value: kept === '' ? null : kept }]),
  ];
  const drop: Fix = {
    kind: 'set-ldflags',
    title: 'Use the default linker of the compiler',
    proven: false,
    edit: { kind: 'config', changes },
  };
  const linker = scene.finding.facts.program ?? scene.finding.facts.value ?? 'the linker';
  return [
    ...(changes.length > 0 ? [drop] : []),
    advice(
      'Install the linker that is asked for',
      `Install ${linker} (packages lld, mold, binutils), or drop -fuse-ld and -extld.`,
    ),
  ];
};

/** Go's linker flags without -extld and -fuse-ld, and without the -extldflags that held nothing else. */
function withoutLinkerChoice(ldflags: string | undefined): string | undefined {
  return ldflags
    ?.replace(/\s*-extldflags(?:=|\s+)(?:-fuse-ld=[^\s'"]+|(['"])-fuse-ld=[^\s'"]+\1)/g, '')
    .replace(/\s*-fuse-ld=[^\s'"]+/g, '')
    .replace(/\s*-extld(?:=|\s+)\S+/g, '')
    .trim();
}
