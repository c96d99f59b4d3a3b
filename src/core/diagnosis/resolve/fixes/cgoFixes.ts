import { builtInPorts } from '../../../target/builtInPorts.js';
import type { Fix } from '../../diagnosis.js';
import { cgoOn, compilerChanges, noToolchain } from './compilerFixes.js';
import { advice, type FixBuilder, type FixScene, targetChange } from './fixScene.js';
import { installToolchain } from './packages.js';

/** Packages that wrap C, and ones in pure Go that do the same. Changing over is work for a person. */
const pureGo: readonly (readonly [prefix: string, alternative: string])[] = [
  [
    'github.com/mattn/go-sqlite3',
    'modernc.org/sqlite (database/sql driver "sqlite") or github.com/ncruces/go-sqlite3',
  ],
  ['gorm.io/driver/sqlite', 'github.com/glebarez/sqlite'],
  ['github.com/confluentinc/confluent-kafka-go', 'github.com/twmb/franz-go or github.com/segmentio/kafka-go'],
  ['github.com/marcboeker/go-duckdb', 'no port in pure Go'],
  ['github.com/tecbot/gorocksdb', 'github.com/cockroachdb/pebble'],
  ['github.com/linxGnu/grocksdb', 'github.com/cockroachdb/pebble'],
  ['github.com/jmhodges/levigo', 'github.com/syndtr/goleveldb'],
  ['github.com/DataDog/zstd', 'github.com/klauspost/compress/zstd'],
  ['github.com/valyala/gozstd', 'github.com/klauspost/compress/zstd'],
  ['github.com/google/gopacket/pcap', 'github.com/gopacket/gopacket/pcapgo'],
  ['github.com/pebbe/zmq4', 'github.com/go-zeromq/zmq4'],
  ['github.com/libgit2/git2go', 'github.com/go-git/go-git'],
  ['github.com/miekg/pkcs11', 'no port in pure Go'],
  ['github.com/godror/godror', 'github.com/sijms/go-ora'],
  ['github.com/mattn/go-oci8', 'github.com/sijms/go-ora'],
  ['github.com/ebitengine/oto', 'a version that uses purego'],
  ['github.com/tree-sitter/go-tree-sitter', 'no port in pure Go'],
  ['github.com/lib/pq', 'needs no cgo'],
];

/** An alternative in pure Go for the package that needs C, where one is known. */
function pureGoAlternative({ finding }: FixScene): readonly Fix[] {
  const paths = [finding.facts.importPath, finding.package, finding.facts.directory?.replaceAll('\\', '/')];
  for (const [prefix, alternative] of pureGo) {
    const isMeant = paths.some(
      (path) => path === prefix || path?.startsWith(`${prefix}/`) === true || path?.includes(`/${prefix}@`),
    );
    const isNamed = finding.evidence.some(({ text }) => text.includes(prefix.split('/').at(-1) ?? prefix));
    if ((isMeant || isNamed) && /^(?:github|modernc|gorm)/.test(alternative))
      return [
        advice(
          `Use ${alternative} instead of ${prefix}`,
          `${alternative} does the same in pure Go and builds for every target without a C compiler.`,
        ),
      ];
  }
  return [];
}

/** cgo on with a proven compiler; else what brings one; else a package in pure Go. */
export const cgoDisabled: FixBuilder = async (scene) => {
  const { target, platform, name, native } = scene;
  if (target === undefined)
    return [
      advice('Turn cgo on', 'Set CGO_ENABLED=1 and CC to a compiler for the target.'),
      ...pureGoAlternative(scene),
    ];
  // js, wasip1, plan9: no C at all; linux/ppc64: C, but none beside Go.
  const port = builtInPorts.find(({ goos, goarch }) => goos === target.goos && goarch === target.goarch);
  if (platform === undefined || port?.cgoSupported === false)
    return [
      ...pureGoAlternative(scene),
      ...littleEndian(scene),
      advice(
        `Leave the C code out for ${name}`,
        `Go has no cgo for ${name}: put the files that use C under //go:build cgo, and others in pure Go beside them.`,
      ),
    ];
  const report = await scene.inquiry.report(target);
  const proven = (report?.candidates ?? []).filter((it) => it.verdict === 'proven');
  const fixes = proven.slice(0, 2).map((probed): Fix => ({
    kind: 'enable-cgo',
    title: `Turn cgo on for ${name} with ${probed.toolchain.cc} (proven)`,
    proven: true,
    edit: {
      kind: 'config',
      changes: [
        ...compilerChanges(scene, probed).filter(({ path }) => path.at(-1) !== 'cgo'),
        ...targetChange(scene, ['cgo'], 'on'),
      ],
    },
  }));
  if (fixes.length > 0) return [...fixes, ...pureGoAlternative(scene)];
  const installs = await installToolchain(scene);
  const turnOn: Fix = {
    kind: 'enable-cgo',
    title: `Turn cgo on for ${name}`,
    proven: false,
    edit: {
      kind: 'config',
      changes: [...targetChange(scene, ['cgo'], 'on'), ...cgoOn(scene).filter(({ value }) => value === null)],
    },
  };
  // A native compiler is likely to be there even where nothing was probed.
  if (native && report === undefined) return [turnOn, ...installs, ...pureGoAlternative(scene)];
  return [
    ...installs.map((fix): Fix =>
      fix.edit.kind === 'command'
        ? { ...fix, edit: { ...fix.edit, changes: targetChange(scene, ['cgo'], 'on') } }
        : fix,
    ),
    ...(installs.length === 0 ? [noToolchain(scene)] : []),
    ...pureGoAlternative(scene),
  ];
};

export const cgoUnsupported: FixBuilder = (scene) => [
  disableCgo(scene),
  ...pureGoAlternative(scene),
  ...littleEndian(scene),
  advice('Choose another target', `Go has no cgo for ${scene.name}.`),
];

/** Linux for POWER is little-endian nowadays, and that is what most who write ppc64 mean; Go has cgo for it. */
function littleEndian({ target }: FixScene): readonly Fix[] {
  return target?.goos === 'linux' && target.goarch === 'ppc64'
    ? [
        {
          kind: 'change-target',
          title: 'Build for linux/ppc64le, which has cgo',
          proven: false,
          edit: { kind: 'target', target: 'linux/ppc64le' },
        },
      ]
    : [];
}

export function disableCgo(scene: FixScene): Fix {
  const changes = targetChange(scene, ['cgo'], 'off');
  const title = `Build without cgo for ${scene.name}`;
  if (changes.length === 0) return advice(title, 'Set CGO_ENABLED=0.');
  return { kind: 'disable-cgo', title, proven: false, edit: { kind: 'config', changes } };
}
